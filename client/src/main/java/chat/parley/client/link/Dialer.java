package chat.parley.client.link;

import chat.parley.protocol.Capability;
import chat.parley.protocol.Credentials;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One attempt after another to get to the daemon: look up, connect, shake hands, log in.
///
/// Each phase has a deadline. Used by one thread at a time; [#abort] may come from any.
public final class Dialer {

    /// @param connect for one address of the host
    /// @param login generous: the daemon may queue behind other logins that hash
    public record Patience(Duration connect, Duration handshake, Duration login) {

        public static final Patience USUAL =
                new Patience(
                        Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    private final ServerAddress server;
    private final Trust trust;
    private final Who who;
    private final Patience patience;
    private final AtomicReference<GatedSocket> underway = new AtomicReference<>(new GatedSocket());
    private @Nullable Secret code; // for the next login
    private boolean wantsCode; // as one did before
    private boolean isByPass; // as the server has no other login
    private boolean hasAccounts; // as the server said once
    private Set<Capability> besides = Set.of();

    /// @param who stays the caller's, who wipes it when nothing dials any more
    public Dialer(ServerAddress server, Trust trust, Who who, Patience patience) {
        this.server = server;
        this.trust = trust;
        this.who = who;
        this.patience = patience;
    }

    /// Capabilities to ask for besides those of every login.
    public Dialer wanting(Set<Capability> capabilities) {
        besides = Set.copyOf(capabilities);
        return this;
    }

    public ServerAddress server() {
        return server;
    }

    /// Goes after the password of the next login that gets as far as that; once.
    public void code(Secret shown) {
        wantsCode = true;
        forgetCode();
        code = shown;
    }

    /// Whether a login asks for a new code.
    public boolean wantsCode() {
        return wantsCode;
    }

    /// Whether the server has no accounts, so that the password is its own.
    public boolean isWithoutAccounts() {
        return isByPass;
    }

    /// Wipes a code that was not used.
    public void forgetCode() {
        var unused = code;
        code = null;
        if (unused != null) {
            unused.close();
        }
    }

    /// What is shown now; the code is used up.
    private Credentials shown() {
        var shown = code;
        code = null;
        var password = who.credentials().password().copy();
        return new Credentials(
                who.credentials().account(),
                shown == null ? password : Secret.join(List.of(password, shown)));
    }

    public Outcome dial() {
        var knew = isByPass;
        var outcome = attempt();
        // PASS goes before the nick or not at all, and nobody says so before.
        return isByPass && !knew ? attempt() : outcome;
    }

    private Outcome attempt() {
        GatedSocket plain;
        try {
            plain = connect();
        } catch (IOException e) {
            return cannot(Trouble.connecting(e, patience.connect()));
        }
        var outcome = shakeHandsAndLogIn(plain);
        if (!outcome.isOpen()) {
            close(plain);
        }
        return outcome;
    }

    /// Shakes hands and no more: what the server shows, and what is to be thought of it. Nothing is
    /// said to it, and nothing kept.
    public Look look() {
        GatedSocket plain;
        try {
            plain = connect();
        } catch (IOException e) {
            return new Look.Failed(cannot(Trouble.connecting(e, patience.connect())).reason());
        }
        try (var deadline = Deadline.after(patience.handshake(), () -> close(plain))) {
            var onlooker = new Look.Onlooker(trust);
            try {
                var wire = shakeHands(plain, new Judge(server, onlooker));
                var verdict = onlooker.verdict();
                var security = wire.security();
                wire.close();
                return new Look.Seen(security, verdict);
            } catch (IOException e) {
                return new Look.Failed(noTls(e, plain, deadline.hasPassed()).reason());
            }
        } finally {
            close(plain);
        }
    }

    /// Ends what is under way; never blocks.
    public void abort() {
        close(underway.get());
    }

    private GatedSocket connect() throws IOException {
        IOException last = new UnknownHostException(server.host());
        for (var address : InetAddress.getAllByName(server.host())) {
            var plain = new GatedSocket();
            underway.set(plain);
            try {
                plain.setTcpNoDelay(true);
                plain.setKeepAlive(true);
                plain.connect(
                        new InetSocketAddress(address, server.port()),
                        (int) patience.connect().toMillis());
                return plain;
            } catch (IOException e) {
                close(plain);
                last = e;
            }
        }
        throw last;
    }

    private Outcome shakeHandsAndLogIn(GatedSocket plain) {
        var judge = new Judge(server, trust);
        Wire wire;
        try (var deadline = Deadline.after(patience.handshake(), () -> close(plain))) {
            try {
                wire = shakeHands(plain, judge);
            } catch (IOException e) {
                return judge.verdict()
                        .filter(verdict -> !(verdict instanceof Verdict.Trusted))
                        .<Outcome>map(Outcome.NotTrusted::new)
                        .orElseGet(() -> noTls(e, plain, deadline.hasPassed()));
            }
        }
        return logIn(plain, wire);
    }

    private Wire shakeHands(GatedSocket plain, Judge judge) throws IOException {
        try {
            var tls = TlsClient.over(plain, server, judge, who.key());
            tls.startHandshake();
            if (judge.verdict().orElse(null) instanceof Verdict.Trusted(var by)
                    && judge.shown().isPresent()) {
                var session = tls.getSession();
                var security =
                        Security.of(
                                session.getProtocol(),
                                session.getCipherSuite(),
                                plain.first().group(),
                                judge.shown().get(),
                                by);
                return new Wire(plain, tls, security);
            }
            // Nothing may go on without a verdict, whatever the TLS layer thinks.
            throw new IOException("no certificate was checked");
        } finally {
            plain.leave();
        }
    }

    private Outcome logIn(GatedSocket plain, Wire wire) {
        try (var deadline = Deadline.after(patience.login(), () -> close(plain))) {
            try (var shown = shown()) {
                var login = new Login(wire, who.with(shown), besides, isByPass);
                var outcome = named(login.run());
                var said = login.hasAccounts();
                hasAccounts |= said.orElse(false);
                if (hasAccounts && !said.orElse(true)) {
                    return cannot("it offers no login now, as it did before");
                }
                isByPass = !hasAccounts && (isByPass || said.isPresent());
                return outcome;
            } catch (IOException e) {
                return cannot(
                        deadline.hasPassed()
                                ? "no answer to the login within "
                                        + patience.login().toSeconds()
                                        + " s; it may be overloaded: try again later"
                                : "the connection broke during the login: " + Trouble.inWords(e));
            }
        }
    }

    private Outcome named(Outcome outcome) {
        return outcome instanceof Outcome.CannotConnect(var reason) ? cannot(reason) : outcome;
    }

    private Outcome.CannotConnect cannot(String why) {
        return new Outcome.CannotConnect(server + ": " + why);
    }

    private Outcome.CannotConnect noTls(IOException e, GatedSocket plain, boolean isTooLate) {
        var allowed = isTooLate ? Optional.of(patience.handshake()) : Optional.<Duration>empty();
        return cannot(Trouble.shakingHands(e, plain.first(), allowed));
    }

    private static void close(GatedSocket plain) {
        try {
            plain.close();
        } catch (IOException _) {
            // closed or not, nothing more can be done
        }
    }
}
