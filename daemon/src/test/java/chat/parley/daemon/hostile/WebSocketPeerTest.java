package chat.parley.daemon.hostile;

import static chat.parley.daemon.hostile.SilentPeerTest.assertSeconds;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.WebWire;
import chat.parley.protocol.websocket.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Peers that come by WebSocket: the same bounds, deadlines and login wall as for lines.
@Timeout(60)
class WebSocketPeerTest {

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n";

    @TempDir Path dir;

    private TestDaemon daemon(String... settings) {
        var all = new String[settings.length + 1];
        all[0] = WebWire.LISTENING;
        System.arraycopy(settings, 0, all, 1, settings.length);
        return new TestDaemon(dir, all).account("ann").account("bob");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Nested
    class Before_it_is_a_WebSocket {

        private static final String QUICK = "parley.limits.handshake-within = 700ms";

        @Test
        void a_silent_peer_is_cut_off() {
            try (var daemon = daemon(QUICK);
                    var web = WebWire.connect(daemon)) {
                var began = System.nanoTime();
                web.rest();
                assertSeconds(began, 5);
            }
        }

        @Test
        void a_peer_that_drips_headers_does_not_stretch_its_time() throws Exception {
            try (var daemon = daemon(QUICK);
                    var web = WebWire.connect(daemon)) {
                var began = System.nanoTime();
                web.raw(ascii(REQUEST));
                var over = new CountDownLatch(1);
                var dripping = Thread.startVirtualThread(() -> drip(web, over));
                web.rest();
                over.countDown();
                dripping.join();
                assertSeconds(began, 5);
            }
        }

        private static void drip(WebWire web, CountDownLatch over) {
            try {
                while (!over.await(20, TimeUnit.MILLISECONDS)) {
                    web.raw(ascii("X: y\r\n"));
                }
            } catch (InterruptedException | AssertionError _) {
                // it was cut off
            }
        }

        @Test
        void a_line_without_end_is_refused() {
            assertRefused(414, "GET /" + "x".repeat(100_000));
        }

        @Test
        void a_header_without_end_is_refused() {
            assertRefused(431, REQUEST + "X: " + "x".repeat(100_000));
        }

        @Test
        void headers_without_end_are_refused() {
            assertRefused(431, REQUEST + "X: y\r\n".repeat(10_000));
        }

        private void assertRefused(int status, String request) {
            try (var daemon = daemon();
                    var web = WebWire.connect(daemon)) {
                web.raw(ascii(request));
                var answer = web.answer();
                assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
                web.rest();
            }
        }

        @Test
        void one_address_has_no_more_connections_than_by_lines_whoever_it_says_it_is() {
            try (var daemon = daemon("parley.limits.connections.per-address = 2");
                    var _ = WebWire.open(daemon, "X-Forwarded-For: 198.51.100.1");
                    var web =
                            WebWire.open(daemon, "Forwarded: for=198.51.100.2", "X-Real-IP: ::5")) {
                var refused = assertThrows(AssertionError.class, () -> WebWire.connect(daemon));
                assertTrue(
                        String.valueOf(refused.getMessage()).startsWith("cannot connect"),
                        refused.toString());
                web.send("QUIT");
                web.expect("ERROR :Closing link: 127.0.0.1 (Quit)");
            }
        }
    }

    @Nested
    class The_login_wall {

        @Test
        void has_no_second_door() {
            try (var daemon = daemon("parley.limits.rate.burst = 100000");
                    var bob = daemon.login("bob");
                    var web = WebWire.open(daemon, "Authorization: Basic YW5uOmFubi1zZWNyZXQ=")) {
                web.expectNext(":parley.example NOTICE * …");
                var commands = new LinkedHashSet<>(OddParametersTest.commands(bob));
                commands.removeAll(
                        List.of("AUTHENTICATE", "CAP", "NICK", "USER", "PING", "PONG", "QUIT"));
                commands.remove("METADATA"); // it is there, and gets nobody anywhere
                bob.settle();
                web.send("METADATA #lobby LIST");
                web.expectNext(":parley.example FAIL METADATA INVALID_TARGET #lobby …");
                for (var command : commands) {
                    web.send(command + " #lobby :hello");
                    web.expectNext(":parley.example 451 * " + command + " :Log in first: …");
                }
                bob.expectNothing();
            }
        }

        @Test
        void stands_only_so_long_before_a_stranger() {
            try (var daemon = daemon("parley.limits.login-within = 700ms");
                    var web = WebWire.open(daemon)) {
                var began = System.nanoTime();
                web.expectClosed("1008 Log in within 700 ms");
                assertSeconds(began, 5);
            }
        }

        @Test
        void lets_one_guess_as_often_as_by_lines() {
            try (var daemon = daemon();
                    var web = WebWire.open(daemon)) {
                for (var i = 0; i < daemon.config().auth().attempts(); i++) {
                    web.send("LOGIN ann wrong");
                }
                web.expectClosed("1008 3 failed logins on one connection");
            }
        }
    }

    @Nested
    class A_frame {

        @ParameterizedTest
        @CsvSource({
            "is not masked, 81 06 50 49 4e 47 20 78, 1002",
            "has a reserved bit, c1 80 00 00 00 00, 1002",
            "has a reserved opcode, 83 80 00 00 00 00, 1002",
            "goes on with nothing, 80 80 00 00 00 00, 1002",
            "is a ping of 126 bytes, 89 fe 00 7e 00 00 00 00, 1002",
            "has a length of 64 bits, 82 ff ff ff ff ff ff ff ff ff 00 00 00 00, 1002",
            "is text but not UTF-8, 81 82 00 00 00 00 c0 80, 1007",
            "closes with a code that is none, 88 82 00 00 00 00 03 ed, 1002"
        })
        void that_is_wrong_ends_the_session_with_a_code(String how, String hex, int code) {
            try (var daemon = daemon();
                    var web = WebWire.login(daemon, "ann")) {
                web.raw(HexFormat.of().parseHex(hex.replace(" ", "")));
                web.expectClosed(code + " …");
            }
        }

        @ParameterizedTest
        @CsvSource({"text.ircv3.net, BINARY", "binary.ircv3.net, TEXT"})
        void of_another_sort_than_was_agreed_on_ends_the_session(String agreed, Opcode sent) {
            try (var daemon = daemon();
                    var web = WebWire.open(daemon, "Sec-WebSocket-Protocol: " + agreed)) {
                web.frame(true, sent, "PING x");
                web.expectClosed("1003 " + agreed + " was agreed on");
            }
        }

        @Test
        void in_binary_that_is_not_UTF_8_is_refused_and_nothing_else() {
            try (var daemon = daemon();
                    var web = WebWire.login(daemon, "ann")) {
                web.frame(
                        true,
                        Opcode.BINARY,
                        "PRIVMSG #lobby :\u00ff".getBytes(StandardCharsets.ISO_8859_1));
                web.expectNext(":parley.example FAIL PRIVMSG INVALID_UTF8 …");
                web.settle();
            }
        }
    }

    @Nested
    class A_message {

        @Test
        void is_one_line_or_refused() {
            try (var daemon = daemon();
                    var bob = daemon.login("bob");
                    var web = WebWire.login(daemon, "ann")) {
                bob.expect(":ann!* JOIN #lobby");
                for (var inside : List.of("\n", "\r", "\r\n", "\0")) {
                    var line = "PRIVMSG #lobby :milk?" + inside + "PRIVMSG #lobby :tea";
                    web.send(line);
                    web.expectNext(":parley.example FAIL * INVALID_MESSAGE …");
                    web.frame(false, Opcode.BINARY, line.substring(0, 22));
                    web.frame(true, Opcode.CONTINUATION, line.substring(22));
                    web.expectNext(":parley.example FAIL * INVALID_MESSAGE …");
                    bob.expectNothing();
                }
                web.send("PRIVMSG #lobby :milk?\r\n");
                bob.expectNext(":ann!* PRIVMSG #lobby :milk?");
            }
        }

        @Test
        void that_is_too_long_is_refused_and_the_next_is_whole() {
            try (var daemon = daemon();
                    var web = WebWire.login(daemon, "ann")) {
                web.send("PING " + "x".repeat(505));
                web.expectNext(":parley.example PONG …");
                web.send("PING " + "x".repeat(506));
                web.expectNext(":parley.example 417 ann …");
                web.settle();
            }
        }

        @Test
        void that_is_far_too_long_ends_the_session_whatever_length_it_says() {
            try (var daemon = daemon();
                    var web = WebWire.login(daemon, "ann")) {
                web.raw(HexFormat.of().parseHex("82ff7fffffffffffffff00000000"));
                web.raw(new byte[20 * 1024]);
                web.expect("ERROR :Closing link: 127.0.0.1 (A line of more than …");
                web.expectClosed("1009 A line of more than …");
            }
        }

        @Test
        void in_fragments_without_end_ends_the_session_however_small_they_are() {
            try (var daemon = daemon();
                    var web = WebWire.login(daemon, "ann")) {
                web.frame(false, Opcode.TEXT, "PING x");
                var empty = HexFormat.of().parseHex("008000000000");
                var many = new ByteArrayOutputStream();
                for (var i = 0; i < 5000; i++) {
                    many.writeBytes(empty);
                }
                web.raw(many.toByteArray());
                web.expectClosed("1008 a message in more than 4096 frames");
            }
            try (var daemon = daemon();
                    var web = WebWire.open(daemon)) {
                web.frame(false, Opcode.TEXT, "PING x");
                var many = new ByteArrayOutputStream();
                for (var i = 0; i < 80; i++) {
                    many.writeBytes(
                            HexFormat.of()
                                    .parseHex("007e00ff00000000".replace("7e00ff", "fe00ff")));
                    many.writeBytes(new byte[255]);
                }
                web.raw(many.toByteArray());
                web.expectClosed("1009 A line of more than 16 KiB");
            }
        }
    }

    @Nested
    class A_flood {

        private static final String[] STRICT = {
            "parley.limits.rate.burst = 10",
            "parley.limits.rate.every = 200ms",
            "parley.limits.rate.patience = 1s"
        };

        @Test
        void of_pings_is_one() {
            assertFlooded(Opcode.PING);
        }

        @Test
        void of_pongs_is_one() {
            assertFlooded(Opcode.PONG);
        }

        @Test
        void of_empty_messages_is_one() {
            assertFlooded(Opcode.TEXT);
        }

        private void assertFlooded(Opcode opcode) {
            try (var daemon = daemon(STRICT);
                    var web = WebWire.login(daemon, "ann")) {
                var frame = new byte[] {(byte) (0x80 | number(opcode)), (byte) 0x80, 0, 0, 0, 0};
                var many = new ByteArrayOutputStream();
                for (var i = 0; i < 1000; i++) {
                    many.writeBytes(frame);
                }
                web.raw(many.toByteArray());
                web.expectClosed("1008 Excess Flood: …");
            }
        }

        private static int number(Opcode opcode) {
            return switch (opcode) {
                case CONTINUATION -> 0;
                case TEXT -> 1;
                case BINARY -> 2;
                case CLOSE -> 8;
                case PING -> 9;
                case PONG -> 10;
            };
        }
    }

    @Nested
    class The_end {

        @Test
        void does_not_wait_for_a_peer_that_never_closes() {
            try (var daemon = daemon();
                    var web = WebWire.login(daemon, "ann")) {
                var began = System.nanoTime();
                web.send("QUIT");
                web.expectClosed("1000 Quit"); // and now the peer says nothing
                assertSeconds(began, 5);
                try (var again = daemon.login("ann")) {
                    again.expectNothing();
                }
            }
        }

        @Test
        void comes_for_a_peer_that_goes_without_a_word() {
            try (var daemon = daemon("parley.limits.linger = 0s");
                    var bob = daemon.login("bob")) {
                WebWire.login(daemon, "ann").close();
                bob.expect(":ann!* QUIT :Connection closed");
            }
        }

        @Test
        void comes_for_a_peer_that_is_silent() {
            try (var daemon =
                            daemon(
                                    "parley.limits.silence = 300ms",
                                    "parley.limits.pong-within = 400ms");
                    var web = WebWire.login(daemon, "ann")) {
                web.expect(":parley.example PING parley.example");
                web.expectClosed("1008 Ping timeout: …");
            }
        }

        @Test
        void comes_after_what_was_said_before_it() {
            try (var daemon = daemon();
                    var web = WebWire.login(daemon, "ann")) {
                web.send("PING x");
                web.raw(HexFormat.of().parseHex("88820000000003e8"));
                web.send("PING not-heard");
                web.expectNext(":parley.example PONG parley.example :x");
                web.expectNext("ERROR :Closing link: …");
                web.expectClosed("1000 ");
            }
        }
    }
}
