package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.observe.Metrics;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig.SynchronousMode;

@Timeout(60)
class SqliteLogTest {

    private static final Stream TEA = new Stream.OfChannel("#tea");
    private static final Stream MILK = new Stream.OfChannel("#milk");
    private static final Stream ANN_AND_BOB = Stream.OfPair.of("bob", "ann");

    private final Metrics metrics = new Metrics();

    @TempDir Path dir;
    private Database database;
    private final AtomicBoolean full = new AtomicBoolean();
    private SqliteLog log;

    @BeforeEach
    void open() throws Exception {
        database = Database.prepare(dir);
        log = opened();
    }

    @AfterEach
    void close() {
        log.close();
    }

    private SqliteLog opened() {
        return new SqliteLog(
                this::forWriting,
                this::forReading,
                () -> database.open(SynchronousMode.NORMAL),
                metrics);
    }

    /// A disk that can be full: SQLite then says the same as on a real one.
    private LogTables forWriting() throws SQLException {
        var connection = database.open(SynchronousMode.NORMAL);
        if (full.get()) {
            Sql.run(connection, "PRAGMA max_page_count = 1"); // means: as many as there are
        }
        return LogTables.forWriting(connection);
    }

    private LogTables forReading() throws SQLException {
        return LogTables.forReading(database.open(SynchronousMode.NORMAL));
    }

    @Nested
    class An_entry_that_was_kept {

        @Test
        void is_read_back_as_it_was() throws Exception {
            var entry =
                    new Entry(
                            TEA,
                            Instant.parse("2026-11-21T02:43:00.123456789Z"),
                            "Ann",
                            "Ann!ann@parley",
                            "PRIVMSG",
                            "#Tea",
                            "milk? 🫖 \u0001 \"'",
                            "+draft/react=🙂");

            var kept = log.append(List.of(entry));

            assertEquals(kept, log.read(TEA, 0, 10));
            assertEquals("1-1", kept.getFirst().id());
            assertEquals(Instant.parse("2026-11-21T02:43:00.123Z"), kept.getFirst().entry().at());
        }

        @Test
        void counts_from_one_in_its_stream() throws Exception {
            log.append(List.of(say(TEA, "a"), say(MILK, "b"), say(TEA, "c")));
            log.append(List.of(say(MILK, "d"), say(ANN_AND_BOB, "e")));

            assertEquals(List.of("1 a", "2 c"), shown(TEA, 0, 10));
            assertEquals(List.of("1 b", "2 d"), shown(MILK, 0, 10));
            assertEquals(List.of("1 e"), shown(ANN_AND_BOB, 0, 10));
            assertEquals(Optional.of(2L), log.newest(TEA));
        }

        @Test
        void is_read_from_a_number_on_and_not_more_than_asked_for() throws Exception {
            log.append(IntStream.range(0, 10).mapToObj(i -> say(TEA, "m" + i)).toList());

            assertEquals(List.of("4 m3", "5 m4"), shown(TEA, 3, 2));
            assertEquals(List.of(), shown(TEA, 10, 5));
        }

        @Test
        void has_an_id_that_is_short_and_no_other_has() throws Exception {
            var ids = new HashSet<String>();
            for (var i = 0; i < 50; i++) {
                log.append(List.of(say(TEA, "a"), say(MILK, "b"))).forEach(k -> ids.add(k.id()));
            }

            assertEquals(100, ids.size());
            assertTrue(ids.contains("1-1e"), "the fiftieth of the first stream, in base 36");
        }

        @Test
        void is_there_after_a_restart_and_the_numbers_go_on() throws Exception {
            log.append(List.of(say(TEA, "before")));
            log.close();
            log = SqliteLog.open(Database.prepare(dir), Durability.COMMIT);

            log.append(List.of(say(TEA, "after")));

            assertEquals(List.of("1 before", "2 after"), shown(TEA, 0, 10));
        }

        @Test
        void leaves_its_number_used_when_it_is_removed() throws Exception {
            log.append(List.of(say(TEA, "a"), say(TEA, "b")));
            log.close();
            try (var connection = database.open(SynchronousMode.FULL)) {
                Sql.run(connection, "DELETE FROM messages");
            }
            log = SqliteLog.open(database, Durability.PROCESS);

            assertEquals(3, log.append(List.of(say(TEA, "c"))).getFirst().sequence());
        }
    }

    @Nested
    class The_newest_of_a_command {

        @Test
        void is_the_last_topic_whatever_was_said_since() throws Exception {
            log.append(List.of(command(TEA, "TOPIC", "old"), command(TEA, "TOPIC", "new")));
            log.append(List.of(say(TEA, "hello"), command(MILK, "TOPIC", "of another")));

            assertEquals("new", log.newest(TEA, "TOPIC").orElseThrow().entry().text());
            assertEquals("hello", log.newest(TEA, "PRIVMSG").orElseThrow().entry().text());
        }

