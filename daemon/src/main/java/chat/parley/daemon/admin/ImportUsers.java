package chat.parley.daemon.admin;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.AccountStore.Newcomer;
import chat.parley.protocol.Credentials;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `parley-user import`: many accounts at once, all or none.
@Command(
        name = "import",
        description = {
            "Adds accounts from standard input: lines name:password, or what export wrote.",
            "",
            "What export --with-hashes wrote comes back with roles, disabled accounts, times of"
                    + " invitations, certificates and second factors. But each account begins here:"
                    + " what somebody of its name said before is not theirs.",
            "",
            "All lines are checked before any account is added; if one is wrong, none is. A hash may"
                    + " be of Argon2id, Argon2i or Argon2d (a PHC string), and may not cost more than"
                    + " 1 GiB, 4 GiB times passes or 64 lanes; it is made anew at the next login if"
                    + " auth.argon2 asks for more."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  parley-user import < people",
            "  parley-user import < accounts.jsonl      of export --with-hashes",
            "  parley-user import --json < people | jq .added"
        })
final class ImportUsers implements Callable<Integer> {

    private final UserTool tool;

    @Mixin private JsonAnswer answer = new JsonAnswer();

    ImportUsers(UserTool tool) {
        this.tool = tool;
    }

    @Override
    public Integer call() throws ConfigProblem, IOException, InterruptedException {
        var desk = tool.open();
        desk.requirePepper();
        var all = new ArrayList<Newcomer>();
        try (var lines = new ImportLines(desk)) {
            lines.read(
                    tool.streams().in(), (number, why) -> tool.say("line " + number + ": " + why));
            if (lines.mistakes() > 0) {
                return tool.refuse(
                        "nothing was added: %d of the lines wrong".formatted(lines.mistakes()));
            }
            all.addAll(lines.exported());
            all.addAll(hashed(desk, lines.passwords()));
        }
        var taken = desk.accounts().add(all);
        if (!taken.isEmpty()) { // somebody added them while this was hashing
            return tool.refuse("nothing was added: taken meanwhile: " + String.join(", ", taken));
        }
        tool.say("added " + all.size() + (all.size() == 1 ? " account" : " accounts"));
        answer.print(tool, answer.ofAll(all.size()).with("added", all.size()));
        return UserTool.DONE;
    }

    private List<Newcomer> hashed(UserDesk desk, List<Credentials> all)
            throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(desk.threads())) {
            var hashing = new ExecutorCompletionService<Newcomer>(threads);
            for (var each : all) {
                hashing.submit(() ->
                        new Newcomer(
                                each.account(), desk.hasher().hash(each.password()), Role.MEMBER));
            }
            return collected(hashing, all.size());
        }
    }

    private List<Newcomer> collected(ExecutorCompletionService<Newcomer> hashing, int count)
            throws InterruptedException {
        var done = new ArrayList<Newcomer>(count);
        var said = System.nanoTime();
        while (done.size() < count) {
            var next = hashing.poll(1, TimeUnit.SECONDS);
            if (next != null) {
                try {
                    done.add(next.get());
                } catch (ExecutionException bug) {
                    throw new IllegalStateException(bug);
                }
            }
            if (System.nanoTime() - said > TimeUnit.SECONDS.toNanos(1)) {
                said = System.nanoTime();
                tool.say("hashed " + done.size() + " of " + count + " passwords");
            }
        }
        return done;
    }
}
