package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Search.Scope;
import chat.parley.daemon.store.Search.Wanted;
import chat.parley.daemon.store.SearchTables.Query;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteConfig.SynchronousMode;

class SearchTest {

    private static final Stream TEA = new Stream.OfChannel("#tea");
    private static final Stream MILK = new Stream.OfChannel("#milk");
    private static final Stream ANN_AND_BOB = Stream.OfPair.of("ann", "bob");
    private static final Scope OF_ANN =
            new Scope("ann", Instant.EPOCH, List.of("#tea"), Optional.empty());

    @TempDir Path dir;
    private Database database;
    private SqliteLog log;
    private int second;

    @BeforeEach
    void open() throws Exception {
        database = Database.prepare(dir);
        log = SqliteLog.open(database, Durability.PROCESS);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private Entry entry(Stream stream, String nick, String text) {
        var at = Instant.ofEpochSecond(1_000_000 + second++ * 1_000L);
        var target = stream instanceof Stream.OfChannel(var name) ? name : "bob";
        return new Entry(stream, at, nick, nick + "!u@h", "PRIVMSG", target, text, "");
    }

    private Kept say(Stream stream, String nick, String text) throws Exception {
        return log.append(List.of(entry(stream, nick, text))).getFirst();
    }

    private static Wanted words(String... words) {
        return new Wanted(
                List.of(words), Optional.empty(), Optional.empty(), Optional.empty(), 100);
    }

    private List<Kept> find(Scope where, Wanted what) throws Exception {
        return log.search().find(where, what).orElseThrow();
    }

    @Nested
    class What_is_found {

        @Test
        void has_all_the_words_in_what_may_be_read() throws Exception {
            var one = say(TEA, "bob", "the kettle is on");
            say(MILK, "bob", "the kettle is off");
            say(TEA, "bob", "the lid is on");
            var two = say(ANN_AND_BOB, "bob", "Kettle, on the stove");
            say(Stream.OfPair.of("bob", "eve"), "bob", "no kettle on");

            assertEquals(List.of(one, two), find(OF_ANN, words("ON", "kettle")));
        }

        @Test
        void is_by_one_nick_or_within_a_time() throws Exception {
            var all = new ArrayList<Kept>();
            for (var nick : List.of("bob", "Bobby", "BOB", "bob-b")) {
                all.add(say(TEA, nick, "milk"));
            }
            var bob =
                    new Wanted(
                            List.of(), Optional.of("bob"), Optional.empty(), Optional.empty(), 100);
            assertEquals(List.of(all.get(0), all.get(2)), find(OF_ANN, bob));
            var at = all.get(1).entry().at();
            var until =
                    new Wanted(
                            List.of("milk"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(at),
                            1);
            assertEquals(List.of(all.get(1)), find(OF_ANN, until));
            var from =
                    new Wanted(
                            List.of("milk"),
                            Optional.empty(),
                            Optional.of(at),
                            Optional.empty(),
                            2);
            assertEquals(List.of(all.get(1), all.get(2)), find(OF_ANN, from));
        }

        @Test
        void is_not_what_a_former_account_of_that_name_said() throws Exception {
            var old = say(ANN_AND_BOB, "bob", "milk");
            var channel = say(TEA, "bob", "milk");
            var since = second();
            var young = say(ANN_AND_BOB, "bob", "milk");

            var scope = new Scope("ann", since, List.of("#tea"), Optional.empty());

            assertEquals(List.of(channel, young), find(scope, words("milk")));
            assertFalse(find(scope, words("milk")).contains(old));
        }

        private Instant second() {
            return entry(TEA, "x", "y").at();
        }

        /// What looks like a query is words, and finds what has them.
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a OR b", "NOT a", "a AND", "NEAR(a b)", "a*", "^a", "nick : 626f62", "\"",
                            "\"a",
                    "a\"b\"\"", "(a", "-a", "{text nick} : a", "a + b", "';--", "%", "text:a",
                            "\u0000a"
                })
        void is_words_whatever_they_look_like(String text) throws Exception {
            var kept = say(TEA, "bob", text);
            say(TEA, "bob", "other");

            var found = find(OF_ANN, words(text));

            assertTrue(found.isEmpty() || found.equals(List.of(kept)), found::toString);
        }

        @Test
        void is_not_what_was_taken_back() throws Exception {
            var kept = say(TEA, "bob", "kettle");
            log.append(
                    List.of(
                            new Entry(
                                    TEA,
                                    Instant.EPOCH,
                                    "bob",
                                    "bob!u@h",
                                    "REDACT",
                                    "#tea",
                                    kept.id(),
                                    "")));
            var next = say(TEA, "bob", "kettle again");

            assertEquals(List.of(next), find(OF_ANN, words("kettle")));
        }

        @Test
        void is_found_among_very_many_conversations() throws Exception {
            log.append(
                    IntStream.range(0, 2_000)
                            .mapToObj(i ->
                                    entry(
                                            Stream.OfPair.of("ann", "friend" + i),
                                            "ann",
                                            "hello " + i))
                            .toList());

            assertEquals(1, find(OF_ANN, words("hello", "1234")).size());
            assertEquals(100, find(OF_ANN, words("hello")).size());
        }
    }

