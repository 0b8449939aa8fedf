package chat.parley.daemon.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.WebWire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A web client and a client of lines in one channel. The web client is the JDK's, which knows
/// nothing of ours.
@Timeout(60)
class WebSocketTest {

    @TempDir Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"text.ircv3.net", "binary.ircv3.net"})
    void a_web_client_and_a_client_of_lines_hear_each_other(String subProtocol) throws Exception {
        try (var daemon = daemon();
                var bob = daemon.login("bob");
                var web = new WebClient(daemon, dir, subProtocol)) {
            assertEquals(subProtocol, web.socket.getSubprotocol());
            web.loginBySasl("ann");
            bob.expect(":ann!* JOIN #lobby");

            web.send("JOIN #tea");
            web.expect(":ann!* JOIN #tea");
            bob.send("JOIN #tea");
            web.expect(":bob!* JOIN #tea");
            web.send("PRIVMSG #tea :milk? ☕");
            bob.expect(":ann!* PRIVMSG #tea :milk? ☕");
            var longText = "ü".repeat(200);
            bob.send("PRIVMSG #tea :" + longText);
            web.expect(":bob!* PRIVMSG #tea :" + longText);

            web.send("QUIT :bye");
            bob.expect(":ann!* QUIT :Quit: bye");
            web.expect("ERROR :Closing link: 127.0.0.1 (Quit: bye)");
            web.expect("closed 1000");
        }
    }

    @Test
    void the_clients_order_of_sub_protocols_wins() throws Exception {
        try (var daemon = daemon();
                var web = new WebClient(daemon, dir, "soap", "text.ircv3.net", "binary.ircv3.net");
                var other = new WebClient(daemon, dir, "binary.ircv3.net", "text.ircv3.net")) {
            assertEquals("text.ircv3.net", web.socket.getSubprotocol());
            assertEquals("binary.ircv3.net", other.socket.getSubprotocol());
        }
    }

    @Test
    void a_client_that_names_no_sub_protocol_gets_text() throws Exception {
        try (var daemon = daemon();
                var web = new WebClient(daemon, dir)) {
            assertEquals("", web.socket.getSubprotocol());
            web.send("PING x");
            web.expect(":parley.example PONG parley.example :x");
        }
    }

    @Test
    void a_ping_is_answered_while_nothing_else_is_said() throws Exception {
        try (var daemon = daemon();
                var web = new WebClient(daemon, dir, "text.ircv3.net")) {
            web.loginBySasl("ann");
            for (var token : new String[] {"one", "two"}) {
                web.socket
                        .sendPing(ByteBuffer.wrap(token.getBytes(StandardCharsets.US_ASCII)))
                        .get(20, TimeUnit.SECONDS);
                web.expect("pong " + token);
            }
        }
    }

    @Test
    void who_closes_is_answered_and_gone() throws Exception {
        try (var daemon = daemon();
                var bob = daemon.login("bob");
                var web = new WebClient(daemon, dir, "text.ircv3.net")) {
            web.loginBySasl("ann");
            bob.expect(":ann!* JOIN #lobby");
            web.socket.sendClose(4000, "the tab was closed").get(20, TimeUnit.SECONDS);
            web.expect("closed 4000");
            bob.expect(":ann!* QUIT :Connection closed");
        }
    }

    @Test
    void a_daemon_that_stops_says_so() throws Exception {
        var daemon = daemon();
        try (var web = new WebClient(daemon, dir, "text.ircv3.net")) {
            web.loginBySasl("ann");
            daemon.close();
            web.expect("closed 1001");
        }
    }

    private TestDaemon daemon() {
        return new TestDaemon(dir, WebWire.LISTENING, "parley.limits.linger = 0s")
                .account("ann")
                .account("bob");
    }

    /// The JDK's client; it trusts the daemon's certificate and checks its name.
    private static final class WebClient implements WebSocket.Listener, AutoCloseable {

        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
        private final HttpClient http;
        private final WebSocket socket;

        WebClient(TestDaemon daemon, Path dir, String... subProtocols) throws Exception {
            http = HttpClient.newBuilder().sslContext(trusting(dir)).build();
            var builder = http.newWebSocketBuilder();
            if (subProtocols.length > 0) {
                var others = new String[subProtocols.length - 1];
                System.arraycopy(subProtocols, 1, others, 0, others.length);
                builder.subprotocols(subProtocols[0], others);
            }
            socket =
                    builder.buildAsync(
                                    URI.create("wss://localhost:" + daemon.webSocketPort() + "/"),
                                    this)
                            .get(20, TimeUnit.SECONDS);
        }

        private static SSLContext trusting(Path dir) throws GeneralSecurityException, IOException {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "daemon",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(
                                            Files.readAllBytes(dir.resolve("daemon.crt")))));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        }

        void loginBySasl(String account) throws Exception {
            var plain = "\0" + account + "\0" + TestDaemon.passwordOf(account);
            send("CAP REQ :sasl");
            send("NICK " + account);
            send("USER " + account + " 0 * :" + account);
            send("AUTHENTICATE PLAIN");
            expect("AUTHENTICATE +");
            send(
                    "AUTHENTICATE "
                            + Base64.getEncoder()
                                    .encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
            expect(":parley.example 903 * …");
            send("CAP END");
            expect(":parley.example 366 " + account + " #lobby …");
        }

        void send(String line) throws Exception {
            if (socket.getSubprotocol().equals("binary.ircv3.net")) {
                var bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
                socket.sendBinary(bytes, true).get(20, TimeUnit.SECONDS);
            } else {
                socket.sendText(line, true).get(20, TimeUnit.SECONDS);
            }
        }

        /// `*` stands for the rest of a word, `…` for the rest.
        void expect(String pattern) throws InterruptedException {
            var regex =
                    ("\\Q" + pattern + "\\E").replace("*", "\\E[^ ]*\\Q").replace("…", "\\E.*\\Q");
            while (true) {
                var next = heard.poll(20, TimeUnit.SECONDS);
                assertNotNull(next, "nothing came; wanted «" + pattern + "»");
                if (next.matches(regex)) {
                    return;
                }
                assertTrue(!next.startsWith("closed"), next + " before «" + pattern + "»");
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                heard.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket from, ByteBuffer data, boolean last) {
            var bytes = new byte[data.remaining()];
            data.get(bytes);
            binary.writeBytes(bytes);
            if (last) {
                heard.add(binary.toString(StandardCharsets.UTF_8));
                binary.reset();
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
            heard.add("pong " + StandardCharsets.US_ASCII.decode(message));
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            heard.add("closed " + code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            heard.add("closed by " + error);
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }
}
