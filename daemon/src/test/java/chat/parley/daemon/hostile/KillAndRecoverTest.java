package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.store.Database;
import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nobody hears a message before it is kept, and nothing is kept that was refused: whatever anybody
/// heard is in the log after `kill -9` at any moment, once, and in the order in which everybody
/// heard it. A message of several lines is there whole.
///
/// A daemon process under load is killed and started again on the same data, round after round, in
/// every second round after some [Trouble] with its disk or its scheduler; rounds with
/// `history.durability` commit and process take turns. `-Dseed=…` repeats a run's random moments,
/// though not the machine's.
class KillAndRecoverTest {

    private static final List<String> PEOPLE = List.of("ann", "bob", "carol", "dave");
    private static final List<String> CHANNELS = List.of("#lobby", "#tea", "#milk");

    @TempDir Path dir;

    private final long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());
    private final Random random = new Random(seed);
    private final Ledger ledger = new Ledger(CHANNELS);
    private final Map<Trouble, Integer> befallen = new EnumMap<>(Trouble.class);

    @Test
    @Timeout(300)
    void twenty_times() throws Exception {
        rounds(20);
    }

    @Test
    @Tag("long")
    @Timeout(3600)
    void three_hundred_times() throws Exception {
        rounds(300);
    }

    private void rounds(int number) throws Exception {
        var files = configured();
        var data = dir.resolve("data");
        for (var round = 0; round < number; round++) {
            var where = "round " + round + ", -Dseed=" + seed;
            var trouble = troubleIn(round);
            talkUntilKilled(files.get(round / 2 % files.size()), trouble, round);
            var log = WrittenAhead.in(data);
            if (trouble.loses() && log.isAnything()) {
                trouble.damage(log, random);
                ledger.settle(data, dir.resolve("copy"), where);
            }
            befallen.merge(trouble, 1, Integer::sum);
            if (round % 5 == 4) { // in between the daemon itself recovers
                ledger.assertWhole(data, where);
            }
        }
        assertTrue(ledger.heard() > number * 100, "only " + ledger.heard() + " were heard");
        assertTrue(ledger.refused() > 0, "no disk was ever full");
        System.out.printf(
                "%d rounds %s: %d messages heard, none lost but %d by a disk that lost the end of"
                        + " its log; %d refused, none kept%n",
                number, befallen, ledger.heard(), ledger.lost(), ledger.refused());
    }

    /// Most rounds are a plain kill; the others take turns, with both durabilities each.
    private static Trouble troubleIn(int round) {
        var all = Trouble.values();
        return round % 2 == 0 ? Trouble.KILLED : all[1 + round / 2 % (all.length - 1)];
    }

    /// Accounts and two files of configuration for the same data.
    private List<Path> configured() throws IOException {
        try (var daemon =
                new TestDaemon(
                        dir,
                        "parley.limits.rate.burst = 1000000",
                        // A machine that does much else may take long over a first handshake.
                        "parley.limits { handshake-within = 2m, login-within = 2m }")) {
            PEOPLE.forEach(daemon::account);
            var other = dir.resolve("process.conf");
            Files.writeString(
                    other,
                    Files.readString(daemon.conf()) + "\nparley.history.durability = process\n");
            return List.of(daemon.conf(), other);
        }
    }

    private void talkUntilKilled(Path conf, Trouble trouble, int round) throws Exception {
        var unclean = Database.leftAhead(dir.resolve("data")) > 0;
        try (var daemon = new DaemonProcess(conf);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var wires = new LinkedHashMap<String, Wire>();
            for (var who : PEOPLE) {
                var wire = daemon.login(who, Hearing.ABLE);
                CHANNELS.forEach(channel -> wire.send("JOIN " + channel));
                wire.settle();
                wires.put(who, wire);
            }
            var talking = new CountDownLatch(PEOPLE.size());
            var listening = new ArrayList<Future<Hearing>>();
            wires.forEach((who, wire) -> {
                var what = who + " in round " + round + " says ";
                listening.add(
                        threads.submit(() -> new Hearing(what).listen(wire, talking::countDown)));
                threads.execute(() -> speak(wire, what));
            });
            assertTrue(talking.await(30, TimeUnit.SECONDS), "nobody hears anything");
            Thread.sleep(Duration.ofMillis(random.nextInt(400))); // a random moment
            trouble.befall(daemon, dir.resolve("data"), random);
            daemon.kill();
            for (var one : listening) {
                ledger.add(one.get());
            }
            assertEquals(unclean, daemon.said().contains("unclean stop"), daemon.said());
            assertTrue(trouble.ofTheDisk() || !daemon.said().contains("ERROR"), daemon.said());
        }
    }

    /// Says one after the other, in this channel and that, and waits for nothing.
    private void speak(Wire wire, String what) {
        var turns = new Random(seed);
        try {
            for (var number = 0; ; ) {
                var lines = new StringBuilder();
                var channel = CHANNELS.get(turns.nextInt(CHANNELS.size()));
                for (var i = turns.nextInt(8); i >= 0; i--) {
                    var count = Math.max(1, turns.nextInt(20) - 15); // one in five has several
                    lines.append(Hearing.said(channel, what, number++, count));
                }
                wire.sendRaw(lines.toString().getBytes(StandardCharsets.UTF_8));
            }
        } catch (AssertionError _) {
            // it was killed
        }
    }
}
