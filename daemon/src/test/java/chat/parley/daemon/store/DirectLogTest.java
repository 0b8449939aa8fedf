package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Deliveries.Delivered;
import chat.parley.daemon.store.Deliveries.Device;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig.SynchronousMode;

class DirectLogTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final Device DESK = new Device("bob", "desk");
    private static final Device PHONE = new Device("bob", "phone");

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

    private long say(String from, String to, String text) throws Exception {
        return log.direct().append(List.of(entry("PRIVMSG", from, to, text))).newest();
    }

    private static Entry entry(String command, String from, String to, String text) {
        return new Entry(
                Stream.OfPair.of(from, to), NOW, from, from + "!~x@h", command, to, text, "");
    }

    private void sayInAChannel() throws Exception {
        var tea = new Stream.OfChannel("#tea");
        log.append(List.of(new Entry(tea, NOW, "ann", "ann!~x@h", "PRIVMSG", "#tea", "in", "")));
    }

    private void told(Device device, long until) throws Exception {
        log.direct().told(List.of(new DirectLog.Told(device, until)));
    }

    /// `with: text text (older)`, one for each conversation.
    private List<String> missed(Device device, int limit) throws Exception {
        return missed(device, Instant.EPOCH, log.direct().newest(), limit);
    }

    private List<String> missed(Device device, Instant since, long until, int limit)
            throws Exception {
        return log.direct().missed(device, since, until, limit).stream()
                .map(DirectLogTest::shown)
                .toList();
    }

    private static String shown(Missed missed) {
        return missed.stream() instanceof Stream.OfPair(var one, var other)
                ? "%s-%s: %s (%d)"
                        .formatted(
                                one,
                                other,
                                missed.newest().stream()
                                        .map(Kept::entry)
                                        .map(Entry::text)
                                        .collect(Collectors.joining(" ")),
                                missed.older())
                : "";
    }

    @Nested
    class A_device {

        @Test
        void is_told_all_if_its_account_was_never_here() throws Exception {
            say("ann", "bob", "a");
            sayInAChannel();
            say("carl", "bob", "b");
            say("ann", "carl", "not for bob");
            say("bob", "ann", "c");

            assertEquals(List.of("ann-bob: a c (0)", "bob-carl: b (0)"), missed(DESK, 9));
        }

        @Test
        void is_told_nothing_if_others_of_its_account_were_here() throws Exception {
            told(DESK, say("ann", "bob", "a"));
            say("ann", "bob", "b");

            assertEquals(List.of(), missed(PHONE, 9));
            assertEquals(List.of("ann-bob: b (0)"), missed(DESK, 9));
        }

        @Test
        void is_told_only_what_is_between_two_positions_and_never_goes_back() throws Exception {
            var first = say("ann", "bob", "a");
            var second = say("ann", "bob", "b");
            var third = say("carl", "bob", "c");
            say("ann", "bob", "d");
            told(DESK, first);
            told(DESK, first - 1);

            assertEquals(
                    List.of("ann-bob: b (0)", "bob-carl: c (0)"),
                    missed(DESK, Instant.EPOCH, third, 9));
            told(DESK, second);
            assertEquals(List.of("bob-carl: c (0)", "ann-bob: d (0)"), missed(DESK, 9));
        }

        /// Whoever logs in names them, and could name one each time.
        @Test
        void is_one_of_64_that_were_told_furthest_and_forgotten_after_that() throws Exception {
            for (var i = 0; i < 100; i++) {
                told(new Device("bob", "d%03d".formatted(i)), say("ann", "bob", "m" + i));
                told(DESK, log.direct().newest());
                told(new Device("ann", "desk"), 1);
            }
            toldOfTea(PHONE, 1);
            say("ann", "bob", "last");

            assertEquals(List.of("ann-bob: last (0)"), missed(DESK, 9));
            assertEquals(List.of(), missed(new Device("bob", "d036"), 9));
            assertEquals(
                    List.of("ann-bob: m98 m99 last (57)"), missed(new Device("bob", "d040"), 3));
            assertEquals(
                    List.of("ann-bob: m98 m99 last (97)"), missed(new Device("ann", "desk"), 3));
        }

        /// Its account may have left the channel long ago.
        @Test
        void is_not_kept_for_how_much_was_said_in_a_channel() throws Exception {
            sayInAChannel();
            for (var i = 0; i < 70; i++) {
                var old = new Device("bob", "old%03d".formatted(i));
                told(old, say("ann", "bob", "m" + i));
                toldOfTea(old, 1_000_000);
            }
            told(DESK, log.direct().newest());
            told(PHONE, say("ann", "bob", "before"));
            say("ann", "bob", "last");

            assertEquals(List.of("ann-bob: before last (0)"), missed(DESK, 9));
            assertEquals(List.of("ann-bob: last (0)"), missed(PHONE, 9));
        }

        private void toldOfTea(Device device, long until) throws Exception {
            log.deliveries()
                    .delivered(
                            List.of(
                                    new Delivered(
                                            device,
                                            new Stream.OfChannel("#tea"),
                                            until,
                                            Optional.empty())));
        }

        @Test
        void is_told_nothing_of_who_had_the_name_before() throws Exception {
            say("ann", "bob", "a");

            assertEquals(List.of(), missed(DESK, NOW, log.direct().newest(), 9));
        }

        @Test
        void is_not_told_what_was_taken_back_nor_tags() throws Exception {
            say("ann", "bob", "a");
            log.direct().append(List.of(entry("TAGMSG", "ann", "bob", "")));
            log.direct().append(List.of(entry("REDACT", "ann", "bob", "1-1")));

            assertEquals(List.of(), missed(DESK, 9));
        }

        @Test
        void misses_nothing_though_the_newest_was_taken_back_before_a_restart() throws Exception {
            told(DESK, say("ann", "bob", "a"));
            log.direct().append(List.of(entry("REDACT", "ann", "bob", "1-1")));
            log.close();
            log = SqliteLog.open(database, Durability.PROCESS);
            say("ann", "bob", "b");

            assertEquals(List.of("ann-bob: b (0)"), missed(DESK, 9));
        }

        @Test
        void keeps_its_place_over_a_restart() throws Exception {
            told(DESK, say("ann", "bob", "a"));
            say("ann", "bob", "b");
            log.close();
            log = SqliteLog.open(database, Durability.PROCESS);

            assertEquals(List.of("ann-bob: b (0)"), missed(DESK, 9));
        }
    }

    @Nested
    class Of_much {

        @Test
        void each_conversation_has_its_newest_and_says_how_many_are_older() throws Exception {
            for (var i = 0; i < 5; i++) {
                say("ann", "bob", "a" + i);
            }
            say("bob", "carl", "c");

            assertEquals(List.of("ann-bob: a3 a4 (3)", "bob-carl: c (0)"), missed(DESK, 2));
        }

        @Test
        void nobody_pushes_out_what_another_said() throws Exception {
            var long_ = "x".repeat(4_000);
            for (var account : List.of("ann", "carl", "dora", "eve")) {
                log.direct()
                        .append(
                                IntStream.range(0, 100)
                                        .mapToObj(_ -> entry("PRIVMSG", account, "bob", long_))
                                        .toList());
            }
            say("zoe", "bob", "short");

            var all = log.direct().missed(DESK, Instant.EPOCH, log.direct().newest(), 100);

            assertEquals("bob-zoe: short (0)", shown(all.getLast()));
            var bytes =
                    all.stream()
                            .flatMap(missed -> missed.newest().stream())
                            .mapToInt(kept -> kept.entry().text().length())
                            .sum();
            assertTrue(bytes < 256 * 1024, bytes + " bytes");
            all.stream()
                    .limit(4)
                    .forEach(missed -> {
                        assertFalse(missed.newest().isEmpty());
                        assertEquals(100, missed.newest().size() + missed.older());
                    });
        }

        @Test
        void it_is_counted_no_further_than_it_matters() throws Exception {
            log.direct()
                    .append(
                            IntStream.range(0, Missed.MANY + 10)
                                    .mapToObj(i -> entry("PRIVMSG", "ann", "bob", "" + i))
                                    .toList());

            assertEquals(List.of("ann-bob: 10009 (10000)"), missed(DESK, 1));
        }
    }

    @Test
    void a_position_is_found_without_looking_through_all_that_was_said() throws Exception {
        try (var connection = database.open(SynchronousMode.NORMAL);
                var statement = connection.createStatement()) {
            try (var rows =
                    statement.executeQuery(
                            "EXPLAIN QUERY PLAN " + MissedTables.FROM.replace("?", "1"))) {
                assertTrue(rows.next());
                assertEquals(
                        "SEARCH messages USING PRIMARY KEY (stream=? AND seq>?)",
                        rows.getString("detail"));
            }
        }
    }

    @Test
    void a_device_that_was_here_before_there_were_positions_was_told_all_by_then()
            throws Exception {
        try (var old = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("old"))) {
            Schema.bringUp(old, 10);
            Sql.run(old, "INSERT INTO deliveries VALUES ('bob', 'desk', 1, 7)");
            Sql.run(old, "INSERT INTO deliveries VALUES ('bob', 'desk', 2, 9)");
            Sql.run(
                    old,
                    "INSERT INTO messages VALUES"
                            + " (3, 1, 0, 'ann', 'ann!a@h', 'PRIVMSG', 'bob', 'a', '', NULL, 41)");

            Schema.bringUp(old, 11);

            assertEquals(41, new DeliveryTables(old).positionOfDirect(DESK).orElseThrow());
        }
    }
}
