package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteLog;
import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nobody hears a message before it is kept, and nothing is kept that was refused: whatever anybody
/// heard is in the log after `kill -9` at any moment, once, and in the order in which everybody
/// heard it.
///
/// A daemon process under load is killed and started again on the same data, round after round, in
/// every fifth round after some [Trouble] with its disk or its scheduler; rounds with
/// `history.durability` commit and process take turns. `-Dseed=…` repeats a run's random moments,
/// though not the machine's.
class KillAndRecoverTest {

    private static final List<String> PEOPLE = List.of("ann", "bob", "carol", "dave");
    private static final List<String> CHANNELS = List.of("#lobby", "#tea", "#milk");
    private static final Pattern MESSAGE =
            Pattern.compile("@\\S*msgid=([^; ]+)\\S* :\\S+ PRIVMSG (#\\S+) :(.*)");

    private static final Pattern REFUSED =
            Pattern.compile("@label=(\\d+)\\S* :\\S+ FAIL PRIVMSG NOT_STORED .*");

    @TempDir Path dir;

    private final long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());
    private final Random random = new Random(seed);
    private final List<Heard> heard = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();

    /// What one session heard in one channel, in its order.
    private record Heard(String who, String channel, List<Line> lines) {}

    private record Line(String id, String text) {}

    /// All that one session was told.
    private record Told(Map<String, Heard> heard, List<String> refused) {}

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
        for (var round = 0; round < number; round++) {
            talkUntilKilled(files.get(round / 2 % files.size()), troubleIn(round), round);
            if (round % 5 == 4) { // in between the daemon itself recovers
                assertWhole("round " + round + ", -Dseed=" + seed);
            }
        }
        var messages = heard.stream().mapToInt(h -> h.lines().size()).sum();
        assertTrue(messages > number * 100, "only " + messages + " were heard");
        assertTrue(!refused.isEmpty(), "no disk was ever full");
        System.out.printf(
                "%d rounds: %d messages heard, none lost; %d refused, none kept%n",
                number, messages, refused.size());
    }

    /// Most rounds are a plain kill; the others take turns, with both durabilities each.
    private static Trouble troubleIn(int round) {
        var all = Trouble.values();
        return round % 2 == 0 ? Trouble.KILLED : all[1 + round / 2 % (all.length - 1)];
    }

    /// Accounts and two files of configuration for the same data.
    private List<Path> configured() throws IOException {
        try (var daemon = new TestDaemon(dir, "parley.limits.rate.burst = 1000000")) {
            PEOPLE.forEach(daemon::account);
            var other = dir.resolve("process.conf");
            Files.writeString(
                    other,
                    Files.readString(daemon.conf()) + "\nparley.history.durability = process\n");
            return List.of(daemon.conf(), other);
        }
    }

    private void talkUntilKilled(Path conf, Trouble trouble, int round) throws Exception {
        try (var daemon = new DaemonProcess(conf);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var wires = new LinkedHashMap<String, Wire>();
            for (var who : PEOPLE) {
                var wire = daemon.login(who, "echo-message message-tags labeled-response");
                CHANNELS.forEach(channel -> wire.send("JOIN " + channel));
                wire.settle();
                wires.put(who, wire);
            }
            var talking = new CountDownLatch(PEOPLE.size());
            var listening = new ArrayList<Future<Told>>();
            wires.forEach((who, wire) -> {
                var what = who + " in round " + round + " says ";
                listening.add(threads.submit(() -> listen(who, what, wire, talking)));
                threads.execute(() -> speak(wire, what));
            });
            assertTrue(talking.await(30, TimeUnit.SECONDS), "nobody hears anything");
            Thread.sleep(Duration.ofMillis(random.nextInt(400))); // a random moment
            trouble.befall(daemon, dir.resolve("data"), random);
            daemon.kill();
            for (var one : listening) {
                heard.addAll(one.get().heard().values());
                refused.addAll(one.get().refused());
            }
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
                    lines.append(
                            "@label=%d PRIVMSG %s :%s%d\r\n"
                                    .formatted(number, channel, what, number++));
                }
                wire.sendRaw(lines.toString().getBytes(StandardCharsets.UTF_8));
            }
        } catch (AssertionError _) {
            // it was killed
        }
    }

    private static Told listen(String who, String what, Wire wire, CountDownLatch talking) {
        var byChannel = new HashMap<String, Heard>();
        var refused = new ArrayList<String>();
        for (var line = wire.read(); line != null; line = wire.read()) {
            var message = MESSAGE.matcher(line);
            if (message.matches()) {
                byChannel
                        .computeIfAbsent(
                                message.group(2), c -> new Heard(who, c, new ArrayList<>()))
                        .lines()
                        .add(new Line(message.group(1), message.group(3)));
                talking.countDown();
            }
            var refusal = REFUSED.matcher(line);
            if (refusal.matches()) {
                refused.add(what + refusal.group(1));
            }
        }
        wire.close();
        return new Told(byChannel, refused);
    }

    private void assertWhole(String where) throws Exception {
        var data = dir.resolve("data");
        try (var log = SqliteLog.open(Database.prepare(data), Durability.COMMIT)) {
            for (var channel : CHANNELS) {
                var kept = log.read(new Stream.OfChannel(channel), 0, Integer.MAX_VALUE);
                assertOnce(kept, where);
                kept.forEach(one -> assertTrue(!refused.contains(one.entry().text()), where));
                var said =
                        kept.stream()
                                .filter(one -> one.entry().command().equals("PRIVMSG"))
                                .toList();
                assertHeardIsKept(channel, said, where);
            }
        }
        assertIntegrity(data.resolve("parley.db"), where);
    }

    private static void assertOnce(List<Kept> kept, String where) {
        var texts = new HashSet<String>();
        var ids = new HashSet<String>();
        for (var i = 0; i < kept.size(); i++) {
            assertEquals(i + 1, kept.get(i).sequence(), where);
            assertTrue(ids.add(kept.get(i).id()), where);
            if (kept.get(i).entry().command().equals("PRIVMSG")) {
                assertTrue(
                        texts.add(kept.get(i).entry().text()),
                        where + ": " + kept.get(i) + " again");
            }
        }
    }

    /// From the first to the last line that a session heard, the log has these very lines.
    private void assertHeardIsKept(String channel, List<Kept> kept, String where) {
        var places = new HashMap<String, Integer>();
        for (var i = 0; i < kept.size(); i++) {
            places.put(kept.get(i).id(), i);
        }
        for (var one : heard) {
            if (one.channel().equals(channel)) {
                var from = places.get(one.lines().getFirst().id());
                assertTrue(from != null, where + ": not kept: " + one.lines().getFirst());
                for (var i = 0; i < one.lines().size(); i++) {
                    var line = one.lines().get(i);
                    assertTrue(from + i < kept.size(), where + ": not kept: " + line);
                    var there = kept.get(from + i);
                    assertEquals(line, new Line(there.id(), there.entry().text()), where);
                }
            }
        }
    }

    private static void assertIntegrity(Path file, String where) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA integrity_check")) {
            assertEquals("ok", rows.getString(1), where);
        }
    }
}
