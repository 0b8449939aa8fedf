package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig.SynchronousMode;

@Timeout(120)
class PersonErasureTest {

    private static final Progress QUIET = (_, _, _) -> {};
    private static final Stream TEA = new Stream.OfChannel("#tea");
    private static final Stream PAIR = Stream.OfPair.of("bob", "ann");

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

    private static Entry entry(Stream stream, String account, String command, String text) {
        return new Entry(
                stream,
                Instant.now(),
                account,
                account + "!u@h",
                command,
                "#tea",
                text,
                "+x=" + text);
    }

    private void keep(Stream stream, String account, String command, String text) throws Exception {
        log.append(List.of(entry(stream, account, command, text)));
    }

    private List<String> all(Stream stream) throws Exception {
        return log.read(stream, 0, 1_000_000).stream()
                .map(Kept::entry)
                .map(e -> e.account() + " " + e.command() + " " + e.text())
                .map(String::strip)
                .toList();
    }

    private PersonErasure.Erased erase(String account) throws Exception {
        return PersonErasure.of(database, account, QUIET).orElseThrow();
    }

    @Nested
    class What_somebody_said {

        @Test
        void is_gone_and_what_others_said_stays() throws Exception {
            keep(TEA, "Bob", "PRIVMSG", "mine");
            keep(TEA, "ann", "PRIVMSG", "hers");
            keep(TEA, "bob", "TAGMSG", "");
            keep(PAIR, "bob", "NOTICE", "mine");
            keep(PAIR, "ann", "PRIVMSG", "hers");

            assertEquals(3, erase("BOB").messages());

            assertEquals(List.of("Bob erased", "ann PRIVMSG hers", "bob erased"), all(TEA));
            assertEquals(List.of("bob erased", "ann PRIVMSG hers"), all(PAIR));
            assertEquals(0, erase("bob").messages());
        }

        @Test
        void is_nothing_if_nobody_has_that_name() throws Exception {
            keep(TEA, "ann", "PRIVMSG", "hers");
            assertEquals(Optional.empty(), PersonErasure.of(database, "bo", QUIET));
        }

        @Test
        void goes_from_what_he_did_too() throws Exception {
            keep(TEA, "bob", "JOIN", "Robert");
            keep(TEA, "bob", "KICK", "cat because of me");
            keep(TEA, "bob", "REDACT", "1-1 because of me");
            keep(TEA, "bob", "MODE", "+o cat");
            keep(TEA, "bob", "PART", "because of me");
            keep(TEA, "bob", "QUIT", "because of me");
            erase("bob");
            assertEquals(
                    List.of(
                            "bob JOIN",
                            "bob KICK cat",
                            "bob REDACT 1-1",
                            "bob MODE +o cat",
                            "bob PART",
                            "bob QUIT"),
                    all(TEA));
        }

        @Test
        void stays_where_it_is_the_topic_of_a_channel_until_that_changes() throws Exception {
            keep(TEA, "bob", "TOPIC", "old");
            keep(TEA, "bob", "TOPIC", "of bob's");
            assertEquals(List.of("#tea"), erase("bob").topics());
            assertEquals(List.of("bob erased", "bob TOPIC of bob's"), all(TEA));

            keep(TEA, "ann", "TOPIC", "of ann's");
            assertEquals(List.of(), erase("bob").topics());
            assertEquals(List.of("bob erased", "bob erased", "ann TOPIC of ann's"), all(TEA));
        }

        @Test
        void is_found_in_no_byte_of_the_files_while_the_log_is_open() throws Exception {
            talk(5_000);
            assertTrue(DatabaseFiles.everyByte(dir).contains("secret-of-bob"));

            erase("bob");

            assertFalse(DatabaseFiles.everyByte(dir).contains("secret-of-bob"));
            assertTrue(DatabaseFiles.everyByte(dir).contains("secret-of-ann"));
        }
    }

