package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Everybody comes and goes, into channels and out of them, with several devices, politely and not.
/// In the end nobody is left: no ghost in a channel, no user without a session, no channel without
/// a user. `-Dseed=…` makes the same moves again.
@Timeout(180)
class ChurnTest {

    private static final List<String> CHANNELS = List.of("#lobby", "#tea", "#milk", "#honey");
    private static final int ACCOUNTS = 4;
    private static final int DEVICES = 3;

    private final long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());

    @Test
    void leaves_nobody_behind(@TempDir Path dir) throws Exception {
        churn(dir, 4);
    }

    @Test
    @Tag("long")
    void leaves_nobody_behind_after_an_hour_of_it_in_a_minute(@TempDir Path dir) throws Exception {
        churn(dir, 60);
    }

    private void churn(Path dir, int times) throws Exception {
        try (var daemon =
                new TestDaemon(dir, "parley.limits { linger = 0s, rate.burst = 1000000 }")) {
            for (var i = 0; i < ACCOUNTS; i++) {
                daemon.account("user" + i);
            }
            daemon.account("last");
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var visits = new ArrayList<Future<?>>();
                for (var i = 0; i < ACCOUNTS * DEVICES; i++) {
                    var number = i;
                    visits.add(threads.submit(() -> visit(daemon, number, times)));
                }
                for (var visit : visits) {
                    visit.get();
                }
            }
            try (var last = daemon.login("last")) {
                assertEquals(List.of("#lobby 1"), oncePeopleAreGone(last), "-Dseed=" + seed);
            }
        }
    }

    private void visit(TestDaemon daemon, int number, int times) {
        var random = new Random(seed + number);
        for (var i = 0; i < times; i++) {
            var wire = daemon.login("user" + number % ACCOUNTS);
            for (var moves = random.nextInt(30); moves > 0; moves--) {
                wire.send(move(random));
            }
            switch (random.nextInt(4)) {
                case 0 -> wire.settle();
                case 1 -> {
                    wire.send("QUIT :bye");
                    wire.expectClosed();
                }
                case 2 ->
                        wire.sendRaw(
                                "PRIVMSG #lobby :in the mid".getBytes(StandardCharsets.US_ASCII));
                default -> {}
            }
            wire.close();
        }
    }

    private static String move(Random random) {
        var channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> "JOIN " + channel;
            case 3, 4 -> "PART " + channel + " :elsewhere";
            case 5 -> "JOIN " + String.join(",", CHANNELS);
            case 6 -> "KICK " + channel + " user" + random.nextInt(ACCOUNTS) + " :out";
            default -> "PRIVMSG " + channel + " :hello";
        };
    }

    /// The channels with somebody in them. Who was cut off may take a moment to go.
    private static List<String> oncePeopleAreGone(Wire wire) {
        for (var tries = 0; ; tries++) {
            wire.send("LIST");
            var found = new ArrayList<String>();
            for (var line = wire.expect("…"); !line.contains(" 323 "); line = wire.expect("…")) {
                if (line.contains(" 322 ")) {
                    var words = line.split(" ", 6);
                    found.add(words[3] + " " + words[4]);
                }
            }
            if (found.equals(List.of("#lobby 1")) || tries == 2_000) {
                return found;
            }
        }
    }
}
