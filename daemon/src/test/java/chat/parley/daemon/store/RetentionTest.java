package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.config.DaemonConfig.Keep;
import chat.parley.daemon.config.DaemonConfig.Keep.Bound;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.History.Part;
import chat.parley.daemon.store.History.Place;
import chat.parley.daemon.store.History.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RetentionTest {

    private static final Stream TEA = new Stream.OfChannel("#tea");
    private static final Stream MILK = new Stream.OfChannel("#milk");
    private static final Stream PAIR = Stream.OfPair.of("ann", "bob");
    private static final Bound FOREVER = new Bound(Optional.empty(), OptionalLong.empty());
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    @TempDir Path dir;
    private Database database;
    private SqliteLog log;

    @BeforeEach
    void open() throws Exception {
        database = Database.prepare(dir);
        log = SqliteLog.open(database, Durability.PROCESS);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static Bound age(int days) {
        return new Bound(Optional.of(Duration.ofDays(days)), OptionalLong.empty());
    }

    private static Bound size(long bytes) {
        return new Bound(Optional.empty(), OptionalLong.of(bytes));
    }

    private static Entry entry(Stream stream, String command, int daysAgo, String text) {
        var at = NOW.minus(Duration.ofDays(daysAgo));
        return new Entry(stream, at, "ann", "ann!u@h", command, "#tea", text, "");
    }

    private List<Kept> say(Stream stream, int daysAgo, String... texts) throws Exception {
        var all = new ArrayList<Entry>();
        for (var text : texts) {
            all.add(entry(stream, "PRIVMSG", daysAgo, text));
        }
        return log.append(all);
    }

    private List<String> all(Stream stream) throws Exception {
        return log.read(stream, 0, 1_000_000).stream().map(kept -> kept.entry().text()).toList();
    }

    private long pass(Bound all, Map<String, Bound> channels) throws Exception {
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return log.retention(database, () -> new Keep(all, channels), clock).pass();
    }

    @Nested
    class By_age {

        @Test
        void what_is_older_goes_in_channels_and_conversations() throws Exception {
            say(TEA, 31, "old", "old");
            say(TEA, 29, "new");
            say(PAIR, 31, "old");
            say(PAIR, 29, "new");

            assertEquals(3, pass(age(30), Map.of()));

            assertEquals(List.of("new"), all(TEA));
            assertEquals(List.of("new"), all(PAIR));
            assertEquals(0, pass(age(30), Map.of()));
        }

        @Test
        void a_channel_of_its_own_has_only_its_own_bounds() throws Exception {
            for (var stream : List.of(TEA, MILK, PAIR)) {
                say(stream, 50, "old");
                say(stream, 20, "middle");
                say(stream, 2, "new");
            }

            pass(age(30), Map.of("#tea", FOREVER, "#milk", age(10)));

            assertEquals(List.of("old", "middle", "new"), all(TEA));
            assertEquals(List.of("new"), all(MILK));
            assertEquals(List.of("middle", "new"), all(PAIR));
        }

        @Test
        void nothing_goes_by_default() throws Exception {
            say(TEA, 10_000, "old");
            assertEquals(0, pass(FOREVER, Map.of()));
        }

        @Test
        void more_goes_than_fits_into_one_step() throws Exception {
            for (var i = 0; i < 10; i++) {
                say(TEA, 31, "x".repeat(1000).split(""));
            }
            assertEquals(10_000, pass(age(30), Map.of()));
        }
    }

    @Nested
    class By_size {

        private final String large = "x".repeat(500);

        private void sayMany(Stream stream, int daysAgo) throws Exception {
            var all = new ArrayList<Entry>();
            for (var i = 0; i < 2_000; i++) {
                all.add(entry(stream, "PRIVMSG", daysAgo, i + large));
            }
            log.append(all);
        }

        @Test
        void a_channel_keeps_the_newest_that_fit() throws Exception {
            sayMany(TEA, 5);
            sayMany(MILK, 5);

            pass(FOREVER, Map.of("#tea", size(250_000)));

            var left = all(TEA);
            assertTrue(left.size() > 400 && left.size() <= 500, left.size() + "");
            assertTrue(left.getLast().startsWith("1999x"));
            assertEquals(2_000, all(MILK).size());
        }

        @Test
        void what_is_counted_is_counted_on() throws Exception {
            sayMany(TEA, 5);
            var keep = new Keep(FOREVER, Map.of("#tea", size(250_000)));
            var retention = log.retention(database, () -> keep, Clock.systemUTC());
            retention.pass();
            var before = all(TEA).size();

            say(TEA, 4, large, large, large, large);
            assertTrue(retention.pass() >= 3);
            assertTrue(Math.abs(before - all(TEA).size()) <= 1);
        }

        @Test
        void in_all_the_oldest_go_wherever_they_are() throws Exception {
            sayMany(TEA, 9);
            sayMany(MILK, 8);
            sayMany(PAIR, 7);

            pass(size(2_000_000), Map.of());

            assertEquals(0, all(TEA).size());
            var middle = all(MILK).size();
            assertTrue(middle > 0 && middle < 2_000, middle + "");
            assertEquals(2_000, all(PAIR).size());
        }

        @Test
        void a_channel_of_its_own_is_left_alone() throws Exception {
            sayMany(TEA, 9);
            sayMany(MILK, 8);

            pass(size(100_000), Map.of("#tea", FOREVER));

            assertEquals(2_000, all(TEA).size());
            assertEquals(0, all(MILK).size());
        }

        @Test
        void the_file_gets_smaller() throws Exception {
            sayMany(TEA, 9);
            sayMany(MILK, 8);
            checkpoint();
            var before = Files.size(dir.resolve("parley.db"));

            pass(size(1_000_000), Map.of());
            checkpoint();

            var after = Files.size(dir.resolve("parley.db"));
            // The index of words comes on top of what was said.
            assertTrue(before > 2_000_000 && after < 1_500_000, before + " " + after);
        }

        private void checkpoint() throws Exception {
            log.close(); // the last connection leaves no write-ahead log
            assertFalse(Files.exists(dir.resolve("parley.db-wal")));
            open();
        }
    }

    @Nested
    class After_it {

        @Test
        void numbers_go_on_and_the_topic_is_there() throws Exception {
            log.append(List.of(entry(TEA, "TOPIC", 60, "older")));
            log.append(List.of(entry(TEA, "TOPIC", 50, "the topic")));
            var last = say(TEA, 40, "a", "b").getLast();

            pass(age(30), Map.of());

            assertEquals(List.of("the topic"), all(TEA));
            assertEquals("the topic", log.newest(TEA, "TOPIC").orElseThrow().entry().text());
            assertEquals(Optional.of(last.sequence()), log.newest(TEA));
            assertEquals(last.sequence() + 1, say(TEA, 0, "c").getFirst().sequence());
            log.close();
            open();
            assertEquals(last.sequence() + 2, say(TEA, 0, "d").getFirst().sequence());
        }

        @Test
        void history_begins_with_what_is_left() throws Exception {
            var old = say(TEA, 40, "a", "b");
            var left = say(TEA, 20, "c", "d");
            say(PAIR, 40, "gone");
            pass(age(30), Map.of());

            var first = new Place.Message(old.getFirst().id());
            for (var part :
                    List.of(
                            new Part.Latest(),
                            new Part.After(first),
                            new Part.Around(first),
                            new Part.LatestAfter(new Place.Moment(Instant.EPOCH)),
                            new Part.Between(first, new Place.Moment(NOW)))) {
                assertEquals(left, read(part), part.toString());
            }
            assertEquals(List.of(), read(new Part.Before(new Place.Message(left.getFirst().id()))));
            assertEquals(Optional.empty(), log.find(TEA, old.getFirst().id()));
            assertEquals(
                    List.of(TEA),
                    log
                            .history()
                            .conversations(
                                    "ann", Instant.EPOCH, List.of("#tea"), Instant.EPOCH, NOW, 9)
                            .stream()
                            .map(History.Conversation::stream)
                            .toList());
        }

        private List<Kept> read(Part part) throws Exception {
            return log.history().read(TEA, Instant.EPOCH, part, Shown.MESSAGES, 10);
        }

        @Test
        void a_device_that_was_away_is_told_what_is_left() throws Exception {
            var device = new Deliveries.Device("bob", "phone");
            var old = say(TEA, 40, "a", "b");
            log.deliveries()
                    .delivered(
                            List.of(
                                    new Deliveries.Delivered(
                                            device,
                                            TEA,
                                            old.getFirst().sequence(),
                                            Optional.empty())));
            var left = say(TEA, 20, "c");
            pass(age(30), Map.of());

            var missed = log.deliveries().missed(device, TEA, left.getLast().sequence(), 10);
            assertEquals(new Missed(TEA, left, 0), missed);
        }
    }

    @Nested
    class A_disk_that_does_not_take_it {

        @Test
        void leaves_whole_steps_done_and_the_rest_for_the_next_look() throws Exception {
            var said = new String[3 * Retention.STEP];
            Arrays.setAll(said, i -> "" + (i + 1));
            say(TEA, 31, said);
            var disk =
                    FullDisk.before(
                            database,
                            "DELETE ON messages WHEN OLD.seq > "
                                    + (Retention.STEP + Retention.STEP / 2));

            assertThrows(IOException.class, () -> pass(age(30), Map.of()));
            assertEquals(2 * Retention.STEP, all(TEA).size());
            say(TEA, 0, "who talks is not disturbed");
            assertThrows(IOException.class, () -> pass(age(30), Map.of()));
            assertEquals(2 * Retention.STEP + 1, all(TEA).size());

            disk.hasRoomAgain();
            assertEquals(2 * Retention.STEP, pass(age(30), Map.of()));
            assertEquals(List.of("who talks is not disturbed"), all(TEA));
        }
    }

    @Nested
    class When_the_bounds_change {

        @Test
        void each_look_has_those_of_its_time() throws Exception {
            say(TEA, 50, "old");
            say(TEA, 20, "middle");
            say(TEA, 2, "new");
            var keep = new AtomicReference<>(new Keep(FOREVER, Map.of()));
            var retention = retention(keep::get);

            assertEquals(0, retention.pass());
            keep.set(new Keep(age(30), Map.of()));
            assertEquals(1, retention.pass());
            keep.set(new Keep(age(30), Map.of("#tea", age(10))));
            assertEquals(1, retention.pass());
            keep.set(new Keep(FOREVER, Map.of()));
            assertEquals(0, retention.pass());
            assertEquals(List.of("new"), all(TEA));
        }

        @Test
        void what_is_under_way_by_the_old_ones_ends_with_its_step() throws Exception {
            for (var i = 0; i < 4; i++) {
                say(TEA, 31, "x".repeat(1000).split(""));
            }
            var asked = new AtomicInteger();
            var removed =
                    retention(() ->
                                    new Keep(
                                            asked.getAndIncrement() < 4 ? age(30) : age(90),
                                            Map.of()))
                            .pass();

            assertTrue(removed > 0 && removed <= 4 * Retention.STEP, removed + "");
            assertEquals(4_000 - removed, all(TEA).size());
        }

        @Test
        void it_looks_at_once_and_not_at_its_next_turn() throws Exception {
            say(TEA, 31, "old");
            var keep = new AtomicReference<>(new Keep(FOREVER, Map.of()));
            var running = retention(keep::get).start(Duration.ofDays(1));
            try {
                keep.set(new Keep(age(30), Map.of()));
                running.changed();
                while (!all(TEA).isEmpty()) {
                    Thread.onSpinWait(); // the class has a time limit
                }
            } finally {
                running.close();
            }
        }

        private Retention retention(Supplier<Keep> keep) {
            return log.retention(database, keep, Clock.fixed(NOW, ZoneOffset.UTC));
        }
    }

    @Test
    void killed_in_the_middle_what_is_left_is_the_newest() throws Exception {
        for (var i = 0; i < 20; i++) {
            say(TEA, 31, "x".repeat(1000).split(""));
        }
        say(TEA, 1, "new");
        log.close();
        var before = 20_001;
        for (var round = 0; round < 3; round++) {
            var child = Child.start(Pruner.class, dir);
            assertEquals("ready", child.inputReader().readLine());
            child.waitFor(20L + 40L * round, TimeUnit.MILLISECONDS);
            child.destroyForcibly().waitFor();

            open();
            var left = log.read(TEA, 0, 1_000_000);
            log.close();
            assertTrue(left.size() <= before);
            for (var i = 0; i < left.size(); i++) {
                assertEquals(20_001 - left.size() + i + 1, left.get(i).sequence());
            }
            before = left.size();
        }
        open();
        pass(age(30), Map.of());
        assertEquals(List.of("new"), all(TEA));
    }

    /// The process that is killed.
    static final class Pruner {

        private Pruner() {}

        static void main(String[] arguments) throws Exception {
            var database = Database.prepare(Path.of(arguments[0]));
            var log = SqliteLog.open(database, Durability.COMMIT);
            System.out.println("ready");
            var keep = new Keep(age(30), Map.of());
            log.retention(database, () -> keep, Clock.fixed(NOW, ZoneOffset.UTC)).pass();
        }
    }
}
