package chat.parley.client.link;

import chat.parley.protocol.Capability;
import chat.parley.protocol.Credentials;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.tls.TlsNoCloseNotifyException;
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
    private final Credentials credentials;
    private final Optional<String> device;
    private final Patience patience;
    private final AtomicReference<GatedSocket> underway = new AtomicReference<>(new GatedSocket());
    private @Nullable Secret code; // for the next login
    private boolean wantsCode; // as one did before
    private Set<Capability> besides = Set.of();

    /// @param credentials stay the caller's, who wipes them when nothing dials any more
    /// @param device the name to log in by, where the daemon knows of devices
    public Dialer(
            ServerAddress server,
            Trust trust,
            Credentials credentials,
            Optional<String> device,
            Patience patience) {
        this.server = server;
        this.trust = trust;
        this.credentials = credentials;
        this.device = device;
        this.patience = patience;
    }

    /// Capabilities to ask for besides those of every login.
    public Dialer wanting(Set<Capability> capabilities) {
        besides = Set.copyOf(capabilities);
        return this;
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
        var password = credentials.password().copy();
        return new Credentials(
                credentials.account(),
                shown == null ? password : Secret.join(List.of(password, shown)));
    }

    public Outcome dial() {
        GatedSocket plain;
        try {
            plain = connect();
        } catch (IOException e) {
            return new Outcome.CannotConnect(server + ": " + inWords(e));
        }
        var outcome = shakeHandsAndLogIn(plain);
        if (!(outcome instanceof Outcome.LoggedIn || outcome instanceof Outcome.MustChange)) {
            close(plain);
        }
        return outcome;
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
                wire = shakeHands(plain, server, judge);
            } catch (IOException e) {
                return judge.verdict()
                        .filter(verdict -> !(verdict instanceof Verdict.Trusted))
                        .<Outcome>map(Outcome.NotTrusted::new)
                        .orElseGet(() -> noTls(e, deadline.hasPassed()));
            }
        }
        return logIn(plain, wire);
    }

    private static Wire shakeHands(GatedSocket plain, ServerAddress server, Judge judge)
            throws IOException {
        try {
            var tls = TlsClient.over(plain, server, judge);
            tls.startHandshake();
            if (!(judge.verdict().orElse(null) instanceof Verdict.Trusted)) {
                // Nothing may go on without a verdict, whatever the TLS layer thinks.
                throw new IOException("no certificate was checked");
            }
            return new Wire(plain, tls);
        } finally {
            plain.leave();
        }
    }

    private Outcome logIn(GatedSocket plain, Wire wire) {
        try (var deadline = Deadline.after(patience.login(), () -> close(plain))) {
            try (var shown = shown()) {
                return new Login(wire, shown, device, besides).run();
            } catch (IOException e) {
                return new Outcome.CannotConnect(
                        server
                                + (deadline.hasPassed()
                                        ? ": no answer to the login within "
                                                + patience.login().toSeconds()
                                                + " s"
                                        : ": the connection broke during the login ("
                                                + inWords(e)
                                                + ")"));
            }
        }
    }

    private Outcome noTls(IOException e, boolean tooLate) {
        return new Outcome.CannotConnect(
                server
                        + (tooLate
                                ? ": no TLS handshake within "
                                        + patience.handshake().toSeconds()
                                        + " s"
                                : ": no TLS there, or none that fits (" + inWords(e) + ")"));
    }

    private static void close(GatedSocket plain) {
        try {
            plain.close();
        } catch (IOException _) {
            // closed or not, nothing more can be done
        }
    }

    /// What happened as a person would say it; Java's words where there are no better ones.
    static String inWords(IOException e) {
        return switch (e) {
            case UnknownHostException _ -> "no such host";
            case SocketTimeoutException _ -> "no answer";
            case ConnectException _ -> "nobody listens there, or it cannot be reached";
            case TlsNoCloseNotifyException _ -> "the daemon closed the connection";
            case InterruptedIOException _ -> "interrupted";
            default -> {
                var words = e.getMessage();
                yield words == null ? e.getClass().getSimpleName() : words;
            }
        };
    }
}