    @Nested
    class A_file_of_an_earlier_version {

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
        void is_searched_too(int version) throws Exception {
            var old =
                    Files.createDirectory(
                            dir.resolve("old"),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwx------")));
            try (var connection =
                    DriverManager.getConnection("jdbc:sqlite:" + old + "/parley.db")) {
                Schema.bringUp(connection, version);
                Sql.run(connection, "INSERT INTO streams VALUES (7, 'channel', '#tea', '', 2)");
                for (var seq : List.of("1, 2000, 'ann', 'Ann!u@h'", "2, 3000, 'bob', 'bob'")) {
                    Sql.run(
                            connection,
                            "INSERT INTO messages (stream, seq, at_ms, account, source, command,"
                                    + " target, text, client_tags) VALUES (7, "
                                    + seq
                                    + ", 'NOTICE', '#tea', 'the old kettle', '')");
                }
            }
            Files.setPosixFilePermissions(
                    old.resolve("parley.db"), PosixFilePermissions.fromString("rw-------"));
            log.close();

            log = SqliteLog.open(Database.prepare(old), Durability.PROCESS);
            say(TEA, "bob", "a new kettle");

            assertEquals(3, find(OF_ANN, words("kettle")).size());
            assertEquals(
                    List.of("7-1"),
                    find(
                                    OF_ANN,
                                    new Wanted(
                                            List.of("old"),
                                            Optional.of("ANN"),
                                            Optional.empty(),
                                            Optional.empty(),
                                            9))
                            .stream()
                            .map(Kept::id)
                            .toList());
            log.append(
                    List.of(
                            new Entry(
                                    TEA,
                                    Instant.EPOCH,
                                    "bob",
                                    "bob!u@h",
                                    "REDACT",
                                    "#tea",
                                    "7-1",
                                    "")));
            assertEquals(2, find(OF_ANN, words("kettle")).size());
        }
    }

    @Nested
    class A_search {

        @Test
        void that_takes_too_long_is_given_up() throws Exception {
            var at = Instant.ofEpochSecond(1_000_000);
            var said = new Entry(TEA, at, "bob", "bob!u@h", "PRIVMSG", "#tea", "milk", "");
            log.append(Collections.nCopies(5_000, said));
            var later =
                    new Wanted( // nothing fits, so all of that minute are looked at
                            List.of("milk"),
                            Optional.empty(),
                            Optional.of(at.plusMillis(1)),
                            Optional.empty(),
                            100);
            try (var tables = LogTables.forReading(database.open(SynchronousMode.NORMAL))) {
                assertEquals(Optional.of(List.of()), tables.search().find(OF_ANN, later, A_WHILE));
                assertEquals(
                        Optional.empty(),
                        tables.search().find(OF_ANN, later, Duration.ofSeconds(-1)));
                assertTrue(tables.search().find(OF_ANN, words("milk"), A_WHILE).isPresent());
            }
        }

        private static final Duration A_WHILE = Duration.ofSeconds(20);

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void scans_no_table(boolean forward) throws Exception {
            var byWords = plan(new Query("text : \"milk\"", forward));
            assertTrue(
                    byWords.getFirst().matches("SCAN search VIRTUAL TABLE INDEX \\d+:.*M.*"),
                    byWords::toString);
            assertEquals("SEARCH m USING INDEX said (said=?)", byWords.get(1));
            assertFalse(byWords.toString().contains("TEMP B-TREE"), byWords::toString);
            var byTime = plan(new Query("", forward));
            assertEquals("SEARCH m USING INDEX said (said>? AND said<?)", byTime.getFirst());
            assertFalse(byTime.toString().contains("TEMP B-TREE"), byTime::toString);
        }

        private List<String> plan(Query query) throws Exception {
            var steps = new ArrayList<String>();
            try (var connection = database.open(SynchronousMode.NORMAL);
                    var statement = connection.createStatement();
                    var plan = statement.executeQuery("EXPLAIN QUERY PLAN " + query.sql())) {
                while (plan.next()) {
                    steps.add(plan.getString("detail"));
                }
            }
            return steps;
        }
    }
}
