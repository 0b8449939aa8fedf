package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Peers that never read. They go, and nobody else waits for them for a moment.
class DeafPeerTest {

    private static final int AT_ONCE = 50;
    private static final int MOST_ROUNDS = 1600; // some 30 MB, more than any socket's buffers

    @Test
    void whose_queue_is_full_goes_while_the_others_talk(@TempDir Path dir) {
        try (var daemon =
                daemon(dir, "parley.limits.send-queue = 64 KiB", "parley.limits.linger = 0s")) {
            var quit = talkUntilAnnIsGone(daemon);
            assertTrue(quit.contains("QUIT :SendQ exceeded"), quit);
        }
    }

    @Test
    void who_takes_nothing_for_too_long_goes_although_its_queue_has_room(@TempDir Path dir) {
        try (var daemon =
                daemon(
                        dir,
                        "parley.limits.send-queue = 256 MiB",
                        "parley.limits.write-within = 400ms",
                        "parley.limits.linger = 0s")) {
            var quit = talkUntilAnnIsGone(daemon);
            assertTrue(quit.contains("QUIT :Connection closed"), quit);
        }
    }

    /// Bob talks, Carol listens, Ann is deaf. What Bob heard when Ann went.
    private static String talkUntilAnnIsGone(TestDaemon daemon) {
        try (var bob = daemon.login("bob", "echo-message");
                var carol = daemon.login("carol");
                var ann = daemon.login("ann")) {
            bob.expect(":ann!* JOIN #lobby");
            carol.expect(":ann!* JOIN #lobby");
            assertTrue(ann.socket().isConnected()); // and is not read from any more
            var talk = ("PRIVMSG #lobby :" + "x".repeat(400) + "\r\n").repeat(AT_ONCE);
            var longest = Duration.ZERO;
            for (var round = 1; round <= MOST_ROUNDS; round++) {
                var began = System.nanoTime();
                bob.sendRaw(talk.getBytes(StandardCharsets.UTF_8));
                for (var i = 0; i < AT_ONCE; i++) {
                    var line = bob.expect("…");
                    if (line.contains(" QUIT ")) {
                        carol.expect(":ann!* QUIT …");
                        assertTrue(longest.toMillis() < 5_000, "a round took " + longest);
                        return line;
                    }
                    carol.expect(":bob!* PRIVMSG #lobby …");
                }
                var took = Duration.ofNanos(System.nanoTime() - began);
                longest = took.compareTo(longest) > 0 ? took : longest;
            }
            // She has taken what the sockets hold, and has a moment for the goodbye.
            var quit = bob.expect(":ann!* QUIT …");
            carol.expect(":ann!* QUIT …");
            return quit;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void who_asks_and_never_reads_the_answers_goes(boolean loggedIn, @TempDir Path dir)
            throws IOException {
        try (var daemon =
                        daemon(
                                dir,
                                "parley.limits.write-within = 300ms",
                                "parley.limits.send-queue = 64 KiB");
                var bob = daemon.login("bob");
                var ann = loggedIn ? daemon.login("ann") : daemon.connect()) {
            var ask = ("PING " + "x".repeat(400) + "\r\n").repeat(AT_ONCE);
            askUntilEnded(ann, ask.getBytes(StandardCharsets.UTF_8));
            bob.settle();
        }
    }

    private static void askUntilEnded(Wire wire, byte[] ask) {
        var until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() - until < 0) {
            try {
                wire.socket().getOutputStream().write(ask);
            } catch (IOException _) {
                return;
            }
        }
        throw new AssertionError("all was taken");
    }

    private static TestDaemon daemon(Path dir, String... settings) {
        var all = new String[settings.length + 1];
        System.arraycopy(settings, 0, all, 0, settings.length);
        all[settings.length] = "parley.limits.rate.burst = 10000000";
        return new TestDaemon(dir, all).account("ann").account("bob").account("carol");
    }
}
