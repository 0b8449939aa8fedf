package chat.parley.daemon.hostile;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.observe.Recorded;
import chat.parley.daemon.talks.TestDaemon;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Slowloris: peers that send, but never so much that anything comes of it. In each state there is
/// a deadline that none of it stretches; who dribbles holds up nobody, and leaves a free place.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DribblingPeerTest {

    /// What every deadline here is set to; those after the login are the sum of two.
    private static final Duration ALLOWED = Duration.ofSeconds(2);

    /// The deadline, the looks at the clock, the goodbye, and a machine with other things to do.
    private static final Duration MOST = ALLOWED.plusSeconds(10);

    private static final String ANNS = "127.0.0.7";
    private static final byte[] HEADER = {ContentType.application_data, 3, 3, 0x10, 0};

    @TempDir Path dir;

    /// Where the peer has come to.
    enum State {
        BEFORE_LOGIN(""),
        IN_MID_SASL("CAP LS 302\r\nAUTHENTICATE PLAIN\r\n"),
        MUST_CHANGE_ITS_PASSWORD("LOGIN ida ida-invited\r\n"),
        LOGGED_IN("LOGIN ann ann-secret\r\n");

        private final String said;

        State(String said) {
            this.said = said;
        }
    }

    /// What it dribbles.
    enum Way {
        /// One record, byte by byte.
        INSIDE_A_RECORD {
            @Override
            void dribble(RawTls peer, CountDownLatch over) throws IOException {
                var record = peer.unsent("PRIVMSG #lobby :" + "x".repeat(15_000));
                for (var i = 0; i < record.length - 1 && !isOver(over); i++) {
                    peer.plain(record[i]);
                }
            }
        },
        /// It says that a record comes.
        A_HEADER_AND_NOTHING {
            @Override
            void dribble(RawTls peer, CountDownLatch over) throws IOException {
                peer.plain(HEADER);
            }
        },
        /// One line, each byte in a record of its own.
        A_BYTE_A_RECORD {
            @Override
            void dribble(RawTls peer, CountDownLatch over) throws IOException {
                while (!isOver(over)) {
                    peer.record(ContentType.application_data, (byte) 'x');
                }
            }
        };

        abstract void dribble(RawTls peer, CountDownLatch over) throws IOException;
    }

    /// Waits between two bytes; whether there shall be no more.
    private static boolean isOver(CountDownLatch over) {
        try {
            return over.await(10, MILLISECONDS);
        } catch (InterruptedException _) {
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BEFORE_LOGIN, INSIDE_A_RECORD",
        "BEFORE_LOGIN, A_HEADER_AND_NOTHING",
        "BEFORE_LOGIN, A_BYTE_A_RECORD",
        "IN_MID_SASL, INSIDE_A_RECORD",
        "MUST_CHANGE_ITS_PASSWORD, INSIDE_A_RECORD",
        "MUST_CHANGE_ITS_PASSWORD, A_HEADER_AND_NOTHING",
        "MUST_CHANGE_ITS_PASSWORD, A_BYTE_A_RECORD",
        "LOGGED_IN, INSIDE_A_RECORD",
        "LOGGED_IN, A_HEADER_AND_NOTHING",
        "LOGGED_IN, A_BYTE_A_RECORD"
    })
    void is_ended_in_time_and_holds_up_nobody(State state, Way way) throws Exception {
        try (var recorded = new Recorded();
                var daemon = daemon();
                var talking = Talking.in(daemon)) {
            daemon.account("ida").invite("ida", Duration.ofHours(1));
            var began = System.nanoTime();
            var over = new CountDownLatch(1);
            try (var peer = connect(daemon)) {
                peer.say(state.said);
                var dribbling =
                        CompletableFuture.runAsync(
                                () -> dribble(way, peer, over), Thread::startVirtualThread);
                untilEnded(peer, talking);
                assertSoonEnough(began);
                over.countDown();
                dribbling.get(20, TimeUnit.SECONDS);
            }
            if (state == State.LOGGED_IN) {
                talking.bob().expect(":ann!* QUIT :Ping timeout: 2 seconds");
            }
            connect(daemon).close(); // its address may have one connection only
            talking.goesOn();
            Talking.assertNothingOfOurs(recorded);
        }
    }

    private static void dribble(Way way, RawTls peer, CountDownLatch over) {
        try {
            way.dribble(peer, over);
        } catch (IOException _) {
            // it was ended
        }
    }

    /// The first flight of the daemon is there, and now it waits for the peer's.
    @Test
    void is_ended_in_time_in_the_midst_of_a_handshake_too() throws Exception {
        try (var daemon = daemon();
                var talking = Talking.in(daemon);
                var peer = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
            var began = System.nanoTime();
            peer.setSoTimeout((int) MOST.toMillis());
            peer.getOutputStream().write(RawTls.clientHello(ProtocolVersion.TLSv13));
            assertEquals(ContentType.handshake, peer.getInputStream().read());
            var over = new CountDownLatch(1);
            Thread.startVirtualThread(() -> dribble(peer, over));
            var ended = CompletableFuture.runAsync(() -> readAll(peer), Thread::startVirtualThread);
            while (!isDone(ended)) {
                talking.goesOn();
                talking.carol().send("PING x");
            }
            over.countDown();
            assertSoonEnough(began);
            talking.goesOn();
        }
    }

    private static void dribble(Socket peer, CountDownLatch over) {
        try {
            peer.getOutputStream().write(HEADER);
            while (!isOver(over)) {
                peer.getOutputStream().write('x');
            }
        } catch (IOException _) {
            // it was ended
        }
    }

    private static void readAll(Socket peer) {
        try {
            peer.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("it was not ended", e);
        } catch (IOException _) {
            // reset: not all that was sent was read
        }
    }

    private static void untilEnded(RawTls peer, Talking talking) throws Exception {
        var ended =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                peer.awaitEnd();
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        },
                        Thread::startVirtualThread);
        while (!isDone(ended)) {
            talking.goesOn();
            talking.carol().send("PING x");
        }
    }

    private static boolean isDone(CompletableFuture<Void> ended)
            throws ExecutionException, InterruptedException {
        try {
            ended.get(20, MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        }
    }

    private static void assertSoonEnough(long beganNanos) {
        var took = Duration.ofNanos(System.nanoTime() - beganNanos);
        assertTrue(took.compareTo(MOST) < 0, "it took " + took);
    }

    private static RawTls connect(TestDaemon daemon) throws IOException {
        var until = System.nanoTime() + MOST.toNanos();
        while (true) {
            try {
                return RawTls.connect(daemon.port(), ProtocolVersion.TLSv13, ANNS);
            } catch (IOException refused) {
                if (System.nanoTime() - until > 0) {
                    throw refused;
                }
            }
        }
    }

    /// One connection from each address.
    private TestDaemon daemon() {
        var half = ALLOWED.toMillis() / 2 + "ms";
        var whole = ALLOWED.toMillis() + "ms";
        return new TestDaemon(
                dir,
                "parley.limits.connections.per-address = 1",
                "parley.limits.rate.burst = 1000000",
                "parley.limits.linger = 0s",
                "parley.limits.login-within = " + whole,
                "parley.limits.handshake-within = " + whole,
                "parley.auth.invite.change-within = " + whole,
                "parley.limits.silence = " + half,
                "parley.limits.pong-within = " + half);
    }
}
