package chat.parley.daemon.session;

import chat.parley.daemon.chat.Server;
import chat.parley.daemon.chat.User;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.store.Account;
import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Frame;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// The state machine before login: only what is handled here exists for a peer that has not logged
/// in.
///
/// A peer must say NICK and USER, close CAP if it opened it, and log in ([Login]), in any order.
/// Belongs to the session's reader.
public final class Registration {

    /// What comes next.
    sealed interface Step {

        record Waiting() implements Step {}

        /// Everything is said.
        record Complete(
                LoginStep.LoggedIn who,
                Name.Nick nick,
                String username,
                String realName,
                Optional<String> away)
                implements Step {}

        record Over(Ending ending) implements Step {}
    }

    /// The commands whose parameters carry a password.
    static final List<String> SENSITIVE =
            List.of("PASS", "LOGIN", "AUTHENTICATE", "OPER", "PASSWD", "TOTP");

    /// Without the tilde.
    public static final int LONGEST_USERNAME = 16;

    private static final Step WAITING = new Step.Waiting();

    /// Modern IRC, "Numerics": the nick of a peer without one.
    static final String NO_NICK = "*";

    private static final String NOBODY = NO_NICK + "!" + NO_NICK + "@" + NO_NICK;

    private final DaemonConfig config;
    private final Server server;
    private final Login login;
    private final CapabilityNegotiation capabilities;
    private final Function<Capabilities, List<Message>> isupport;
    private final Consumer<Message> answers;

    private Optional<Name.Nick> nick = Optional.empty();
    private Optional<String> realName = Optional.empty();
    private String username = "";
    private Optional<String> away = Optional.empty(); // what AWAY said, if anything

    /// @param isupport what the server supports, for a peer without a nick
    Registration(
            DaemonConfig config,
            Login login,
            CapabilityNegotiation capabilities,
            Function<Capabilities, List<Message>> isupport,
            Consumer<Message> answers) {
        this.config = config;
        this.server = new Server(config.name(), config.network());
        this.login = login;
        this.capabilities = capabilities;
        this.isupport = isupport;
        this.answers = answers;
    }

    /// The line a person sees first.
    static Message greeting(Server server) {
        return server.notice(
                NO_NICK,
                "*** "
                        + server.network()
                        + " welcomes you. Log in: LOGIN account password"
                        + " (or SASL PLAIN, or PASS account:password)");
    }

    /// One command without a secret.
    Step handle(Message message) {
        switch (message.command()) {
            case "CAP" -> {
                if (message.params().isEmpty()) {
                    needMoreParams("CAP");
                } else {
                    capabilities.answer(NO_NICK, message).forEach(answers);
                }
            }
            case "NICK" -> nick(message.param(0));
            case "USER" -> user(message);
            case "PING" ->
                    answers.accept(
                            Message.from(server.name(), "PONG", server.name(), message.param(0)));
            case "ISUPPORT" -> isupport();
            case "AWAY" -> away(message.param(0));
            case "PONG", "ERROR" -> {}
            case "QUIT" -> {
                return new Step.Over(new Ending.Quit(message.param(0)));
            }
            // A browser that was made to speak to us must not get as far as a command.
            case "GET", "POST", "PUT", "HEAD", "OPTIONS", "CONNECT" -> {
                return new Step.Over(new Ending.NotLoggedIn());
            }
            default -> notLoggedIn(message.command());
        }
        return completeIfReady();
    }

    /// "When the draft/extended-isupport capability is enabled … the server MUST accept ISUPPORT
    /// commands before connection registration completes" (extended-isupport).
    private void isupport() {
        var seen = capabilities.enabled();
        if (seen.has(Capability.EXTENDED_ISUPPORT)) {
            isupport.apply(seen).forEach(answers);
        } else {
            notLoggedIn("ISUPPORT");
        }
    }

    /// IRCv3 draft/pre-away.
    private void away(String text) {
        if (!capabilities.enabled().has(Capability.PRE_AWAY)) {
            notLoggedIn("AWAY");
            return;
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > User.LONGEST_AWAY) {
            answers.accept(
                    server.fail(
                            "AWAY", "INVALID_PARAMS", "At most " + User.LONGEST_AWAY + " bytes"));
            return;
        }
        away = Optional.of(text);
        if (text.isEmpty()) {
            answer(Numeric.RPL_UNAWAY, "You are not marked as away");
        } else {
            answer(Numeric.RPL_NOWAWAY, "You are marked as away");
        }
    }

