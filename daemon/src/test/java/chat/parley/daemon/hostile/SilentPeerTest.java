package chat.parley.daemon.hostile;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Peers that say nothing, or next to nothing.
class SilentPeerTest {

    @Nested
    class Before_login {

        private static final String LOGIN_WITHIN = "parley.limits.login-within = 700ms";
        private static final String TOO_SLOW = "ERROR :Closing link: 127.0.0.1 (Log in within …";

        @Test
        void a_silent_peer_is_ended_when_its_time_is_up(@TempDir Path dir) {
            try (var daemon = new TestDaemon(dir, LOGIN_WITHIN)) {
                daemon.connect().expectClosed(TOO_SLOW);
            }
        }

        @Test
        void a_peer_that_drips_does_not_stretch_its_time(@TempDir Path dir)
                throws InterruptedException {
            try (var daemon = new TestDaemon(dir, LOGIN_WITHIN)) {
                var began = System.nanoTime();
                var wire = daemon.connect();
                var over = new CountDownLatch(1);
                Thread.startVirtualThread(() -> drip(wire, over));
                wire.expectClosed(TOO_SLOW);
                over.countDown();
                assertSeconds(began, 5);
            }
        }

        /// A byte each 20 ms, as long as somebody takes it.
        private static void drip(Wire wire, CountDownLatch over) {
            try {
                while (!over.await(20, TimeUnit.MILLISECONDS)) {
                    wire.socket().getOutputStream().write('x');
                }
            } catch (InterruptedException | IOException _) {
                // it was ended
            }
        }

        @Test
        void nothing_it_says_stretches_its_time_either(@TempDir Path dir) {
            try (var daemon = new TestDaemon(dir, LOGIN_WITHIN)) {
                var began = System.nanoTime();
                var wire = daemon.connect();
                wire.send("CAP LS 302");
                wire.send("NICK ann");
                wire.send("AUTHENTICATE PLAIN");
                wire.send("PING x");
                wire.expectClosed(TOO_SLOW);
                assertSeconds(began, 5);
            }
        }

        @Test
        void who_has_the_password_but_never_ends_CAP_is_not_in_and_not_there_for_ever(
                @TempDir Path dir) {
            try (var daemon = new TestDaemon(dir, LOGIN_WITHIN).account("ann").account("bob")) {
                try (var bob = daemon.login("bob")) {
                    var wire = daemon.connect();
                    wire.send("CAP LS 302");
                    wire.send("PASS ann:ann-secret");
                    wire.send("NICK ann");
                    wire.send("USER ann 0 * :Ann");
                    wire.expectClosed(TOO_SLOW);
                    bob.expectNothing();
                }
            }
        }

        @Test
        void who_logged_in_in_time_stays(@TempDir Path dir) throws InterruptedException {
            try (var daemon = new TestDaemon(dir, LOGIN_WITHIN).account("ann");
                    var ann = daemon.login("ann")) {
                daemon.connect().expectClosed(TOO_SLOW); // by then ann's time would be up too
                ann.expectNothing();
            }
        }
    }

    @Nested
    class After_login {

        private static final String[] QUICK = {
            "parley.limits.silence = 300ms",
            "parley.limits.pong-within = 400ms",
            "parley.limits.linger = 0ms"
        };

        @Test
        void a_silent_peer_gets_a_PING_then_leaves_with_a_reason(@TempDir Path dir) {
            try (var daemon = new TestDaemon(dir, QUICK).account("ann").account("bob")) {
                var bob = daemon.login("bob");
                var ann = daemon.login("ann");
                var alive = new CountDownLatch(1);
                Thread.startVirtualThread(() -> answer(bob, alive));
                ann.expect(":parley.example PING parley.example");
                ann.expectClosed("ERROR :Closing link: 127.0.0.1 (Ping timeout: …");
                await(alive);
            }
        }

        /// Bob answers his PINGs and waits for Ann to leave.
        private static void answer(Wire bob, CountDownLatch left) {
            while (true) {
                var line = bob.expect("…");
                if (line.contains(" PING ")) {
                    bob.send("PONG x");
                }
                if (line.matches(":ann!\\S+ QUIT :Ping timeout: .*")) {
                    left.countDown();
                    return;
                }
            }
        }

        @Test
        void a_peer_that_answers_stays(@TempDir Path dir) {
            try (var daemon = new TestDaemon(dir, QUICK).account("ann");
                    var ann = daemon.login("ann")) {
                for (var i = 0; i < 3; i++) {
                    ann.expect(":parley.example PING parley.example");
                    ann.send("PONG parley.example");
                }
                ann.expectNothing();
            }
        }
    }

    static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS), "it did not happen");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static void assertSeconds(long beganNanos, int most) {
        var took = NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
        assertTrue(took < most * 1000L, "took " + took + " ms");
    }
}
