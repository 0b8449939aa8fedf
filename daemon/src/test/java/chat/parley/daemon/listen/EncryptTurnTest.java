package chat.parley.daemon.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import chat.parley.daemon.session.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Races between a busy writer and all that makes the TLS layer send from the reader's thread. The
/// peer is the JDK's TLS, which notices a record that was encrypted wrongly, and it knows each byte
/// that must come.
///
/// Without the turn this failed in the first round, four times out of four.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class EncryptTurnTest {

    private static final int ROUNDS = 400;
    private static final int MANY_ROUNDS = 10_000;

    @TempDir Path keys;

    @Nested
    class Reader_and_writer {

        @Test
        void never_send_at_the_same_time() throws Exception {
            play(ROUNDS);
        }

        @Test
        @Tag("long")
        void never_send_at_the_same_time_in_ten_thousand_rounds() throws Exception {
            play(MANY_ROUNDS);
        }
    }

    /// What the peer does while the daemon's writer is busy.
    private enum Meddling {
        /// Says goodbye, which the reader's thread answers.
        GOODBYE,
        /// Sends what is no record, which the reader's thread answers with an alert.
        NONSENSE,
        /// Changes its keys again and again and asks for the same, beside data of its own.
        KEY_UPDATES,
        /// Says goodbye just when the daemon's writer does.
        BOTH_GOODBYE
    }

    private void play(int rounds) throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        try (var door = Door.open(keys);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var round = 0; round < rounds; round++) {
                var how = Meddling.values()[round % Meddling.values().length];
                var place = "seed %d, round %d, %s".formatted(seed, round, how);
                new Round(door, threads, how, 1 + random.nextInt(20_000), place).play();
            }
        }
    }

    private record Round(
            Door door, ExecutorService threads, Meddling how, int bytesBefore, String place) {

        void play() throws Exception {
            try (var plain = door.plainPeer();
                    var peer = door.peer(plain, "TLSv1.3")) {
                peer.startHandshake();
                try (var session = door.session()) {
                    var reader = threads.submit(() -> readAll(session.connection()));
                    var writer = threads.submit(() -> writeOn(session.connection()));
                    expectSound(meddle(plain, peer));
                    session.connection().abort();
                    expectSound(reader.get());
                    expectSound(writer.get());
                }
            }
        }

        private @Nullable IOException readAll(Connection connection) {
            try {
                connection.input().transferTo(OutputStream.nullOutputStream());
                return null;
            } catch (IOException e) {
                return e;
            }
        }

        /// The bytes 0, 1, 2 and so on in small records.
        private @Nullable IOException writeOn(Connection connection) {
            var batch = new byte[64];
            try {
                for (var sent = 0; ; sent += batch.length) {
                    for (var i = 0; i < batch.length; i++) {
                        batch[i] = (byte) (sent + i);
                    }
                    connection.output().write(batch);
                    if (how == Meddling.BOTH_GOODBYE && sent > bytesBefore) {
                        connection.close();
                        return null;
                    }
                }
            } catch (IOException e) {
                return e;
            }
        }

        private @Nullable IOException meddle(Socket plain, SSLSocket peer) {
            try {
                var input = peer.getInputStream();
                expectBytes(input, 0, bytesBefore);
                switch (how) {
                    case GOODBYE, BOTH_GOODBYE -> peer.shutdownOutput();
                    case NONSENSE -> plain.getOutputStream().write(new byte[] {25, 3, 3, 0, 1, 0});
                    case KEY_UPDATES -> updateKeys(peer);
                }
                expectBytes(input, bytesBefore, Integer.MAX_VALUE);
                return null;
            } catch (IOException e) {
                return e;
            }
        }

        private void updateKeys(SSLSocket peer) throws IOException {
            for (var i = 0; i < 10; i++) {
                peer.startHandshake(); // a KeyUpdate, in TLS 1.3
                peer.getOutputStream().write(i);
            }
            expectBytes(peer.getInputStream(), bytesBefore, bytesBefore + 10_000);
            peer.shutdownOutput();
            expectBytes(peer.getInputStream(), bytesBefore + 10_000, Integer.MAX_VALUE);
        }

        private void expectBytes(InputStream input, int from, int to) throws IOException {
            var buffer = new byte[4096];
            for (var next = from; next < to; ) {
                var count = input.read(buffer, 0, Math.min(buffer.length, to - next));
                if (count < 0) {
                    return;
                }
                for (var i = 0; i < count; i++) {
                    assertEquals((byte) (next + i), buffer[i], place);
                }
                next += count;
            }
        }

        /// An end is an end, in whatever words; but no record may have been encrypted wrongly.
        private void expectSound(@Nullable IOException end) {
            var broken =
                    Stream.<@Nullable Throwable>iterate(
                                    end, e -> e != null, e -> e == null ? null : e.getCause())
                            .map(String::valueOf)
                            .filter(e ->
                                    e.matches("(?s).*(GCM|Tag mismatch|bad_record_mac|AEAD).*"))
                            .findFirst();
            if (broken.isPresent()) {
                fail(place, end);
            }
        }
    }
}
