package chat.parley.daemon.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HandshakeTest {

    @TempDir Path keys;

    @Nested
    class A_peer_that_speaks_TLS {

        @ParameterizedTest
        @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
        void is_heard_and_answered(String version) throws Exception {
            try (var door = Door.open(keys);
                    var peer = door.peer(version)) {
                peer.getOutputStream().write("milk?".getBytes(UTF_8));

                try (var session = door.session()) {
                    var connection = session.connection();

                    assertEquals("milk?", text(connection.input().readNBytes(5)));
                    connection.output().write("yes".getBytes(UTF_8));
                    assertEquals("yes", text(peer.getInputStream().readNBytes(3)));
                    assertTrue(connection.security().startsWith(version + " TLS_"));
                    assertEquals(peer.getLocalAddress(), connection.address());
                    assertEquals(Optional.empty(), connection.certificate());
                }
            }
        }
    }

    @Nested
    class A_peer_that_stops_in_the_middle {

        @Test
        void has_no_turn_meanwhile_so_others_get_theirs() throws Exception {
            var engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            var hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), hello);
            var stopped = new ArrayList<Socket>();
            try (var door = Door.open(keys, Duration.ofMinutes(10), Door.MANY)) {
                for (var i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
                    var peer = door.plainPeer();
                    stopped.add(peer);
                    peer.getOutputStream().write(hello.array(), 0, hello.position());
                    assertEquals(22, peer.getInputStream().read(), "its first flight is there");
                }
                try (var peer = door.peer("TLSv1.3")) {
                    peer.startHandshake();
                    door.session().close();
                }
            } finally {
                for (var peer : stopped) {
                    peer.close();
                }
            }
        }
    }

    @Nested
    class A_peer_that_does_not {

        /// RFC 4346, 7.4.1.2: version 3.2, a random, no session, two suites, no compression.
        private static final String HELLO_1_1 =
                "0302" + "00".repeat(32) + "00" + "0004" + "c013" + "002f" + "0100";

        @Test
        void knows_nothing_newer_than_TLS_1_1_and_gets_an_alert() throws Exception {
            try (var door = Door.open(keys);
                    var peer = door.plainPeer()) {
                var length = HELLO_1_1.length() / 2;
                var hello = "160302%04x01%06x%s".formatted(length + 4, length, HELLO_1_1);
                peer.getOutputStream().write(HexFormat.of().parseHex(hello));

                var answer = allFrom(peer);

                assertEquals(7, answer.length);
                var alert = 21;
                assertEquals(alert, answer[0]);
                byte[] fatalProtocolVersion = {2, 70};
                assertArrayEquals(fatalProtocolVersion, Arrays.copyOfRange(answer, 5, 7));
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                    "NICK ann\r\nUSER ann 0 * :Ann\r\n",
                    "\u0016\u0003\u0003\u007f\u007f an endless record"
                })
        void is_sent_away_at_once(String greeting) throws Exception {
            try (var door = Door.open(keys);
                    var peer = door.plainPeer()) {
                peer.getOutputStream().write(greeting.getBytes(UTF_8));

                assertTrue(allFrom(peer).length <= 7, "at most an alert");
            }
        }
    }

    @Nested
    class A_peer_that_takes_too_long {

        private static final Duration SHORT = Duration.ofMillis(300);

        @Test
        void says_nothing_and_is_sent_away() throws Exception {
            try (var door = Door.open(keys, SHORT, Door.MANY);
                    var peer = door.plainPeer()) {
                assertEquals(0, allFrom(peer).length);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"one byte at a time", "one record of one byte at a time"})
        void cannot_stretch_the_deadline_with(String way) throws Exception {
            var drop = way.startsWith("one record") ? "1603010001" + "01" : "16";
            try (var door = Door.open(keys, SHORT, Door.MANY);
                    var peer = door.plainPeer()) {
                var gone = new CountDownLatch(1);
                var dripping =
                        Thread.ofVirtual()
                                .start(() -> drip(peer, HexFormat.of().parseHex(drop), gone));

                assertTrue(allFrom(peer).length <= 7);

                gone.countDown();
                dripping.join();
            }
        }

        /// Four drops in each deadline, for as long as the peer is there.
        private static void drip(Socket peer, byte[] drop, CountDownLatch gone) {
            try {
                peer.getOutputStream().write(HexFormat.of().parseHex("1603010200"));
                while (!gone.await(SHORT.toMillis() / 4, TimeUnit.MILLISECONDS)) {
                    peer.getOutputStream().write(drop);
                }
            } catch (IOException | InterruptedException _) {
                // sent away
            }
        }
    }

    /// What the peer was told until the daemon closed, be it in order or with a reset.
    private static byte[] allFrom(Socket peer) throws IOException {
        var all = new ByteArrayOutputStream();
        try {
            peer.getInputStream().transferTo(all);
        } catch (SocketException _) {
            // reset, because not all that the peer said was read
        }
        return all.toByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
