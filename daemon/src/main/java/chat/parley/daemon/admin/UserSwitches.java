package chat.parley.daemon.admin;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.observe.Escaped;
import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.Account.Status;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `parley-user disable` and `enable`: what needs a name and nothing else.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract sealed class UserSwitches implements Callable<Integer> {

    private final UserTool tool;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Mixin private JsonAnswer answer = new JsonAnswer();

    private UserSwitches(UserTool tool) {
        this.tool = tool;
    }

    @Override
    public Integer call() throws ConfigProblem, IOException {
        var desk = tool.open();
        var before = desk.accounts().find(name);
        if (before.isEmpty()) {
            return unknown(tool, name);
        }
        if (isDone(before.get())) {
            tool.say(name + " " + done() + " already");
            answer.print(tool, answer.of(before.get().name(), false));
            return UserTool.DONE;
        }
        if (!change(desk, name)) {
            return unknown(tool, name);
        }
        tool.say(name + " " + done());
        answer.print(tool, answer.of(before.get().name(), true));
        return UserTool.DONE;
    }

    /// Whether there is nothing to do.
    boolean isDone(Account account) {
        return false;
    }

    /// @return false if there is no such account
    abstract boolean change(UserDesk desk, String name) throws IOException;

    abstract String done();

    static int unknown(UserTool tool, String name) {
        return tool.refuse("there is no account " + Escaped.of(name));
    }

    @Command(
            name = "disable",
            description = {
                "Keeps an account out, whatever it shows; its sessions end at once. What it said, is in and"
                        + " is known by stays, for enable."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  parley-user disable bob",
                "  parley-user disable bob --json",
                "    {\"name\":\"bob\",\"done\":\"disable\",\"changed\":true}",
                "  parley-user disable bob && parley-user sessions bob"
            })
    static final class Disable extends UserSwitches {

        Disable(UserTool tool) {
            super(tool);
        }

        @Override
        boolean isDone(Account account) {
            return !account.isEnabled();
        }

        @Override
        boolean change(UserDesk desk, String name) throws IOException {
            return desk.accounts().setStatus(name, Status.DISABLED);
        }

        @Override
        String done() {
            return "is disabled";
        }
    }

    @Command(
            name = "enable",
            description = "Lets a disabled account in again.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  parley-user enable bob",
                "  parley-user enable bob --json       it was enabled: nothing changes",
                "    {\"name\":\"bob\",\"done\":\"enable\",\"changed\":false}"
            })
    static final class Enable extends UserSwitches {

        Enable(UserTool tool) {
            super(tool);
        }

        @Override
        boolean isDone(Account account) {
            return account.isEnabled();
        }

        @Override
        boolean change(UserDesk desk, String name) throws IOException {
            return desk.accounts().setStatus(name, Status.ENABLED);
        }

        @Override
        String done() {
            return "is enabled";
        }
    }

    @Command(
            name = "kick",
            description = "Ends all sessions of an account; it may log in again at once.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  parley-user kick bob",
                "  parley-user kick bob --json",
                "    {\"name\":\"bob\",\"done\":\"kick\",\"changed\":true}"
            })
    static final class Kick extends UserSwitches {

        Kick(UserTool tool) {
            super(tool);
        }

        @Override
        boolean change(UserDesk desk, String name) throws IOException {
            return desk.accounts().kick(name);
        }

        @Override
        String done() {
            return "is sent away";
        }
    }

    @Command(
            name = "unlock",
            description =
                    "Forgets all failed logins of an account, so that none of them holds it up.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  parley-user unlock bob",
                "  parley-user unlock bob --json",
                "    {\"name\":\"bob\",\"done\":\"unlock\",\"changed\":true}"
            })
    static final class Unlock extends UserSwitches {

        Unlock(UserTool tool) {
            super(tool);
        }

        @Override
        boolean change(UserDesk desk, String name) throws IOException {
            return desk.loginGuard().unlock(name);
        }

        @Override
        String done() {
            return "may log in from anywhere again";
        }
    }
}
