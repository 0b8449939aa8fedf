package chat.parley.daemon.admin;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.AccountStore.Newcomer;
import chat.parley.protocol.JsonLine;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parley-user add`.
@Command(
        name = "add",
        description = "Adds an account.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  parley-user add cleo                    asks for the password",
            "  parley-user add cleo --generate         shows a good one, this once",
            "  pass show cleo | parley-user add cleo --password-stdin --json",
            "    {\"name\":\"cleo\",\"done\":\"add\",\"changed\":true,\"role\":\"member\"}",
            "  parley-user add cleo --generate --role operator --json | jq -r .password"
        },
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AddUser implements Callable<Integer> {

    private final UserTool tool;

    @Parameters(
            paramLabel = "NAME",
            description = "a letter, then up to 31 letters, digits, - or _")
    private String name;

    @Mixin private NewPassword password = new NewPassword();

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "member (default), operator, admin or bot; see role")
    private @Nullable Role role;

    @Option(
            names = "--replace",
            description =
                    "if there is such an account, gives it this password, and the role if one is named")
    private boolean replace;

    @Mixin private JsonAnswer answer = new JsonAnswer();

    AddUser(UserTool tool) {
        this.tool = tool;
    }

    @Override
    public Integer call() throws ConfigProblem, IOException {
        var desk = tool.open();
        var objection = desk.objection(name);
        if (objection.isPresent()) {
            return tool.refuse(objection.get());
        }
        var known = desk.accounts().find(name);
        if (known.isPresent() && !replace) {
            return tool.refuse(taken());
        }
        if (known.isEmpty()) {
            desk.requirePepper();
        }
        return password.use(
                tool,
                desk,
                name,
                answer,
                secret -> known.isPresent() ? change(desk, secret) : add(desk, secret));
    }

    private Optional<JsonLine> add(UserDesk desk, Secret secret) throws IOException {
        var as = Objects.requireNonNullElse(role, Role.MEMBER);
        var newcomer = new Newcomer(name, desk.hasher().hash(secret), as);
        if (!desk.accounts().add(List.of(newcomer)).isEmpty()) {
            return refused(taken()); // somebody else added it while the password was typed
        }
        var shown = as.name().toLowerCase(Locale.ROOT);
        tool.say("added " + name + ", " + shown);
        return Optional.of(answer.of(name, true).with("role", shown));
    }

    private Optional<JsonLine> change(UserDesk desk, Secret secret) throws IOException {
        if (!desk.accounts().replaceHash(name, desk.hasher().hash(secret))
                || (role != null && !desk.accounts().setRole(name, role))) {
            return refused("there is no account " + name + " any more");
        }
        tool.say(name + " has a new password");
        return Optional.of(answer.of(name, true));
    }

    private Optional<JsonLine> refused(String why) {
        tool.say(why);
        return Optional.empty();
    }

    private String taken() {
        return "there is an account " + name + " already; --replace gives it a new password";
    }
}
