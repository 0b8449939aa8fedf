package chat.parley.client.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.Credentials;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is said when there is no connection: one sentence, and what to do next.
@Timeout(60)
class TroubleTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private interface Script {
        void run(Socket socket) throws IOException;
    }

    private static String reason(ServerAddress server, Dialer.Patience patience) {
        var dialer =
                new Dialer(
                        server,
                        new Trust.SystemOrKnown(new KnownServers(Path.of("none"))),
                        Who.by(new Credentials("ann", new Secret("secret".toCharArray()))),
                        patience);
        var reason = assertInstanceOf(Outcome.CannotConnect.class, dialer.dial()).reason();
        assertTrue(reason.startsWith(server + ": "), reason);
        return reason.substring((server + ": ").length());
    }

    /// What comes of somebody who accepts the connection and does this.
    private static String reason(Duration handshake, Script script) throws Exception {
        try (var there = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(() -> {
                        try (var socket = there.accept()) {
                            script.run(socket);
                        } catch (IOException _) {
                            // the client has gone
                        }
                    });
            var server = new ServerAddress("127.0.0.1", there.getLocalPort());
            return reason(server, new Dialer.Patience(LONG, handshake, LONG));
        }
    }

    private static String saying(byte[] bytes) throws Exception {
        return reason(
                LONG,
                socket -> {
                    socket.getInputStream().readNBytes(5); // the beginning of the first message
                    socket.getOutputStream().write(bytes);
                    socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                });
    }

    private static String saying(String text) throws Exception {
        return saying(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Nested
    class Nobody {

        @Test
        void by_that_name_is_told() {
            var server = new ServerAddress("nobody.invalid", 6697);

            assertEquals(
                    "no such host; check the name, and whether this machine is on-line",
                    reason(server, new Dialer.Patience(LONG, LONG, LONG)));
        }

        @Test
        void who_listens_is_told() throws Exception {
            ServerAddress server;
            try (var there = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                server = new ServerAddress("127.0.0.1", there.getLocalPort());
            }

            assertEquals(
                    "nobody listens there; check that the daemon runs, and the port",
                    reason(server, new Dialer.Patience(LONG, LONG, LONG)));
        }

        /// A queue of connections that is full answers nobody.
        @Test
        void who_answers_is_told_with_the_time() throws Exception {
            try (var there = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    var one = new Socket();
                    var two = new Socket()) {
                one.connect(there.getLocalSocketAddress());
                two.connect(there.getLocalSocketAddress());
                var server = new ServerAddress("127.0.0.1", there.getLocalPort());

                assertEquals(
                        "no answer within 1 s; check the network, and whether a firewall is in"
                                + " between",
                        reason(server, new Dialer.Patience(Duration.ofSeconds(1), LONG, LONG)));
            }
        }
    }

    @Nested
    class Somebody {

        @Test
        void who_speaks_IRC_without_TLS_is_told() throws Exception {
            assertEquals(
                    "there is no TLS on that port, but IRC without it; Parley speaks TLS only,"
                            + " usually on port 6697",
                    saying(":irc.example NOTICE * :Looking up your hostname\r\n"));
        }

        @Test
        void who_speaks_HTTP_is_told() throws Exception {
            assertEquals(
                    "there is no TLS on that port, but a web server; check the port",
                    saying("HTTP/1.1 400 Bad Request\r\n\r\n"));
        }

        @Test
        void who_speaks_something_else_is_told() throws Exception {
            assertEquals(
                    "there is no TLS on that port; check the port: it is 6697 unless the admin chose"
                            + " another",
                    saying("220 mail.example ESMTP\r\n"));
        }

        @Test
        void who_says_nothing_is_told_at_the_deadline() throws Exception {
            assertEquals(
                    "somebody listens there, but there was no TLS handshake within 0 s; check the"
                            + " port",
                    reason(SHORT, socket -> socket.getInputStream().readAllBytes()));
        }

        @Test
        void who_closes_at_once_is_told() throws Exception {
            assertEquals(
                    "it closed the connection before the TLS handshake; check the port; a Parley"
                            + " daemon does so when there are too many connections from here",
                    reason(LONG, socket -> socket.getInputStream().readNBytes(100)));
        }
    }

    @Nested
    class A_TLS_that_is_too_old {

        private static final String SENTENCE =
                "its TLS is too old: Parley speaks 1.3 and 1.2 and nothing older; the other end has to"
                        + " be updated";

        @Test
        void refuses_ours_and_that_is_told() throws Exception {
            assertEquals(SENTENCE, saying(HexFormat.of().parseHex("15030100020246")));
        }

        @Test
        void answers_by_itself_and_that_is_told() throws Exception {
            var random = "00".repeat(32);
            // RFC 5246, 7.4.1.3: a ServerHello of TLS 1.1 with TLS_RSA_WITH_AES_128_CBC_SHA.
            var hello = "0302" + random + "00" + "002f" + "00";
            assertEquals(
                    SENTENCE, saying(HexFormat.of().parseHex("160302002a" + "02000026" + hello)));
        }

        @Test
        void or_has_no_cipher_in_common_and_that_is_told() throws Exception {
            assertEquals(
                    "its TLS and ours have no cipher, group or kind of key in common; the other end"
                            + " has to be updated",
                    saying(HexFormat.of().parseHex("15030300020228")));
        }
    }
}