    private void notLoggedIn(String command) {
        answer(Numeric.ERR_NOTREGISTERED, command, "Log in first: LOGIN account password");
    }

    /// One command with a secret, which the caller wipes.
    Step handle(Frame.Sensitive sensitive) throws InterruptedException {
        var params = sensitive.params();
        return switch (sensitive.command()) {
            case "AUTHENTICATE" -> after(login.authenticate(params), "AUTHENTICATE");
            case "OPER", "PASSWD", "TOTP" -> {
                notLoggedIn(sensitive.command());
                yield WAITING;
            }
            case "PASS" -> after(login.pass(params), "PASS");
            default -> after(login.login(params), "LOGIN");
        };
    }

    private Step after(LoginStep step, String command) {
        return switch (step) {
            case LoginStep.Told(var lines) -> {
                lines.forEach(answers);
                yield WAITING;
            }
            case LoginStep.TooMany(var lines) -> {
                lines.forEach(answers);
                yield new Step.Over(new Ending.TooManyAttempts(config.auth().attempts()));
            }
            case LoginStep.LoggedIn(var proof, _) -> {
                var name = proof.account().name();
                var sasl = command.equals("AUTHENTICATE");
                LoginStep.success(server, NO_NICK, NOBODY, name, sasl).forEach(answers);
                if (command.equals("LOGIN")) {
                    sayTheRest(name);
                }
                yield completeIfReady();
            }
        };
    }

    /// LOGIN is PASS, NICK and USER in one line.
    private void sayTheRest(String name) {
        capabilities.close();
        nick = nick.or(() -> Name.Nick.of(name));
        realName = realName.or(() -> Optional.of(name));
    }

    /// The nick that was to complete the registration is taken: another is waited for.
    void nickInUse(Name.Nick taken) {
        answer(Numeric.ERR_NICKNAMEINUSE, taken.text(), "Nick is in use");
        nick = Optional.empty();
    }

    private void nick(String given) {
        if (given.isEmpty()) {
            answer(Numeric.ERR_NONICKNAMEGIVEN, "No nick was given");
            return;
        }
        var valid = Name.Nick.of(given);
        if (valid.isEmpty()) {
            answer(
                    Numeric.ERR_ERRONEUSNICKNAME,
                    Server.shown(given),
                    "A nick is 1 to " + Name.Nick.LONGEST + " ASCII letters, digits, - or _");
            return;
        }
        nick = valid;
    }

    private void user(Message message) {
        if (message.params().size() < 4 || message.param(3).isEmpty()) {
            needMoreParams("USER");
            return;
        }
        realName = Optional.of(message.param(3));
        username = message.param(0);
    }

    private Step completeIfReady() {
        if (nick.isEmpty() || realName.isEmpty() || capabilities.isOpen()) {
            return WAITING;
        }
        if (login.known().isEmpty()) {
            login.abandon().forEach(answers);
            answers.accept(
                    server.fail("*", "ACCOUNT_REQUIRED", "You must log in to use this server"));
            return new Step.Over(new Ending.NotLoggedIn());
        }
        login.abandon().forEach(answers); // SASL begun again is not what the login waits for
        var who = login.known().get();
        return new Step.Complete(
                who,
                nickOf(who.proof().account(), nick.get()),
                shownUsername(who.proof().account()),
                realName.get(),
                away);
    }

    private Name.Nick nickOf(Account account, Name.Nick asked) {
        return switch (config.identity().nick()) {
            case ACCOUNT -> Name.Nick.of(account.name()).orElse(asked);
            case FREE -> asked;
        };
    }

    /// With a tilde, as nobody has checked it: RFC 1413 is not asked.
    private String shownUsername(Account account) {
        var plain = username.replaceAll("[^A-Za-z0-9._-]", "");
        var chosen = plain.isEmpty() ? account.name() : plain;
        return "~" + chosen.substring(0, Math.min(chosen.length(), LONGEST_USERNAME));
    }

    private void needMoreParams(String command) {
        answer(Numeric.ERR_NEEDMOREPARAMS, command, "More parameters are needed");
    }

    private void answer(Numeric numeric, String... params) {
        answers.accept(server.numeric(numeric, NO_NICK, params));
    }
}
