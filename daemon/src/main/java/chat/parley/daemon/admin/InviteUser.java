package chat.parley.daemon.admin;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.AccountStore.Newcomer;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parley-user invite`: a password for one login, which must be changed in it.
@Command(
        name = "invite",
        description = {
            "Adds an account with a password for the first login, and prints that, this once.",
            "",
            "Whoever logs in with it can do nothing but set a password of their own: parley asks for"
                    + " it, in other clients it is /quote PASSWD <new password>. It opens nothing"
                    + " after the time given, nor, once somebody has begun to log in with it, after"
                    + " auth.invite.change-within."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  parley-user invite ann",
            "  parley-user invite ann --valid 4h --role operator",
            "  parley-user invite ann --replace       she has forgotten hers: sessions end",
            "  parley-user invite ann --json | jq -r .password"
        },
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InviteUser implements Callable<Integer> {

    private final UserTool tool;

    @Parameters(
            paramLabel = "NAME",
            description = "a letter, then up to 31 letters, digits, - or _")
    private String name;

    @Option(
            names = "--valid",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description =
                    "until when it may be used: 30m, 4h, 3d (default: auth.invite.valid, 72 h)")
    private @Nullable Duration valid;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "member (default), operator, admin or bot")
    private @Nullable Role role;

    @Option(
            names = "--replace",
            description =
                    "if there is such an account, its password counts no more and its sessions end")
    private boolean replace;

    @Mixin private JsonAnswer answer = new JsonAnswer();

    InviteUser(UserTool tool) {
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
        if (known.isEmpty()) {
            desk.requirePepper();
        }
        var until =
                Clock.systemUTC()
                        .instant()
                        .plus(Objects.requireNonNullElse(valid, desk.inviteValid()))
                        .truncatedTo(ChronoUnit.SECONDS);
        var chars = GeneratedPassword.make(new SecureRandom());
        try (var password = new Secret(chars)) {
            var hash = desk.hasher().hash(password);
            if (!(known.isPresent() ? reset(desk, hash, until) : add(desk, hash, until))) {
                return known.isPresent() ? UserSwitches.unknown(tool, name) : taken();
            }
            answer.print(tool, answer.of(name, true).with("expires", until.toString()), chars);
        }
        tool.say(
                "%s is invited until %s: hand the password over on another way, it works once"
                        .formatted(name, until));
        if (known.isPresent() && !known.get().isEnabled()) {
            tool.say(name + " is disabled: parley-user enable " + name + " lets them in again");
        }
        return UserTool.DONE;
    }

    private boolean add(UserDesk desk, String hash, Instant until) throws IOException {
        var as = Objects.requireNonNullElse(role, Role.MEMBER);
        return desk.accounts()
                .add(List.of(new Newcomer(name, hash, as, Optional.of(until))))
                .isEmpty();
    }

    private boolean reset(UserDesk desk, String hash, Instant until) throws IOException {
        return desk.accounts().invite(name, hash, until)
                && (role == null || desk.accounts().setRole(name, role));
    }

    private int taken() {
        return tool.refuse(
                "there is an account "
                        + name
                        + " already; --replace puts a password for one login in place of its own");
    }
}
