package chat.parley.daemon.admin;

import chat.parley.daemon.auth.PasswordRule;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.AccountStore.Newcomer;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Credentials;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            "Adds accounts from standard input, a line name:password each.",
            "All lines are checked before any account is added; if one is wrong, none is."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  parley-user import < people",
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
        var all = new ArrayList<Credentials>();
        try {
            var mistakes = read(desk, all);
            if (mistakes > 0) {
                return tool.refuse("nothing was added: %d of the lines wrong".formatted(mistakes));
            }
            var taken = desk.accounts().add(hashed(desk, all));
            if (!taken.isEmpty()) { // somebody added them while this was hashing
                return tool.refuse(
                        "nothing was added: taken meanwhile: " + String.join(", ", taken));
            }
        } finally {
            all.forEach(Credentials::close);
        }
        tool.say("added " + all.size() + (all.size() == 1 ? " account" : " accounts"));
        answer.print(tool, answer.ofAll(all.size()).with("added", all.size()));
        return UserTool.DONE;
    }

    /// @return how many lines are wrong; each is told
    private int read(UserDesk desk, List<Credentials> into) throws IOException {
        var lines = new SecretLines(tool.streams().in());
        var seen = new HashMap<String, Integer>();
        for (var account : desk.accounts().list()) {
            seen.put(account.folded(), 0);
        }
        var mistakes = 0;
        for (var number = 1; !lines.isEnded(); number++) {
            var line = lines.next();
            if (line.isEmpty() ? lines.isEnded() : line.get().isEmpty()) {
                continue; // the end, or a line with nothing in it
            }
            var mistake = take(desk, line, number, seen, into);
            if (mistake.isPresent()) {
                mistakes++;
                tool.say("line " + number + ": " + mistake.get());
            }
        }
        return mistakes;
    }

    private static Optional<String> take(
            UserDesk desk,
            Optional<Secret> line,
            int number,
            Map<String, Integer> seen,
            List<Credentials> into) {
        var credentials = line.flatMap(Credentials::ofPass);
        if (credentials.isEmpty()) {
            return Optional.of("not name:password in UTF-8");
        }
        into.add(credentials.get());
        var name = credentials.get().account();
        var objection = desk.objection(name);
        if (objection.isPresent()) {
            return objection;
        }
        var before = seen.putIfAbsent(CaseMapping.fold(name), number);
        if (before != null) {
            return Optional.of(
                    before == 0
                            ? "there is an account " + name + " already"
                            : name + " stands on line " + before + " already");
        }
        return desk.rule()
                .objection(name, PasswordRule.Beside.NOTHING, credentials.get().password());
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
