package chat.parley.daemon.session;

import chat.parley.daemon.auth.Authenticator;
import chat.parley.daemon.auth.CertificateLogins;
import chat.parley.daemon.auth.Origin;
import chat.parley.daemon.auth.Outcome;
import chat.parley.daemon.auth.Proof;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.limit.TokenBucket;
import chat.parley.daemon.store.Account;
import chat.parley.daemon.tls.ClientCertificate;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Credentials;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import chat.parley.protocol.SaslExternal;
import chat.parley.protocol.SaslPlain;
import chat.parley.protocol.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who the peer shows to be, by SASL, PASS or LOGIN; and again later, by SASL (IRCv3 sasl-3.2,
/// "SASL Reauthentication"). One path for every mechanism; a failure is one answer, whatever
/// failed.
///
/// Belongs to the session's reader.
final class Login implements AutoCloseable {

    /// So often a connection may be told "not now" at once, then once each so often: asking again
    /// costs the peer nothing, and the answer costs us what those who talk need (docs/adr/0052).
    private static final int PUT_OFFS_AT_ONCE = 4;

    private static final Duration PUT_OFF_EVERY = Duration.ofSeconds(2);

    private final DaemonConfig config;
    private final Server server;
    private final Authenticator authenticator;
    private final CertificateLogins certificates;
    private final Connection connection;
    private final Supplier<String> nick;

    private @Nullable SaslExchange exchange; // in the middle of SASL
    private Optional<LoginStep.LoggedIn> known = Optional.empty();
    private int refusals;
    private final TokenBucket putOffs =
            new TokenBucket(PUT_OFFS_AT_ONCE, PUT_OFF_EVERY, System.nanoTime());

    /// @param nick as replies address the peer
    Login(Session.House house, Connection connection, Supplier<String> nick) {
        this.config = house.config();
        this.server = new Server(config.name(), config.network());
        this.authenticator = house.authenticator();
        this.certificates = house.certificates();
        this.connection = connection;
        this.nick = nick;
    }

    /// Who has logged in.
    Optional<LoginStep.LoggedIn> known() {
        return known;
    }

    /// The account was changed by who has logged in.
    void isNow(Account changed) {
        known = known.map(who -> new LoginStep.LoggedIn(who.proof().of(changed), who.device()));
    }

    /// Whether the peer is in the middle of SASL.
    boolean isUnderWay() {
        return exchange != null;
    }

    /// IRCv3 sasl-3.1, "The AUTHENTICATE Command". Where nicks are free, who has logged in already
    /// may think again before it is in, as it may later.
    LoginStep authenticate(Secret param) throws InterruptedException {
        var settled =
                known.isPresent()
                        && switch (config.identity().nick()) {
                            case ACCOUNT -> true;
                            case FREE -> false;
                        };
        return settled && !param.isEmpty()
                ? told(Numeric.ERR_SASLALREADY, "You are logged in already")
                : sasl(param, null);
    }

    /// The same from a peer that is in.
    ///
    /// @param account whose it is
    LoginStep authenticateAgain(Secret param, String account) throws InterruptedException {
        return sasl(param, account);
    }

    private LoginStep sasl(Secret param, @Nullable String now) throws InterruptedException {
        if (param.isEmpty()) {
            return needMoreParams("AUTHENTICATE");
        }
        var answering = exchange;
        return answering == null ? chooseMechanism(param) : proceed(answering, param, now);
    }

    private LoginStep chooseMechanism(Secret name) {
        var mechanism = Mechanism.of(name);
        if (mechanism.isPresent()) {
            exchange = new SaslExchange(mechanism.get());
            return new LoginStep.Told(List.of(Message.of("AUTHENTICATE", "+")));
        }
        if (name.isWord("*")) {
            return aborted();
        }
        return new LoginStep.Told(
                List.of(
                        numeric(
                                Numeric.RPL_SASLMECHS,
                                Mechanism.LIST,
                                "are the available SASL mechanisms"),
                        numeric(Numeric.ERR_SASLFAIL, "SASL authentication failed")));
    }

    private LoginStep proceed(SaslExchange answering, Secret piece, @Nullable String now)
            throws InterruptedException {
        if (piece.isWord("*")) {
            close();
            return aborted();
        }
        return switch (answering.add(piece.copy())) {
            case MORE -> new LoginStep.Told(List.of());
            case TOO_LONG -> {
                close();
                yield told(Numeric.ERR_SASLTOOLONG, "SASL message too long");
            }
            case COMPLETE -> {
                var joined = answering.joined();
                close();
                yield switch (answering.mechanism()) {
                    case PLAIN -> plain(joined, now);
                    case EXTERNAL -> external(joined, now);
                };
            }
        };
    }

    private LoginStep plain(Secret joined, @Nullable String now) throws InterruptedException {
        var credentials = SaslPlain.decode(joined);
        return credentials.isPresent()
                ? logIn(credentials.get(), "AUTHENTICATE", now)
                : refused(malformed());
    }

    /// Without an authorization identity it is the account that the certificate is bound to; or, as
    /// it cannot be another, one's own.
    private LoginStep external(Secret joined, @Nullable String now) throws InterruptedException {
        var given = SaslExternal.decode(joined);
        if (given.isEmpty()) {
            return refused(malformed());
        }
        var who = DeviceName.of(given.get());
        var as = who.account().isEmpty() && now != null && !mayChange() ? now : who.account();
        if (now != null && !as.isEmpty() && !mayBecome(now, as)) {
            return otherAccount("AUTHENTICATE");
        }
        var shown = connection.certificate();
        var outcome = certificates.authenticate(as, shown, connection.address());
        var need = needOf(outcome);
        if (now != null && need.isPresent()) {
            return notInPassing(need.get(), "AUTHENTICATE");
        }
        var text = "Login failed: no certificate that opens this account";
        var fingerprint = shown.map(ClientCertificate::fingerprint);
        return settled(outcome, fingerprint, who.device(), "AUTHENTICATE", text);
    }

    private Message malformed() {
        return numeric(Numeric.ERR_SASLFAIL, "SASL authentication failed");
    }

    private LoginStep aborted() {
        return told(Numeric.ERR_SASLABORTED, "SASL authentication aborted");
    }

    /// What a peer is told that goes on without finishing SASL; nothing if it was not in it.
    List<Message> abandon() {
        if (!isUnderWay()) {
            return List.of();
        }
        close();
        return List.of(numeric(Numeric.ERR_SASLABORTED, "SASL authentication aborted"));
    }

    /// `PASS account:password`.
    LoginStep pass(Secret params) throws InterruptedException {
        return logIn(Credentials.ofPass(params), "PASS");
    }

    /// `LOGIN account password`.
    LoginStep login(Secret params) throws InterruptedException {
        return logIn(Credentials.ofLogin(params), "LOGIN");
    }

    private LoginStep logIn(Optional<Credentials> given, String command)
            throws InterruptedException {
        if (known.isPresent()) {
            given.ifPresent(Credentials::close);
            return told(Numeric.ERR_ALREADYREGISTERED, "You are logged in already");
        }
        return given.isPresent() ? logIn(given.get(), command, null) : needMoreParams(command);
    }

    /// @param now the account that the peer has already, if it is in
    private LoginStep logIn(Credentials given, String command, @Nullable String now)
            throws InterruptedException {
        try (given) {
            var who = DeviceName.of(given.account());
            if (now != null && !mayBecome(now, who.account())) {
                return otherAccount(command);
            }
            var outcome = authenticator.authenticate(who.account(), given.password(), origin());
            var need = needOf(outcome);
            if (now != null && need.isPresent()) {
                return notInPassing(need.get(), command);
            }
            var text = "Login failed: wrong account or password";
            return settled(outcome, Optional.empty(), who.device(), command, text);
        }
    }

    /// What this account must do first.
    private static Optional<Need> needOf(Outcome outcome) {
        if (!(outcome instanceof Outcome.LoggedIn(var account, var lacks))) {
            return Optional.empty();
        }
        if (account.mustChangePassword()) {
            return Optional.of(Need.PASSWORD);
        }
        return lacks ? Optional.of(Need.SECOND_FACTOR) : Optional.empty();
    }

    /// Who is here already cannot become somebody who must not be here yet.
    private LoginStep notInPassing(Need need, String command) {
        return refused(
                server.fail(
                        command,
                        need.code(),
                        "This login asks for something more: reconnect with it"),
                malformed());
    }

    /// @param failure what a refused one is told, whatever was wrong
    private LoginStep settled(
            Outcome outcome,
            Optional<String> certificate,
            String device,
            String command,
            String failure)
            throws InterruptedException {
        return switch (outcome) {
            case Outcome.LoggedIn(var account, var lacks) ->
                    loggedIn(
                            new LoginStep.LoggedIn(new Proof(account, certificate, lacks), device));
            case Outcome.Refused _ -> refused(failure(command, failure));
            case Outcome.Busy(var again) ->
                    notNow(command, PutOff.text(again), PutOff.seconds(again));
            case Outcome.Closed _ -> notNow(command, PutOff.CLOSED);
        };
    }

    /// First for programs, which must tell "not now" from "no"; then as every failure. Who asks
    /// again and again waits for it.
    private LoginStep notNow(String command, String text, String... context)
            throws InterruptedException {
        // The peer is not read meanwhile; the session's end interrupts.
        Thread.sleep(putOffs.take(1, System.nanoTime()));
        var fail = Stream.concat(Stream.of(context), Stream.of(text)).toArray(String[]::new);
        return new LoginStep.Told(
                List.of(
                        server.fail(command, "TEMPORARILY_UNAVAILABLE", fail),
                        failure(command, text)));
    }

    /// Where the peer is, and with what in hand.
    Origin origin() {
        return new Origin(
                connection.address(), connection.certificate().map(ClientCertificate::fingerprint));
    }

    /// Whatever the password is: it is not looked at.
    private LoginStep otherAccount(String command) {
        return refused(
                server.fail(
                        command,
                        "OTHER_ACCOUNT",
                        "Your nick is your account's name: reconnect to be somebody else"),
                malformed());
    }

    private boolean mayBecome(String now, String other) {
        return mayChange() || CaseMapping.same(now, other);
    }

    private boolean mayChange() {
        return switch (config.identity().nick()) {
            case ACCOUNT -> false;
            case FREE -> true;
        };
    }

    private LoginStep loggedIn(LoginStep.LoggedIn who) {
        close(); // whoever was in the middle of SASL logged in by PASS
        known = Optional.of(who);
        refusals = 0;
        return who;
    }

    private LoginStep refused(Message... lines) {
        refusals++;
        return refusals < config.auth().attempts()
                ? new LoginStep.Told(List.of(lines))
                : new LoginStep.TooMany(List.of(lines));
    }

    private Message failure(String command, String text) {
        return numeric(
                command.equals("AUTHENTICATE") ? Numeric.ERR_SASLFAIL : Numeric.ERR_PASSWDMISMATCH,
                text);
    }

    private LoginStep needMoreParams(String command) {
        return told(Numeric.ERR_NEEDMOREPARAMS, command, "More parameters are needed");
    }

    private LoginStep told(Numeric numeric, String... params) {
        return new LoginStep.Told(List.of(numeric(numeric, params)));
    }

    private Message numeric(Numeric numeric, String... params) {
        return server.numeric(numeric, nick.get(), params);
    }

    /// Wipes what was said of a password so far.
    @Override
    public void close() {
        if (exchange != null) {
            exchange.close();
            exchange = null;
        }
    }
}
