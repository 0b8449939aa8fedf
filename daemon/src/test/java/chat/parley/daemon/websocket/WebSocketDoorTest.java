package chat.parley.daemon.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.observe.Recorded;
import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.WebWire;
import chat.parley.daemon.talks.Wire.TrustsAnybody;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is let in as a WebSocket, and what the others are told; over real TLS.
@Timeout(60)
class WebSocketDoorTest {

    @TempDir Path dir;
    private TestDaemon daemon;

    @BeforeEach
    void start() {
        daemon =
                new TestDaemon(
                                dir,
                                WebWire.LISTENING,
                                "parley.websocket.origins = [\"https://chat.example.org\"]",
                                "parley.websocket.path = /irc")
                        .account("ann");
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    /// What comes back for a request, up to the end of its head, or of the connection.
    private String asked(String path, String... fields) {
        try (var web = WebWire.connect(daemon)) {
            web.request(path, fields);
            return web.answer();
        }
    }

    private String said(String request) {
        try (var web = WebWire.connect(daemon)) {
            web.raw(request.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
            return web.rest();
        }
    }

    private static void assertStatus(int status, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    }

    @Nested
    class A_web_page {

        @Test
        void may_connect_when_its_origin_is_listed() {
            assertStatus(101, asked("/irc", "Origin: https://chat.example.org"));
        }

        @Test
        void may_not_when_it_is_not() {
            try (var recorded = new Recorded()) {
                for (var origin :
                        new String[] {
                            "https://evil.example",
                            "http://chat.example.org",
                            "https://chat.example.org:8443",
                            "https://chat.example.org.evil.example",
                            "https://evil.example/https://chat.example.org",
                            "null",
                            "",
                            "https://evil.example\u001b[2J"
                        }) {
                    var answer = asked("/irc", "Origin: " + origin);
                    assertTrue(
                            answer.startsWith("HTTP/1.1 403 ")
                                    || answer.startsWith("HTTP/1.1 400 "),
                            origin + ": " + answer);
                }
                assertTrue(
                        recorded.text().contains("origin refused origin=https://evil.example "),
                        recorded.text());
                assertFalse(recorded.text().contains("\u001b"));
            }
        }
    }

    @Test
    void a_client_without_an_origin_is_no_web_page_and_may_connect() {
        assertStatus(101, asked("/irc"));
    }

    @Test
    void there_is_one_path() {
        assertStatus(404, asked("/"));
        assertStatus(404, asked("/irc/"));
        assertStatus(101, asked("/irc?client=web"));
    }

    @Test
    void a_browser_that_only_looks_is_told_what_this_is() {
        var answer = said("GET / HTTP/1.1\nHost: localhost\n\n");
        assertStatus(426, answer);
        assertTrue(answer.endsWith("Web clients for IRC connect here by WebSocket.\n"), answer);
    }

    @Test
    void an_IRC_client_at_the_wrong_port_is_told_so() {
        assertStatus(400, said("CAP LS 302\nNICK ann\nUSER ann 0 * :Ann\n"));
    }

    @Test
    void a_version_that_is_not_spoken_is_answered_with_the_one_that_is() {
        var answer = asked("/irc", "Sec-WebSocket-Version: 8");
        assertStatus(426, answer);
        assertTrue(answer.contains("\r\nSec-WebSocket-Version: 13\r\n"), answer);
    }

    @Test
    void a_request_with_a_body_is_refused() {
        assertStatus(400, asked("/irc", "Content-Length: 10"));
    }

    /// Chromium gives a WebSocket up when the server asks for a certificate, even for an optional
    /// one.
    @Test
    void no_client_certificate_is_asked_for() throws Exception {
        assertFalse(asksForCertificate(daemon.webSocketPort()));
        assertTrue(asksForCertificate(daemon.port()), "else the test is worth nothing");
    }

    private static boolean asksForCertificate(int port)
            throws GeneralSecurityException, IOException {
        var asked = new AtomicBoolean();
        var context = SSLContext.getInstance("TLS");
        context.init(
                new KeyManager[] {new NoticesQuestions(asked)},
                new TrustManager[] {new TrustsAnybody()},
                new SecureRandom());
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
            socket.startHandshake();
            assertEquals("TLSv1.3", socket.getSession().getProtocol());
        }
        return asked.get();
    }

    /// Asked for a certificate, and has none.
    private static final class NoticesQuestions extends X509ExtendedKeyManager {

        private final AtomicBoolean asked;

        NoticesQuestions(AtomicBoolean asked) {
            this.asked = asked;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, Socket socket) {
            asked.set(true);
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return null;
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return null;
        }
    }
}