    /// In many streams by turns, so that pages are split and their parts move.
    private void talk(int messages) throws Exception {
        var random = new Random(5);
        for (var i = 0; i < messages; ) {
            var some = new ArrayList<Entry>();
            for (var j = 0; j < 100; j++, i++) {
                var stream = new Stream.OfChannel("#" + random.nextInt(20));
                var who = random.nextBoolean() ? "bob" : "ann";
                var text = "secret-of-" + who + " " + "x".repeat(random.nextInt(300));
                some.add(entry(stream, who, "PRIVMSG", text));
            }
            log.append(some);
        }
    }

    @Test
    void who_talks_meanwhile_is_kept_and_a_second_time_finds_what_came_late() throws Exception {
        talk(2_000);
        var said = new int[1];
        PersonErasure.of(
                database,
                "bob",
                (_, _, _) -> {
                    try {
                        keep(TEA, "ann", "PRIVMSG", "hello");
                        keep(TEA, "bob", "PRIVMSG", "secret-of-bob");
                        said[0]++;
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
        erase("bob");
        assertEquals(2 * said[0], log.read(TEA, 0, 1_000_000).size());
        assertFalse(DatabaseFiles.everyByte(dir).contains("secret-of-bob"));
    }

    @Nested
    class A_disk_that_does_not_take_it {

        @Test
        void is_told_and_a_second_time_it_goes_on() throws Exception {
            for (var i = 1; i <= 300; i++) {
                keep(TEA, "bob", "PRIVMSG", "mine");
            }
            var disk = FullDisk.before(database, "UPDATE ON messages WHEN OLD.seq = 200");

            var problem = assertThrows(IOException.class, () -> erase("bob"));
            assertTrue(String.valueOf(problem.getMessage()).contains("full"), problem::toString);
            // What was done in whole steps stays done, the step that failed has not begun.
            assertEquals(128, all(TEA).stream().filter(line -> line.equals("bob erased")).count());
            assertEquals(
                    172, all(TEA).stream().filter(line -> line.equals("bob PRIVMSG mine")).count());
            keep(TEA, "ann", "PRIVMSG", "who talks is not disturbed");

            disk.hasRoomAgain();
            assertEquals(172, erase("bob").messages());
            assertEquals(300, all(TEA).stream().filter(line -> line.equals("bob erased")).count());
            assertFalse(DatabaseFiles.everyByte(dir).contains("mine"));
        }
    }

    @Test
    void an_audit_line_stays() throws Exception {
        new SqliteAccounts(database, java.time.Clock.systemUTC()).noteErased("Bob");
        try (var connection = database.open(SynchronousMode.FULL);
                var statement = connection.createStatement()) {
            assertEquals(
                    "bob ERASED",
                    Sql.text(statement, "SELECT folded || ' ' || change FROM account_changes"));
        }
    }

    @Test
    void killed_in_the_middle_it_goes_on_where_it_was() throws Exception {
        talk(20_000);
        var before = count("");
        for (var round = 0; round < 3; round++) {
            var child = Child.start(Eraser.class, dir);
            assertEquals("ready", child.inputReader().readLine());
            child.waitFor(50L * round, TimeUnit.MILLISECONDS);
            child.destroyForcibly().waitFor();
        }
        erase("bob");

        assertEquals(before, count(""));
        assertEquals(0, count("WHERE text LIKE '%secret-of-bob%'"));
        assertEquals(count("WHERE account = 'ann'"), count("WHERE text LIKE 'secret-of-ann%'"));
        assertFalse(DatabaseFiles.everyByte(dir).contains("secret-of-bob"));
    }

    private long count(String where) throws Exception {
        try (var connection = database.open(SynchronousMode.FULL);
                var statement = connection.createStatement()) {
            assertEquals("ok", Sql.text(statement, "PRAGMA integrity_check"));
            return Sql.number(statement, "SELECT count(*) FROM messages " + where);
        }
    }

    /// The process that is killed.
    static final class Eraser {

        private Eraser() {}

        static void main(String[] arguments) throws Exception {
            var database = Database.prepare(Path.of(arguments[0]));
            System.out.println("ready");
            PersonErasure.of(database, "bob", QUIET);
        }
    }
}
