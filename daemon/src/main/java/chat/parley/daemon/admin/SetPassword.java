package chat.parley.daemon.admin;

import chat.parley.daemon.config.ConfigProblem;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `parley-user passwd`.
@Command(
        name = "passwd",
        description = "Gives an account a new password; its sessions end.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  parley-user passwd ann                  asks for it",
            "  parley-user passwd ann --generate       shows it, this once",
            "  pass show ann | parley-user passwd ann --password-stdin --json",
            "    {\"name\":\"ann\",\"done\":\"passwd\",\"changed\":true}",
            "  parley-user passwd ann --generate --json | jq -r .password"
        },
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SetPassword implements Callable<Integer> {

    private final UserTool tool;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Mixin private NewPassword password = new NewPassword();

    @Mixin private JsonAnswer answer = new JsonAnswer();

    SetPassword(UserTool tool) {
        this.tool = tool;
    }

    @Override
    public Integer call() throws ConfigProblem, IOException {
        var desk = tool.open();
        if (desk.accounts().find(name).isEmpty()) {
            return UserSwitches.unknown(tool, name);
        }
        return password.use(
                tool,
                desk,
                name,
                answer,
                secret -> {
                    if (!desk.accounts().replaceHash(name, desk.hasher().hash(secret))) {
                        UserSwitches.unknown(tool, name);
                        return Optional.empty();
                    }
                    tool.say(name + " has a new password");
                    return Optional.of(answer.of(name, true));
                });
    }
}
