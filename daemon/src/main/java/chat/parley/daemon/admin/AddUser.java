package chat.parley.daemon.admin;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.AccountStore.Newcomer;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parley-user add`.
@Command(name = "add", description = "Adds an account.", sortOptions = false)
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
            return taken();
        }
        return password.use(
                tool,
                desk,
                name,
                secret -> known.isPresent() ? change(desk, secret) : add(desk, secret));
    }

    private int add(UserDesk desk, Secret secret) throws IOException {
        var as = Objects.requireNonNullElse(role, Role.MEMBER);
        var newcomer = new Newcomer(name, desk.hasher().hash(secret), as);
        if (!desk.accounts().add(List.of(newcomer)).isEmpty()) {
            return taken(); // somebody else added it while the password was typed
        }
        tool.say("added " + name + ", " + as.name().toLowerCase(Locale.ROOT));
        return UserTool.DONE;
    }

    private int change(UserDesk desk, Secret secret) throws IOException {
        if (!desk.accounts().replaceHash(name, desk.hasher().hash(secret))
                || (role != null && !desk.accounts().setRole(name, role))) {
            return tool.refuse("there is no account " + name + " any more");
        }
        tool.say(name + " has a new password");
        return UserTool.DONE;
    }

    private int taken() {
        return tool.refuse(
                "there is an account " + name + " already; --replace gives it a new password");
    }
}
