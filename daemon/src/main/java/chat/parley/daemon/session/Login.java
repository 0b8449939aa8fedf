package chat.parley.daemon.session;

import chat.parley.daemon.auth.Authenticator;
import chat.parley.daemon.auth.Outcome;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.store.Account;
import chat.parley.protocol.Credentials;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import chat.parley.protocol.SaslPlain;
import chat.parley.protocol.Secret;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Consumer;

/// Who the peer shows to be, by SASL PLAIN, PASS or LOGIN. One path for every mechanism; a failure
/// is one answer, whatever failed.
///
/// Belongs to the session's reader.
final class Login implements AutoCloseable {

    /// How far the peer is with it.
    private sealed interface State {

        record Nobody() implements State {}

        /// In the middle of SASL PLAIN.
        record Answering(SaslExchange exchange) implements State {}

        record LoggedIn(Known who) implements State {}
    }

    /// Who it is, and with which of its devices.
    record Known(Account account, String device) {}

    /// What came of one command; the peer has its answer.
    enum Progress {
        WAITING,
        LOGGED_IN,
        TOO_MANY_ATTEMPTS
    }

    private static final String BUSY = "Too many logins at the moment: try again later";

    /// Modern IRC, "Numerics": the nick of a peer without one.
    private static final String NO_NICK = "*";

    private final DaemonConfig config;
    private final Server server;
    private final Authenticator authenticator;
    private final InetAddress address;
    private final Consumer<Message> answers;

    private State state = new State.Nobody();
    private int refusals;

    Login(
            DaemonConfig config,
            Authenticator authenticator,
            InetAddress address,
            Consumer<Message> answers) {
        this.config = config;
        this.server = new Server(config.name(), config.network());
        this.authenticator = authenticator;
        this.address = address;
        this.answers = answers;
    }

    /// Who has logged in.
    Optional<Known> known() {
        return switch (state) {
            case State.LoggedIn(var who) -> Optional.of(who);
            case State.Nobody _, State.Answering _ -> Optional.empty();
        };
    }

    /// IRCv3 sasl-3.1, "The AUTHENTICATE Command".
    Progress authenticate(Secret param) throws InterruptedException {
        if (param.isEmpty()) {
            needMoreParams("AUTHENTICATE");
            return Progress.WAITING;
        }
        return switch (state) {
            case State.LoggedIn _ -> {
                answer(Numeric.ERR_SASLALREADY, "You are logged in already");
                yield Progress.WAITING;
            }
            case State.Nobody _ -> {
                chooseMechanism(param);
                yield Progress.WAITING;
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

    private Progress proceed(SaslExchange exchange, Secret piece) throws InterruptedException {
        if (piece.isWord("*")) {
            reset(exchange);
            answer(Numeric.ERR_SASLABORTED, "SASL authentication aborted");
            return Progress.WAITING;
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
        return Progress.WAITING;
    }

    private void reset(SaslExchange exchange) {
        exchange.close();
        state = new State.Nobody();
    }

    /// `PASS account:password`.
    Progress pass(Secret params) throws InterruptedException {
        return logIn(Credentials.ofPass(params), "PASS");
    }

    /// `LOGIN account password`.
    Progress login(Secret params) throws InterruptedException {
        return logIn(Credentials.ofLogin(params), "LOGIN");
    }

    private Progress logIn(Optional<Credentials> given, String command)
            throws InterruptedException {
        if (state instanceof State.LoggedIn) {
            given.ifPresent(Credentials::close);
            answer(Numeric.ERR_ALREADYREGISTERED, "You are logged in already");
            return Progress.WAITING;
        }
        if (given.isEmpty()) {
            if (command.equals("AUTHENTICATE")) {
                answer(Numeric.ERR_SASLFAIL, "SASL authentication failed");
                return refused();
            }
            needMoreParams(command);
            return Progress.WAITING;
        }
        try (var credentials = given.get()) {
            var who = DeviceName.of(credentials.account());
            var outcome =
                    authenticator.authenticate(who.account(), credentials.password(), address);
            return switch (outcome) {
                case Outcome.LoggedIn(var account) ->
                        loggedIn(new Known(account, who.device()), command);
                case Outcome.Refused _ -> {
                    answerFailure(command, "Login failed: wrong account or password");
                    yield refused();
                }
                case Outcome.Busy _ -> {
                    // First for programs, which must tell "not now" from "no".
                    answers.accept(server.fail(command, "TEMPORARILY_UNAVAILABLE", BUSY));
                    answerFailure(command, BUSY);
                    yield Progress.WAITING;
                }
            };
        }
    }

    private void answerFailure(String command, String text) {
        answer(
                command.equals("AUTHENTICATE") ? Numeric.ERR_SASLFAIL : Numeric.ERR_PASSWDMISMATCH,
                text);
    }

    private Progress refused() {
        refusals++;
        return refusals < config.auth().attempts() ? Progress.WAITING : Progress.TOO_MANY_ATTEMPTS;
    }

    private Progress loggedIn(Known who, String command) {
        close(); // whoever was in the middle of SASL logged in by PASS
        state = new State.LoggedIn(who);
        var name = who.account().name();
        answer( // IRCv3 sasl-3.1: 900 comes before 903
                Numeric.RPL_LOGGEDIN,
                NO_NICK + "!" + NO_NICK + "@" + NO_NICK,
                name,
                "You are now logged in as " + name);
        if (command.equals("AUTHENTICATE")) {
            answer(Numeric.RPL_SASLSUCCESS, "SASL authentication successful");
        }
        return Progress.LOGGED_IN;
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