        @Test
        void is_empty_where_there_is_none() throws Exception {
            log.append(List.of(say(TEA, "hello")));

            assertEquals(Optional.empty(), log.newest(TEA, "TOPIC"));
            assertEquals(Optional.empty(), log.newest(MILK));
        }

        @Test
        void is_found_by_an_index_and_not_by_reading_the_history() throws Exception {
            assertUses("INDEX topics", LogTables.newestOf("TOPIC"));
        }
    }

    @Nested
    class What_is_said_again_by_its_key {

        @Test
        void is_found_by_an_index() throws Exception {
            assertUses("INDEX said_once (stream=? AND account=? AND once=?)", LogTables.SAID);
        }
    }

    private void assertUses(String index, String query) throws Exception {
        try (var connection = database.open(SynchronousMode.FULL);
                var statement = connection.createStatement();
                var plan = statement.executeQuery("EXPLAIN QUERY PLAN " + query)) {
            var steps = new StringBuilder();
            while (plan.next()) {
                steps.append(plan.getString("detail")).append('\n');
            }
            assertTrue(steps.toString().contains("USING " + index), steps.toString());
        }
    }

    @Nested
    class Many_who_speak_at_once {

        @Test
        void each_keep_their_own_order_and_lose_nothing() throws Exception {
            var asked = new ArrayList<Callable<List<Kept>>>();
            for (var speaker = 0; speaker < 64; speaker++) {
                var name = "s" + speaker;
                asked.add(() -> {
                    var all = new ArrayList<Kept>();
                    for (var i = 0; i < 25; i++) {
                        all.addAll(log.append(List.of(say(TEA, name), say(TEA, name))));
                    }
                    return all;
                });
            }

            var kept = new ArrayList<Kept>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var answer : threads.invokeAll(asked)) {
                    var own = answer.get();
                    for (var i = 0; i < own.size(); i += 2) { // all or none, and together
                        assertEquals(own.get(i).sequence() + 1, own.get(i + 1).sequence());
                    }
                    kept.addAll(own);
                }
            }

