package chat.parley.daemon.talks;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// A client that says lines and looks at lines. It trusts any certificate, as only tests may.
public final class Wire implements AutoCloseable {

    /// Longer than anything takes here; what is waited for comes, or the test fails.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final SSLContext TRUSTING = trusting();
    private static final AtomicInteger TOKENS = new AtomicInteger();

    private final Socket plain;
    private final SSLSocket socket;
    private final BufferedReader lines;
    private final List<String> seen = new ArrayList<>();

    private Wire(Socket plain, SSLSocket socket) throws IOException {
        this.plain = plain;
        this.socket = socket;
        this.lines =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    static Wire connect(int port) {
        return connect(port, InetAddress.getLoopbackAddress());
    }

    /// @param from an address of this machine, such as 127.0.0.2, to come from
    public static Wire connect(int port, InetAddress from) {
        return connect(port, from, TRUSTING);
    }

    /// @param context how the client speaks TLS, and with which certificate
    /// @param protocols versions of TLS; none for all that the context has
    static Wire connect(int port, InetAddress from, SSLContext context, String... protocols) {
        try {
            var plain = new Socket();
            plain.bind(new InetSocketAddress(from, 0));
            plain.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    (int) PATIENCE.toMillis());
            var socket =
                    (SSLSocket)
                            context.getSocketFactory().createSocket(plain, "localhost", port, true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            socket.startHandshake();
            return new Wire(plain, socket);
        } catch (IOException e) {
            throw new AssertionError("cannot connect: " + e.getMessage(), e);
        }
    }

    public void send(String line) {
        sendRaw((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    public void sendRaw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new AssertionError("cannot send: " + e.getMessage(), e);
        }
    }

    /// The next line; null at the end.
    public @Nullable String read() {
        try {
            var line = lines.readLine();
            seen.add(line == null ? "(closed)" : line);
            return line;
        } catch (SocketTimeoutException _) {
            throw new AssertionError("nothing came; before that:\n" + String.join("\n", seen));
        } catch (IOException _) { // an abort looks like an end here
            seen.add("(closed)");
            return null;
        }
    }

    /// The first line that fits; others before it are passed over.
    public String expect(String pattern) {
        var fits = matcher(pattern);
        while (true) {
            var line = read();
            if (line == null) {
                throw new AssertionError(
                        "closed before «" + pattern + "»; came:\n" + String.join("\n", seen));
            }
            if (fits.test(line)) {
                return line;
            }
        }
    }

    /// The next line, which must fit.
    public String expectNext(String pattern) {
        var line = present(read());
        if (!matcher(pattern).test(line)) {
            fail("expected next «" + pattern + "», got «" + line + "»");
        }
        return line;
    }

    private static String present(@Nullable String line) {
        assertNotNull(line, "closed");
        return line == null ? "" : line;
    }

    /// Nothing is on its way: the next thing that comes is the answer to a PING.
    public void expectNothing() {
        var token = "nothing-" + TOKENS.incrementAndGet();
        send("PING " + token);
        expectNext(":* PONG * :" + token);
    }

    /// Passes over everything up to the answer to a PING, so that all it asked for has happened.
    public void settle() {
        var token = "settle-" + TOKENS.incrementAndGet();
        send("PING " + token);
        expect(":* PONG * :" + token);
    }

    /// The daemon ends the connection.
    public void expectClosed() {
        while (read() != null) {
            // what was on its way
        }
    }

    /// The daemon ends the connection, with this as the last it says.
    public void expectClosed(String pattern) {
        expectClosed();
        var last = seen.size() < 2 ? "" : seen.get(seen.size() - 2);
        if (!matcher(pattern).test(last)) {
            fail("expected «" + pattern + "» last; came:\n" + String.join("\n", seen));
        }
    }

    /// All that came so far.
    public List<String> seen() {
        return List.copyOf(seen);
    }

    public Socket socket() {
        return socket;
    }

    /// Breaks the connection without a goodbye, as a network does.
    public void cut() {
        try {
            plain.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // the daemon was first
        }
    }

    /// `*` stands for the rest of a word, `…` for the rest of the line; tags count only where the
    /// pattern has some.
    static Predicate<String> matcher(String pattern) {
        var regex = new StringBuilder();
        pattern.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '*' -> regex.append("[^ ]*");
                        case '…' -> regex.append(".*");
                        default -> regex.append(Pattern.quote(Character.toString(c)));
                    }
                });
        var compiled = Pattern.compile(regex.toString());
        return line ->
                compiled.matcher(pattern.startsWith("@") ? line : withoutTags(line)).matches();
    }

    private static String withoutTags(String line) {
        return line.startsWith("@") ? line.substring(line.indexOf(' ') + 1) : line;
    }

    private static SSLContext trusting() {
        return trusting(null);
    }

    /// @param keys what the client shows of itself
    static SSLContext trusting(KeyManager @Nullable [] keys) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {new TrustsAnybody()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// For tests only.
    public static final class TrustsAnybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
