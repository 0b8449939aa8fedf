package chat.parley.daemon.session;

import chat.parley.daemon.auth.Authenticator;
import chat.parley.daemon.auth.Outcome;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.store.Account;
import chat.parley.protocol.Credentials;
import chat.parley.protocol.Frame;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import chat.parley.protocol.SaslPlain;
import chat.parley.protocol.Secret;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The state machine before login: only what is handled here exists for a peer that has not logged
/// in.
///
/// A peer must say NICK and USER, close CAP if it opened it, and log in by SASL PLAIN, PASS or
/// LOGIN, in any order. Belongs to the session's reader.
public final class Registration implements AutoCloseable {

    /// Who the peer has shown to be.
    private sealed interface State {

        record Nobody() implements State {}

        /// In the middle of SASL PLAIN.
        record Answering(SaslExchange exchange) implements State {}

        record Known(Account account, String device) implements State {}
    }

    /// What comes next.
    sealed interface Step {

        record Waiting() implements Step {}

        /// Everything is said.
        record Complete(
                Account account, String device, Name.Nick nick, String username, String realName)
                implements Step {}

        record Over(Ending ending) implements Step {}
    }

    /// The commands whose parameters carry a password.
    static final List<String> SENSITIVE = List.of("PASS", "LOGIN", "AUTHENTICATE", "OPER");

    /// Without the tilde.
    public static final int LONGEST_USERNAME = 16;

    private static final Step WAITING = new Step.Waiting();

    private static final String BUSY = "Too many logins at the moment: try again later";

    /// Modern IRC, "Numerics": the nick of a peer without one.
    private static final String NO_NICK = "*";

    private final DaemonConfig config;
    private final Server server;
    private final Authenticator authenticator;
    private final CapabilityNegotiation capabilities;
    private final InetAddress address;
    private final Consumer<Message> answers;

    private State state = new State.Nobody();
    private Optional<Name.Nick> nick = Optional.empty();
    private Optional<String> realName = Optional.empty();
    private String username = "";
    private int refusals;

