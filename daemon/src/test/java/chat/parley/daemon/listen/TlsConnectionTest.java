package chat.parley.daemon.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.session.Connection;
import chat.parley.daemon.session.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TlsConnectionTest {

    @TempDir Path keys;

    private interface Scene {
        void of(Connection connection, SSLSocket peer) throws Exception;
    }

    /// Our side of a connection after its handshake, and the peer's.
    private void connected(Scene scene) throws Exception {
        try (var door = Door.open(keys);
                var peer = door.peer("TLSv1.3")) {
            peer.startHandshake();
            try (var session = door.session()) {
                scene.of(session.connection(), peer);
            }
        }
    }

    @Nested
    class Waiting_for_input {

        @Test
        void ends_with_what_arrives_and_leaves_it_to_be_read() throws Exception {
            connected((connection, peer) -> {
                for (var said : List.of("first", "second and longer", "x".repeat(20_000))) {
                    peer.getOutputStream().write(said.getBytes(UTF_8));

                    assertEquals(said, readAfterWaiting(connection, said.length()));
                }
            });
        }

        @Test
        void is_over_at_once_where_something_is_decrypted_already() throws Exception {
            connected((connection, peer) -> {
                peer.getOutputStream().write("two".getBytes(UTF_8));
                assertEquals('t', connection.input().read());

                assertEquals("wo", readAfterWaiting(connection, 2));
            });
        }

        @Test
        void does_not_hold_up_who_writes() throws Exception {
            connected((connection, peer) -> {
                var reader = Thread.ofVirtual().start(() -> waitUntilItFails(connection));

                connection.output().write("heard".getBytes(UTF_8));

                assertEquals("heard", new String(peer.getInputStream().readNBytes(5), UTF_8));
                connection.abort();
                reader.join();
            });
        }

        @Test
        void ends_with_the_peer() throws Exception {
            connected((connection, peer) -> {
                peer.shutdownOutput(); // closing would wait for the answer

                connection.awaitInput();

                assertEquals(-1, connection.input().read());
            });
        }

        @Test
        void ends_with_the_goodbye() throws Exception {
            connected((connection, peer) -> {
                var reader = Thread.ofVirtual().start(() -> waitUntilItFails(connection));
                assertFalse(reader.join(Duration.ofMillis(100)), "nothing was said yet");
                var peers = Thread.ofVirtual().start(() -> readAndClose(peer));

                assertTrue(connection.close(new Ending.Draining()), "the peer has closed, too");

                reader.join();
                peers.join();
            });
        }

        private static void readAndClose(SSLSocket peer) {
            try (peer) {
                peer.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private static String readAfterWaiting(Connection connection, int length)
                throws IOException {
            var read = new ByteArrayOutputStream();
            var piece = new byte[1024];
            while (read.size() < length) {
                connection.awaitInput();
                read.write(piece, 0, connection.input().read(piece));
            }
            return read.toString(UTF_8);
        }

        private static void waitUntilItFails(Connection connection) {
            try {
                connection.awaitInput();
            } catch (IOException _) {
                // aborted
            }
        }
    }

    @Nested
    class Against_a_deaf_peer {

        @Test
        void abort_frees_the_reader_and_a_blocked_writer() throws Exception {
            connected((connection, _) -> {
                var reader = Thread.ofVirtual().start(() -> readUntilItFails(connection));
                var writer = new StuckWriter(connection);

                connection.abort();

                reader.join();
                writer.thread.join();
                connection.abort(); // and again
            });
        }

        @Test
        void abort_frees_who_waits_to_say_goodbye() throws Exception {
            connected((connection, _) -> {
                var writer = new StuckWriter(connection);
                var closing = Thread.ofVirtual().start(() -> closeOrFail(connection));

                connection.abort();

                closing.join();
                writer.thread.join();
            });
        }

        @Test
        void an_interrupt_frees_the_writer() throws Exception {
            connected((connection, _) -> {
                var writer = new StuckWriter(connection);

                writer.thread.interrupt();

                writer.thread.join();
            });
        }

        private static void readUntilItFails(Connection connection) {
            try {
                connection.input().transferTo(OutputStream.nullOutputStream());
            } catch (IOException _) {
                // aborted
            }
        }
    }

    private static void closeOrFail(Connection connection) {
        try {
            connection.close();
        } catch (IOException _) {
            // aborted
        }
    }

    /// A writer that is blocked, because the peer has not read for a long time.
    private static final class StuckWriter {

        final Thread thread;
        private final AtomicInteger written = new AtomicInteger();

        StuckWriter(Connection connection) throws InterruptedException {
            thread = Thread.ofVirtual().start(() -> writeUntilItFails(connection));
            int before;
            do {
                before = written.get();
                assertFalse(thread.join(Duration.ofMillis(100)), "nothing ended it yet");
            } while (before != written.get());
        }

        private void writeUntilItFails(Connection connection) {
            try {
                while (true) {
                    connection.output().write(new byte[16_384]);
                    written.incrementAndGet();
                }
            } catch (IOException _) {
                // freed
            }
        }
    }

    @Nested
    class Closing_in_good_order {

        @Test
        void says_goodbye_after_all_that_was_written() throws Exception {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                connected((connection, peer) -> {
                    var said = threads.submit(() -> peer.getInputStream().readAllBytes());
                    connection.output().write("ERROR :bye".getBytes(UTF_8));

                    connection.close();

                    assertEquals("ERROR :bye", new String(said.get(), UTF_8));
                });
            }
        }

        @Test
        void lets_a_peer_that_sent_too_much_read_why() throws Exception {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                connected((connection, peer) -> {
                    peer.getOutputStream().write(new byte[50_000]); // and nobody reads it
                    connection.output().write("ERROR :flood".getBytes(UTF_8));
                    var _ = threads.submit(() -> closeOrFail(connection));

                    assertEquals(
                            "ERROR :flood",
                            new String(peer.getInputStream().readAllBytes(), UTF_8));
                });
            }
        }
    }

    @Nested
    class A_peer_that_sends_records_without_data {

        @Test
        void is_ended_after_a_few_dozen() throws Exception {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                connected((connection, peer) -> {
                    var reader = threads.submit(() -> connection.input().read());

                    updateKeys(peer, 65);

                    var end = assertThrows(Exception.class, reader::get);
                    assertTrue(
                            end.toString().contains("records in a row without data"),
                            end.toString());
                });
            }
        }

        @Test
        void goes_on_when_data_comes_in_between() throws Exception {
            connected((connection, peer) -> {
                for (var i = 0; i < 4; i++) {
                    updateKeys(peer, 30);
                    peer.getOutputStream().write(i);

                    assertEquals(i, connection.input().read());
                }
            });
        }

        private static void updateKeys(SSLSocket peer, int times) throws IOException {
            for (var i = 0; i < times; i++) {
                peer.startHandshake();
            }
        }
    }
}
