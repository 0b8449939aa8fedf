package chat.parley.daemon.admin;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.store.Account.Role;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `parley-user role`.
@Command(
        name = "role",
        description = {
            "Gives an account another role; its sessions end.",
            "",
            "member    talks",
            "operator  after OPER: KILL, REHASH, WALLOPS, and governs channels",
            "admin     what an operator may, and sees and ends everybody's sessions (SESSIONS)",
            "bot       a program: is told nothing that it missed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  parley-user role ann operator",
            "  parley-user role ann operator --json",
            "    {\"name\":\"ann\",\"done\":\"role\",\"changed\":true,\"role\":\"operator\"}"
        },
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SetRole implements Callable<Integer> {

    private final UserTool tool;

    @Parameters(index = "0", paramLabel = "NAME")
    private String name;

    @Parameters(index = "1", paramLabel = "ROLE", description = "member, operator, admin or bot")
    private Role role;

    @Mixin private JsonAnswer answer = new JsonAnswer();

    SetRole(UserTool tool) {
        this.tool = tool;
    }

    @Override
    public Integer call() throws ConfigProblem, IOException {
        var desk = tool.open();
        var before = desk.accounts().find(name);
        var shown = role.name().toLowerCase(Locale.ROOT);
        if (before.isPresent() && before.get().role() == role) {
            tool.say(name + " is " + shown + " already");
            answer.print(tool, answer.of(before.get().name(), false).with("role", shown));
            return UserTool.DONE;
        }
        if (before.isEmpty() || !desk.accounts().setRole(name, role)) {
            return UserSwitches.unknown(tool, name);
        }
        tool.say(name + " is " + shown + " now");
        answer.print(tool, answer.of(before.get().name(), true).with("role", shown));
        return UserTool.DONE;
    }
}