            var sequences = kept.stream().map(Kept::sequence).sorted().toList();
            assertEquals(LongStream.rangeClosed(1, 3200).boxed().toList(), sequences);
            assertEquals(3200, log.read(TEA, 0, 10_000).size());
        }

        @Test
        void are_committed_together() throws Exception {
            var open = new CountDownLatch(1);
            var opening = new CountDownLatch(1);
            var visible = new ArrayList<Long>();
            try (var outside = database.open(SynchronousMode.FULL);
                    var thread =
                            LogThread.start(
                                    "log",
                                    () -> {
                                        opening.countDown();
                                        await(open);
                                        return forWriting();
                                    },
                                    (_, _) -> {})) {
                LogThread.Task<Boolean> speak =
                        tables -> {
                            tables.append(List.of(say(TEA, "m")));
                            try (var statement = outside.createStatement()) {
                                return visible.add(
                                        Sql.number(statement, "SELECT count(*) FROM messages"));
                            }
                        };
                thread.tell(speak); // the thread holds it, alone, and waits for its tables
                opening.await();
                for (var i = 0; i < 5; i++) {
                    thread.tell(speak);
                }
                open.countDown();
            }

            assertEquals(List.of(0L, 1L, 1L, 1L, 1L, 1L), visible);
        }
    }

    @Nested
    class A_full_disk {

        @Test
        void refuses_and_changes_nothing_and_all_goes_on_when_there_is_space() throws Exception {
            log.append(List.of(say(TEA, "before")));
            fill(true);

            assertThrows(IOException.class, () -> log.append(big(TEA)));
            assertThrows(IOException.class, () -> log.append(big(MILK)));
            assertEquals(List.of("1 before"), shown(TEA, 0, 10));
            fill(false);

            assertEquals(2, log.append(List.of(say(TEA, "after"))).getFirst().sequence());
            assertEquals(1, log.append(List.of(say(MILK, "new"))).getFirst().sequence());
            assertEquals(List.of("1 before", "2 after"), shown(TEA, 0, 10));
        }

        @Test
        void leaves_a_sound_database() throws Exception {
            fill(true);
            for (var i = 0; i < 5; i++) {
                assertThrows(IOException.class, () -> log.append(big(TEA)));
            }
            log.close();

            try (var connection = Database.prepare(dir).open(SynchronousMode.FULL);
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("PRAGMA integrity_check")) {
                assertEquals("ok", rows.getString(1));
            }
        }

        private List<Entry> big(Stream stream) {
            return IntStream.range(0, 200).mapToObj(_ -> say(stream, "x".repeat(500))).toList();
        }

        /// The limit belongs to a connection, so the one in use is made to go first.
        private void fill(boolean isFull) {
            full.set(isFull);
            log.close();
            log = opened();
        }
    }

    @Nested
    class A_failed_transaction {

        @Test
        void is_undone_for_all_who_had_a_part_in_it_and_the_next_one_works() throws Exception {
            try (var thread =
                    LogThread.start("log", SqliteLogTest.this::forWriting, (_, _) -> {})) {
                assertThrows(
                        IOException.class,
                        () ->
                                thread.ask(tables -> {
                                    tables.append(List.of(say(TEA, "undone")));
                                    throw new SQLException("disk gone");
                                }));

                var kept = thread.ask(tables -> tables.append(List.of(say(TEA, "kept"))));

                assertEquals(1, kept.getFirst().sequence());
                assertEquals(List.of("1 kept"), shown(TEA, 0, 10));
            }
        }

        @Test
        void is_nobody_elses_where_each_is_done_alone() throws Exception {
            var open = new CountDownLatch(1);
            try (var thread =
                    LogThread.startOneByOne(
                            "search",
                            () -> {
                                await(open);
                                return forWriting();
                            },
                            (_, _) -> {})) {
                thread.tell(_ -> true); // held while the tables are opened
                thread.tell(_ -> {
                    throw new SQLException("too long");
                });
                thread.tell(tables -> tables.append(List.of(say(TEA, "kept"))));
                open.countDown();
            }

            assertEquals(List.of("1 kept"), shown(TEA, 0, 10));
        }

        @Test
        void may_be_that_the_file_could_not_even_be_opened() throws Exception {
            var broken = new AtomicBoolean(true);
            try (var thread =
                    LogThread.start(
                            "log",
                            () -> {
                                if (broken.get()) {
                                    throw new SQLException("no descriptors");
                                }
                                return forWriting();
                            },
                            (_, _) -> {})) {
                assertThrows(
                        IOException.class,
                        () -> thread.ask(tables -> tables.append(List.of(say(TEA, "lost")))));
                broken.set(false);

                thread.ask(tables -> tables.append(List.of(say(TEA, "kept"))));

                assertEquals(List.of("1 kept"), shown(TEA, 0, 10));
            }
        }
    }

    @Nested
    class A_closed_log {

        @Test
        void has_finished_what_was_asked_for_and_refuses_more() throws Exception {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var asked =
                        IntStream.range(0, 50)
                                .mapToObj(i ->
                                        threads.submit(() -> log.append(List.of(say(TEA, "m")))))
                                .toList();
                log.close();
                var kept = 0;
                for (var answer : asked) {
                    try {
                        kept += answer.get().size();
                    } catch (ExecutionException refused) {
                        assertTrue(refused.getCause() instanceof IOException);
                    }
                }
                log = SqliteLog.open(database, Durability.PROCESS);
                assertEquals(kept, log.read(TEA, 0, 100).size());
            }
            log.close();
            assertThrows(IOException.class, () -> log.append(List.of(say(TEA, "late"))));
            assertThrows(IOException.class, () -> log.read(TEA, 0, 1));
        }
    }

    @Nested
    class A_waiter_that_is_interrupted {

        @Test
        void ends_at_once_and_harms_nobody() throws Exception {
            var interrupted = new AtomicBoolean();
            var waiter =
                    Thread.ofVirtual()
                            .unstarted(() -> {
                                Thread.currentThread().interrupt();
                                try {
                                    log.append(List.of(say(TEA, "maybe")));
                                } catch (InterruptedException _) {
                                    interrupted.set(true);
                                } catch (IOException unexpected) {
                                    throw new AssertionError(unexpected);
                                }
                            });
            waiter.start();
            waiter.join();

            assertTrue(interrupted.get());
            assertFalse(log.append(List.of(say(TEA, "sure"))).isEmpty());
        }
    }

    @Nested
    class Memberships_of_an_account {

        @Test
        void are_remembered_with_the_name_as_it_was_written() throws Exception {
            var memberships = log.memberships();
            memberships.joined("Ann", "#Tea");
            memberships.joined("ann", "#tea");
            memberships.joined("ann", "#Milk");
            memberships.joined("bob", "#sugar");
            memberships.left("ANN", "#MILK");

            assertEquals(Set.of("#Tea"), memberships.of("aNN"));
            log.close();
            log = SqliteLog.open(database, Durability.COMMIT);
            assertEquals(Set.of("#Tea"), log.memberships().of("ann"));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private List<String> shown(Stream stream, long after, int limit) throws Exception {
        return log.read(stream, after, limit).stream()
                .map(kept -> kept.sequence() + " " + kept.entry().text())
                .toList();
    }

    private static Entry say(Stream stream, String text) {
        return command(stream, "PRIVMSG", text);
    }

    private static Entry command(Stream stream, String command, String text) {
        return new Entry(
                stream,
                Instant.parse("2026-11-21T02:43:00Z"),
                "ann",
                "ann!ann@parley",
                command,
                "#tea",
                text,
                "");
    }
}
