package chat.parley.daemon.admin;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.PersonErasure;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parley-user delete`: the account, and if asked for all that it said.
@Command(
        name = "delete",
        description =
                "Deletes an account; its sessions end. What it said stays, unless it is to be erased.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  parley-user delete bob",
            "  parley-user delete bob --json",
            "    {\"name\":\"bob\",\"done\":\"delete\",\"changed\":true}",
            "  parley-user delete bob                    again: done (0), as nothing is left to do",
            "  parley-user delete bob --erase-messages",
            "  parley-user delete bob --erase-messages --json",
            "    {\"name\":\"bob\",\"done\":\"delete\",\"changed\":true,\"erased\":0,\"whole\":true}"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DeleteUser implements Callable<Integer> {

    /// Until a running daemon has ended the account's sessions and stored their last words: it
    /// looks five times a second, and nothing it writes says that a word was the last.
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final UserTool tool;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Option(
            names = "--erase-messages",
            description = {
                "erase what it said too, in channels and to others, from the database and its"
                        + " write-ahead log; also after the account was deleted. It can be stopped"
                        + " and begun again. Backups are not reached"
            })
    private boolean erase;

    @Mixin private JsonAnswer answer = new JsonAnswer();

    DeleteUser(UserTool tool) {
        this.tool = tool;
    }

    @Override
    public Integer call() throws ConfigProblem, IOException, InterruptedException {
        var desk = tool.open();
        var deleted = desk.accounts().delete(name);
        if (deleted) {
            tool.say(name + " is deleted");
        } else if (!erase || !Account.mayBeNamed(name)) {
            return gone(desk);
        }
        if (erase) {
            return erase(desk, deleted);
        }
        answer.print(tool, answer.of(name, true));
        return UserTool.DONE;
    }

    /// Who was deleted before is as gone as was asked for; who never was may be a slip of the pen.
    private int gone(UserDesk desk) throws IOException {
        var since = desk.accounts().deletedAt(name);
        if (since.isEmpty()) {
            return UserSwitches.unknown(tool, name);
        }
        tool.say(
                name + " is deleted already, since " + since.get().truncatedTo(ChronoUnit.SECONDS));
        answer.print(tool, answer.of(name, false));
        return UserTool.DONE;
    }

    private int erase(UserDesk desk, boolean deleted) throws IOException, InterruptedException {
        if (deleted && desk.isServed()) {
            Thread.sleep(LAST_WORDS);
        }
        var erased = erased(desk);
        if (erased.isEmpty() && !deleted) {
            return tool.refuse("there is no account " + name + ", and nothing that it said");
        }
        desk.accounts().noteErased(name);
        var told = erased.orElse(new PersonErasure.Erased(0, List.of(), true));
        tell(told);
        answer.print(
                tool,
                answer.of(name, deleted || told.messages() > 0)
                        .with("erased", told.messages())
                        .with("whole", told.rewritten()));
        return UserTool.DONE;
    }

    private void tell(PersonErasure.Erased erased) {
        tool.say("erased what " + name + " said: " + erased.messages() + " entries");
        if (!erased.rewritten()) {
            tool.say(
                    "unused parts of pages may still hold some of it: run this again while the"
                            + " daemon is stopped");
        }
        for (var topic : erased.topics()) {
            tool.say("the topic of " + topic + " is by " + name + " and stays until it is changed");
        }
    }

    private Optional<PersonErasure.Erased> erased(UserDesk desk)
            throws IOException, InterruptedException {
        try (var progress =
                new ProgressLine(
                        "parley-user",
                        tool.streams().err(),
                        ProgressLine.isTerminal(),
                        System::nanoTime)) {
            return PersonErasure.of(desk.database(), name, progress);
        }
    }
}