    Registration(
            DaemonConfig config,
            Authenticator authenticator,
            CapabilityNegotiation capabilities,
            InetAddress address,
            Consumer<Message> answers) {
        this.config = config;
        this.server = new Server(config.name(), config.network());
        this.authenticator = authenticator;
        this.capabilities = capabilities;
        this.address = address;
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
                    capabilities.answer(NO_NICK, message).ifPresent(answers);
                }
            }
            case "NICK" -> nick(message.param(0));
            case "USER" -> user(message);
            case "PING" ->
                    answers.accept(
                            Message.from(server.name(), "PONG", server.name(), message.param(0)));
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

    private void notLoggedIn(String command) {
        answer(Numeric.ERR_NOTREGISTERED, command, "Log in first: LOGIN account password");
    }

    /// One command with a secret, which the caller wipes.
    Step handle(Frame.Sensitive sensitive) throws InterruptedException {
        return switch (sensitive.command()) {
            case "AUTHENTICATE" -> authenticate(sensitive.params());
            case "OPER" -> {
                notLoggedIn("OPER");
                yield WAITING;
            }
            case "PASS" -> logIn(Credentials.ofPass(sensitive.params()), "PASS");
            default -> logIn(Credentials.ofLogin(sensitive.params()), "LOGIN");
        };
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

    /// IRCv3 sasl-3.1, "The AUTHENTICATE Command".
    private Step authenticate(Secret param) throws InterruptedException {
        if (param.isEmpty()) {
            needMoreParams("AUTHENTICATE");
            return WAITING;
        }
        return switch (state) {
            case State.Known _ -> {
                answer(Numeric.ERR_SASLALREADY, "You are logged in already");
                yield WAITING;
            }
            case State.Nobody _ -> {
                chooseMechanism(param);
                yield WAITING;
            }
            case State.Answering(var exchange) -> proceed(exchange, param);
        };
    }

    private void chooseMechanism(Secret name) {
        if (name.isWord("PLAIN")) {
            state = new State.Answering(new SaslExchange());
            answers.accept(Message.of("AUTHENTICATE", "+"));
        } else if (name.isWord("*")) {
            answer(Numeric.ERR_SASLABORTED, "SASL authentication aborted");
        } else {
            answer(Numeric.RPL_SASLMECHS, "PLAIN", "are the available SASL mechanisms");
            answer(Numeric.ERR_SASLFAIL, "SASL authentication failed");
        }
    }

    private Step proceed(SaslExchange exchange, Secret piece) throws InterruptedException {
        if (piece.isWord("*")) {
            reset(exchange);
            answer(Numeric.ERR_SASLABORTED, "SASL authentication aborted");
            return WAITING;
        }
        switch (exchange.add(piece.copy())) {
            case MORE -> {}
            case TOO_LONG -> {
                reset(exchange);
                answer(Numeric.ERR_SASLTOOLONG, "SASL message too long");
            }
            case COMPLETE -> {
                var credentials = SaslPlain.decode(exchange.joined());
                reset(exchange);
                return logIn(credentials, "AUTHENTICATE");
            }
        }
        return WAITING;
    }

    private void reset(SaslExchange exchange) {
        exchange.close();
        state = new State.Nobody();
    }

    /// One path for every mechanism; a failure is one answer, whatever failed.
    private Step logIn(Optional<Credentials> given, String command) throws InterruptedException {
        if (state instanceof State.Known) {
            given.ifPresent(Credentials::close);
            answer(Numeric.ERR_ALREADYREGISTERED, "You are logged in already");
            return WAITING;
        }
        if (given.isEmpty()) {
            if (command.equals("AUTHENTICATE")) {
                answer(Numeric.ERR_SASLFAIL, "SASL authentication failed");
                return refused();
            }
            needMoreParams(command);
            return WAITING;
        }
        try (var credentials = given.get()) {
            var who = DeviceName.of(credentials.account());
            var outcome =
                    authenticator.authenticate(who.account(), credentials.password(), address);
            return switch (outcome) {
                case Outcome.LoggedIn(var account) -> loggedIn(account, who.device(), command);
                case Outcome.Refused _ -> {
                    answerFailure(command, "Login failed: wrong account or password");
                    yield refused();
                }
                case Outcome.Busy _ -> {
                    // First for programs, which must tell "not now" from "no".
                    answers.accept(server.fail(command, "TEMPORARILY_UNAVAILABLE", BUSY));
                    answerFailure(command, BUSY);
                    yield WAITING;
                }
            };
        }
    }

    private void answerFailure(String command, String text) {
        answer(
                command.equals("AUTHENTICATE") ? Numeric.ERR_SASLFAIL : Numeric.ERR_PASSWDMISMATCH,
                text);
    }

    private Step refused() {
        refusals++;
        return refusals < config.auth().attempts()
                ? WAITING
                : new Step.Over(new Ending.TooManyAttempts(config.auth().attempts()));
    }

    private Step loggedIn(Account account, String device, String command) {
        close(); // whoever was in the middle of SASL logged in by PASS
        state = new State.Known(account, device);
        answer( // IRCv3 sasl-3.1: 900 comes before 903
                Numeric.RPL_LOGGEDIN,
                NO_NICK + "!" + NO_NICK + "@" + NO_NICK,
                account.name(),
                "You are now logged in as " + account.name());
        if (command.equals("AUTHENTICATE")) {
            answer(Numeric.RPL_SASLSUCCESS, "SASL authentication successful");
        }
        if (command.equals("LOGIN")) { // PASS, NICK and USER in one line
            capabilities.close();
            nick = nick.or(() -> Name.Nick.of(account.name()));
            realName = realName.or(() -> Optional.of(account.name()));
        }
        return completeIfReady();
    }

    private Step completeIfReady() {
        if (nick.isEmpty() || realName.isEmpty() || capabilities.isOpen()) {
            return WAITING;
        }
        return switch (state) {
            case State.Known(var account, var device) ->
                    new Step.Complete(
                            account,
                            device,
                            nickOf(account, nick.get()),
                            shownUsername(account),
                            realName.get());
            case State.Nobody _, State.Answering _ -> {
                answers.accept(
                        server.fail("*", "ACCOUNT_REQUIRED", "You must log in to use this server"));
                yield new Step.Over(new Ending.NotLoggedIn());
            }
        };
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

    /// Wipes what was said of a password so far.
    @Override
    public void close() {
        if (state instanceof State.Answering(var exchange)) {
            exchange.close();
        }
    }
}
