package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Batches that do not end, or are none.
class MultilineTest {

    private static final String[] ABLE = {"draft/multiline", "batch", "labeled-response"};

    private static TestDaemon daemon(Path dir, String... settings) {
        var all = new String[settings.length + 1];
        System.arraycopy(settings, 0, all, 0, settings.length);
        all[settings.length] = "parley.limits.rate.burst = 1000000";
        return new TestDaemon(dir, all).account("ann").account("bob");
    }

    private static void sendAll(Wire wire, List<String> lines) {
        wire.sendRaw((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void sendMany(Wire wire, int count, String line) {
        wire.sendRaw((line + "\r\n").repeat(count).getBytes(StandardCharsets.UTF_8));
    }

    /// It is told once; what still comes is passed over, and nobody hears any of it.
    @Test
    void without_end_are_refused_once_at_their_bounds(@TempDir Path dir) {
        try (var daemon = daemon(dir);
                var bob = daemon.login("bob", ABLE);
                var ann = daemon.login("ann", ABLE)) {
            bob.expect(":ann!* JOIN #lobby");
            for (var line :
                    List.of(
                            "@batch=x PRIVMSG #lobby :hello",
                            "@batch=x PRIVMSG #lobby :",
                            "@batch=x;draft/multiline-concat PRIVMSG #lobby :h")) {
                ann.send("@label=1 BATCH +x draft/multiline #lobby");
                sendMany(ann, 10_000, line);
                ann.expectNext("@label=1 :* FAIL BATCH MULTILINE_MAX_LINES 32 …");
                ann.expectNothing();
                ann.send("BATCH -x");
            }
            ann.send("BATCH +x draft/multiline #lobby");
            var huge = "@batch=x;draft/multiline-concat PRIVMSG #lobby :" + "x".repeat(450);
            sendMany(ann, 10_000, huge);
            ann.expectNext(":* FAIL BATCH MULTILINE_MAX_BYTES 4096 …");
            ann.send("BATCH -x");
            ann.expectNothing();
            bob.expectNothing();
        }
    }

    /// Only the last of them is open; the others are answered.
    @Test
    void by_the_thousand_are_one_at_most(@TempDir Path dir) {
        try (var daemon = daemon(dir);
                var bob = daemon.login("bob");
                var ann = daemon.login("ann", ABLE)) {
            bob.expect(":ann!* JOIN #lobby");
            for (var i = 0; i < 1_000; i++) {
                ann.send("BATCH +x" + i + " draft/multiline #lobby");
                ann.send("@batch=x" + i + " PRIVMSG #lobby :number " + i);
            }
            for (var i = 0; i < 999; i++) {
                ann.expectNext(":* FAIL BATCH MULTILINE_INVALID …");
            }
            ann.expectNothing();
            bob.expectNothing();
            ann.send("BATCH -x999");
            bob.expectNext(":ann!* PRIVMSG #lobby :number 999");
        }
    }

    @Test
    void left_open_are_ended_after_their_time_with_the_label(@TempDir Path dir) {
        try (var daemon = daemon(dir, "parley.limits.multiline.within = 200ms");
                var bob = daemon.login("bob");
                var ann = daemon.login("ann", ABLE)) {
            bob.expect(":ann!* JOIN #lobby");
            ann.send("@label=1 BATCH +x draft/multiline #lobby");
            ann.send("@batch=x PRIVMSG #lobby :hello");
            ann.expectNext("@label=1 :* FAIL BATCH TIMEOUT x …");
            ann.send("@batch=x PRIVMSG #lobby :too late");
            ann.send("BATCH -x");
            ann.expectNothing();
            bob.expectNothing();
            ann.send("PRIVMSG #lobby :again");
            bob.expectNext(":ann!* PRIVMSG #lobby :again");
        }
    }

    @Test
    void of_who_leaves_are_not_said(@TempDir Path dir) {
        try (var daemon = daemon(dir, "parley.limits.linger = 0s");
                var bob = daemon.login("bob")) {
            for (var leaves : List.of("QUIT :bye", "")) {
                try (var ann = daemon.login("ann", ABLE)) {
                    bob.expect(":ann!* JOIN #lobby");
                    ann.send("BATCH +x draft/multiline #lobby");
                    ann.send("@batch=x PRIVMSG #lobby :hello");
                    ann.settle();
                    if (!leaves.isEmpty()) {
                        ann.send(leaves);
                        ann.expectClosed();
                    }
                }
                bob.expectNext(":ann!* QUIT :…");
            }
        }
    }

    @Test
    void with_odd_references_are_refused(@TempDir Path dir) {
        try (var daemon = daemon(dir);
                var ann = daemon.login("ann", ABLE)) {
            for (var odd :
                    List.of("-", "+", "", "+ä", "+a.b", "+a/b", "++", "+" + "x".repeat(65), "x")) {
                ann.send("BATCH " + (odd.isEmpty() ? ":" : odd) + " draft/multiline #lobby");
                var answer = ann.expectNext(":parley.example FAIL BATCH …");
                assertTrue(
                        answer.contains(odd.equals("-") ? "MULTILINE_INVALID" : "INVALID_REFTAG"));
            }
            ann.send("BATCH :+a b");
            ann.expectNext(":parley.example FAIL BATCH INVALID_REFTAG * …");
            ann.send("BATCH +x draft/multiline :two words");
            ann.send("@batch=x PRIVMSG one :hello");
            ann.expectNext(":parley.example FAIL BATCH MULTILINE_INVALID_TARGET * one …");
            ann.send("BATCH -x");
            ann.send("BATCH +x draft/multiline :two words");
            ann.send("@batch=x BATCH :+a b :c d");
            ann.expectNext(":parley.example FAIL BATCH INVALID_NESTING * x * …");
            ann.send("BATCH -x");
            ann.send("BATCH +x draft/multiline #lobby,bob");
            ann.send("@batch=x PRIVMSG #lobby,bob :hello");
            ann.send("@batch=x PRIVMSG #lobby,bob :hello");
            ann.send("BATCH -x");
            ann.expect(":parley.example 40* ann #lobby,bob …");
            ann.expectNothing();
        }
    }

    /// Each line costs what a message costs.
    @Test
    void are_as_slow_as_as_many_messages(@TempDir Path dir) {
        try (var daemon =
                        new TestDaemon(dir, "parley.limits.rate { burst = 10, every = 20ms }")
                                .account("ann");
                var ann = daemon.login("ann", ABLE)) {
            ann.send("CAP REQ echo-message");
            ann.settle();
            var began = System.nanoTime();
            sendAll(ann, List.of("BATCH +x draft/multiline #lobby"));
            sendMany(ann, 32, "@batch=x PRIVMSG #lobby :hello");
            ann.send("BATCH -x");
            ann.expect(":ann!* BATCH -*");
            var took = Duration.ofNanos(System.nanoTime() - began);
            assertTrue(took.toMillis() > 22 * 20, "34 in " + took + ", 10 at once and 50 a second");
        }
    }

    /// Whoever asks for history is not ended by what others have said there.
    @Test
    void that_are_long_do_not_end_who_reads_them_later(@TempDir Path dir) {
        try (var daemon = daemon(dir, "parley.history.replay = 0");
                var ann = daemon.login("ann", "draft/multiline", "batch", "message-tags")) {
            ann.send("JOIN #tea");
            for (var i = 0; i < 60; i++) {
                ann.send("@+x=" + "x".repeat(4_000) + " BATCH +x draft/multiline #tea");
                sendMany(ann, 32, "@batch=x PRIVMSG #tea :" + "x".repeat(120));
                ann.send("BATCH -x");
            }
            ann.settle();
            try (var bob = daemon.login("bob", "batch", "message-tags")) {
                bob.send("JOIN #tea");
                bob.expect(":parley.example 366 bob #tea …");
                bob.send("CHATHISTORY LATEST #tea * 60");
                bob.send("PING x");
                bob.expectNext(":parley.example BATCH +* chathistory :#tea");
                var lines = 0;
                while (bob.expectNext(":…").contains(" PRIVMSG #tea ")) {
                    lines++;
                }
                assertEquals(32, lines); // one whole message, and no room for another
                bob.expectNext(":parley.example PONG parley.example :x");
                bob.settle();
            }
        }
    }
}
