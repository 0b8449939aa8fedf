package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Peers that say more than they may.
class FloodTest {

    private static final String FLOODED = "ERROR :Closing link: 127.0.0.1 (Excess Flood…";

    @Test
    void a_burst_is_slowed_down_and_nothing_of_it_is_lost_or_out_of_order(@TempDir Path dir) {
        try (var daemon =
                        new TestDaemon(dir, "parley.limits.rate { burst = 10, every = 20ms }")
                                .account("ann")
                                .account("bob");
                var bob = daemon.login("bob");
                var ann = daemon.login("ann")) {
            bob.expect(":ann!* JOIN #lobby");
            var texts = IntStream.range(0, 50).mapToObj(i -> "number " + i).toList();
            var began = System.nanoTime();
            var all = new StringBuilder();
            texts.forEach(text -> all.append("PRIVMSG #lobby :").append(text).append("\r\n"));
            ann.sendRaw(all.toString().getBytes(StandardCharsets.UTF_8));

            var heard = new ArrayList<String>();
            while (heard.size() < texts.size()) {
                var line = bob.expectNext(":ann!* PRIVMSG #lobby :…");
                heard.add(line.substring(line.indexOf(" :") + 2));
            }
            assertEquals(texts, heard);
            var took = Duration.ofNanos(System.nanoTime() - began);
            assertTrue(took.toMillis() > 39 * 20, "50 in " + took + ", 10 at once and 50 a second");
            bob.settle();
        }
    }

    @Test
    void a_flood_without_a_pause_is_ended_and_the_others_are_told_why(@TempDir Path dir) {
        try (var daemon = daemon(dir);
                var bob = daemon.login("bob");
                var ann = daemon.login("ann")) {
            flood(ann, "PRIVMSG #lobby :buy");
            ann.expectClosed(FLOODED);
            bob.expect(":ann!* QUIT :Excess Flood");
        }
    }

    @Test
    void before_login_too(@TempDir Path dir) {
        try (var daemon = daemon(dir);
                var bob = daemon.login("bob");
                var stranger = daemon.connect()) {
            flood(stranger, "PING x");
            stranger.expectClosed(FLOODED);
            bob.expectNothing();
        }
    }

    @Test
    void lines_that_are_no_messages_are_paid_for_too(@TempDir Path dir) {
        try (var daemon = daemon(dir)) {
            var all = new ArrayList<Wire>();
            for (var line : List.of("", " ", ":", "@a", "\r", "x".repeat(600), "PASS")) {
                all.add(flood(daemon.connect(), line));
            }
            for (var line : List.of("", "NOSUCH", "x".repeat(600), "PASS ann:x", "\0")) {
                all.add(flood(daemon.login("ann"), line));
            }
            all.forEach(wire -> wire.expectClosed(FLOODED));
        }
    }

    @Test
    void who_waits_for_each_answer_is_slowed_down_and_never_ended(@TempDir Path dir) {
        try (var daemon = daemon(dir);
                var ann = daemon.login("ann")) {
            for (var i = 0; i < 40; i++) { // some two seconds, with a patience of one
                ann.settle();
            }
        }
    }

    private static TestDaemon daemon(Path dir) {
        return new TestDaemon(
                        dir,
                        "parley.limits.rate { burst = 10, every = 60ms, patience = 1s }",
                        "parley.limits.linger = 0s")
                .account("ann")
                .account("bob");
    }

    /// Two thousand at once.
    private static Wire flood(Wire wire, String line) {
        var all = (line + "\r\n").repeat(2000).getBytes(StandardCharsets.UTF_8);
        Thread.startVirtualThread(() -> {
            try {
                wire.socket().getOutputStream().write(all);
            } catch (IOException _) {
                // it was ended
            }
        });
        return wire;
    }
}
