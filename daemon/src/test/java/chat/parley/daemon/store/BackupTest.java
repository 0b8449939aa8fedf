package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// Backup and restore as the commands do them, but for the command line.
@Timeout(120)
class BackupTest {

    private static final Progress QUIET = (_, _, _) -> {};
    private static final Stream TEA = new Stream.OfChannel("#tea");

    @TempDir Path dir;
    private Path data;
    private Path copy;

    @BeforeEach
    void names() {
        data = dir.resolve("data");
        copy = dir.resolve("copy.db");
    }

    private static Entry said(String text) {
        return new Entry(TEA, Instant.now(), "ann", "ann!a@b", "PRIVMSG", "#tea", text, "");
    }

    private SqliteLog open() throws Exception {
        return SqliteLog.open(Database.prepare(data), Durability.PROCESS);
    }

    private List<Kept> say(String... texts) throws Exception {
        try (var log = open()) {
            var all = new ArrayList<Entry>();
            for (var text : texts) {
                all.add(said(text));
            }
            return log.append(all);
        }
    }

    private List<Kept> all() throws Exception {
        try (var log = open()) {
            return log.read(TEA, 0, Integer.MAX_VALUE);
        }
    }

    private long take() throws Exception {
        return Backup.take(data, copy, false, QUIET);
    }

    private Restore.Restored restore() throws Exception {
        return Restore.from(copy, data, Instant.now(), QUIET);
    }

    private List<String> names(Path in) throws IOException {
        try (var files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static long number(Path file, String sql) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            return Sql.number(statement, sql);
        }
    }

    @Nested
    class A_backup {

        @Test
        void is_one_private_file_with_all_that_was_said() throws Exception {
            say("one", "two");

            assertEquals(Files.size(data.resolve("parley.db")), take());

            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
            assertEquals(List.of("copy.db", "data"), names(dir));
            assertEquals(2, number(copy, "SELECT count(*) FROM messages"));
            assertEquals(List.of("copy.db", "data"), names(dir)); // no write-ahead log beside it
        }

        @Test
        void is_of_one_moment_while_others_write_and_holds_what_was_kept_before() throws Exception {
            try (var log = open()) {
                var before = 0L;
                for (var i = 0; i < 50; i++) {
                    var many = new ArrayList<Entry>();
                    for (var j = 0; j < 200; j++) {
                        many.add(said("x".repeat(200)));
                    }
                    before = log.append(many).getLast().sequence();
                }
                var talking = new boolean[] {true};
                var steps = new int[1];

                Backup.take(
                        data,
                        copy,
                        false,
                        (_, _, _) -> {
                            steps[0]++;
                            talking[0] = talking[0] && isKept(log);
                        });

                assertTrue(talking[0] && steps[0] > 1, steps[0] + " steps");
                assertEquals(before, number(copy, "SELECT count(*) FROM messages"));
                assertEquals(before, number(copy, "SELECT newest FROM streams"));
            }
        }

        private static boolean isKept(SqliteLog log) {
            try {
                return log.append(List.of(said("meanwhile"))).size() == 1;
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void does_not_replace_a_file_unless_told_to() throws Exception {
            say("one");
            Files.writeString(copy, "precious");

            var why = assertThrows(Refused.class, BackupTest.this::take);
            assertTrue(why.getMessage().contains("--force"), why.getMessage());
            assertEquals("precious", Files.readString(copy));

            Backup.take(data, copy, true, QUIET);
            assertEquals(1, number(copy, "SELECT count(*) FROM messages"));
        }

        @Test
        void never_replaces_the_database_itself() throws Exception {
            say("one");
            for (var name : List.of("parley.db", "parley.db-wal", "../data/parley.db")) {
                var to = data.resolve(name);
                assertThrows(Refused.class, () -> Backup.take(data, to, true, QUIET), name);
            }
            assertEquals(1, all().size());
        }

        @Test
        void of_nothing_is_refused_and_makes_nothing() {
            assertThrows(Refused.class, BackupTest.this::take);
            assertFalse(Files.exists(data) || Files.exists(copy));
        }

        @Test
        void is_refused_where_there_is_no_directory_or_that_is_one() throws Exception {
            say("one");
            assertThrows(Refused.class, () -> Backup.take(data, dir.resolve("no/c"), true, QUIET));
            assertThrows(Refused.class, () -> Backup.take(data, dir, true, QUIET));
        }

        @Test
        void of_a_damaged_database_fails_and_leaves_nothing() throws Exception {
            say("x".repeat(3_000), "y".repeat(3_000), "z".repeat(3_000));
            damage(data.resolve("parley.db"));

            assertThrows(IOException.class, BackupTest.this::take);
            assertEquals(List.of("data"), names(dir));
        }

        @Test
        void that_finds_no_space_says_so_and_leaves_nothing() throws Exception {
            assumeTrue(Tmpfs.isPossible(), "root only");
            say("x".repeat(400_000));
            try (var disk = Tmpfs.of(dir.resolve("small"), "200k")) {
                var problem =
                        assertThrows(
                                IOException.class,
                                () -> Backup.take(data, disk.path().resolve("c"), false, QUIET));
                assertTrue(problem.toString().contains("full"), problem.toString());
                assertEquals(List.of(), names(disk.path()));
            }
        }

        @Test
        void on_a_disk_that_may_only_be_read_says_so() throws Exception {
            assumeTrue(Tmpfs.isPossible(), "root only");
            say("one");
            try (var disk = Tmpfs.of(dir.resolve("small"), "200k")) {
                disk.makeReadOnly();
                var problem =
                        assertThrows(
                                IOException.class,
                                () -> Backup.take(data, disk.path().resolve("c"), false, QUIET));
                assertTrue(problem.toString().contains("Read-only"), problem.toString());
            }
        }

        @Test
        void that_was_killed_leaves_a_part_that_the_next_one_removes() throws Exception {
            say("one");
            Files.writeString(dir.resolve("copy.db.999999999.part"), "half");
            Files.writeString(dir.resolve("copy.db.part"), "somebody else's");
            take();
            assertEquals(List.of("copy.db", "copy.db.part", "data"), names(dir));
        }
    }

    private static void damage(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        var page = new byte[4096];
        new Random(7).nextBytes(page);
        for (var at = 2 * 4096; at + 4096 <= bytes.length; at += 4096) {
            System.arraycopy(page, 0, bytes, at, 4096);
        }
        Files.write(file, bytes);
    }

    @Nested
    class A_restored_database {

        @Test
        void is_as_it_was_and_what_was_there_is_kept_beside_it() throws Exception {
            say("one", "two");
            take();
            say("three");

            var restored = restore();

            assertEquals(2, restored.messages());
            assertEquals(Schema.NEWEST, restored.schema());
            assertEquals(List.of("one", "two"), texts(all()));
            var replaced = restored.replaced().orElseThrow();
            assertEquals(3, number(replaced, "SELECT count(*) FROM messages"));
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(data.resolve("parley.db"))));
        }

        private static List<String> texts(List<Kept> all) {
            return all.stream().map(kept -> kept.entry().text()).toList();
        }

        @Test
        void never_gives_a_msgid_again_however_often_it_is_restored() throws Exception {
            say("one");
            take();
            var ids = new HashSet<String>();
            for (var i = 0; i < 3; i++) {
                for (var kept : say("a", "b")) {
                    assertTrue(ids.add(kept.id()), kept.id());
                }
                restore();
            }
            assertEquals("1-1", all().getFirst().id()); // what was in the backup keeps its own
        }

        @Test
        void never_gives_it_again_though_the_clock_was_put_back() throws Exception {
            say("one");
            take();
            Restore.from(copy, data, Instant.now().plusSeconds(1_000_000), QUIET);
            var first = say("two").getFirst();
            restore();
            assertNotEqualIds(first, say("two").getFirst());
        }

        private static void assertNotEqualIds(Kept one, Kept other) {
            assertFalse(one.id().equals(other.id()), one.id());
        }

        @Test
        void never_gives_the_number_of_a_stream_again() throws Exception {
            say("one");
            take();
            var coffee = sayIn("#coffee");
            restore();
            assertNotEqualIds(coffee, sayIn("#milk"));
        }

        private Kept sayIn(String channel) throws Exception {
            try (var log = open()) {
                var stream = new Stream.OfChannel(channel);
                return log.append(
                                List.of(
                                        new Entry(
                                                stream,
                                                Instant.now(),
                                                "ann",
                                                "ann!a@b",
                                                "PRIVMSG",
                                                channel,
                                                "x",
                                                "")))
                        .getFirst();
            }
        }

        @Test
        void tells_who_is_back() throws Exception {
            var clock = java.time.Clock.systemUTC();
            var accounts = new SqliteAccounts(Database.prepare(data), clock);
            for (var name : List.of("ann", "bob", "cat")) {
                accounts.add(
                        List.of(
                                new AccountStore.Newcomer(
                                        name, "$argon2id$", Account.Role.MEMBER)));
            }
            take();
            accounts.delete("bob");
            accounts.setStatus("cat", Account.Status.DISABLED);

            assertEquals(List.of("bob", "cat"), restore().back());
        }

        @Test
        void may_be_there_where_none_was() throws Exception {
            say("one");
            take();
            var other = dir.resolve("other");

            Restore.from(copy, other, Instant.now(), QUIET);

            assertEquals(1, number(other.resolve("parley.db"), "SELECT count(*) FROM messages"));
        }

        @Test
        void takes_the_place_of_a_damaged_one_and_of_what_is_beside_that() throws Exception {
            say("one");
            take();
            Files.writeString(data.resolve("parley.db"), "dear diary, ".repeat(1000));
            Files.writeString(data.resolve("parley.db-wal"), "more");

            var restored = restore();

            assertEquals(List.of("one"), texts(all()));
            var aside = restored.replaced().orElseThrow();
            assertTrue(Files.readString(aside).startsWith("dear diary"));
            assertTrue(Files.exists(aside.resolveSibling(aside.getFileName() + "-wal")));
        }
    }

    @Test
    void a_restore_that_finds_no_space_leaves_the_database_as_it_is() throws Exception {
        assumeTrue(Tmpfs.isPossible(), "root only");
        say("x".repeat(400_000));
        take();
        data = dir.resolve("small/data");
        try (var _ = Tmpfs.of(dir.resolve("small"), "450k")) {
            say("now");

            var problem = assertThrows(IOException.class, this::restore);

            assertTrue(problem.toString().contains("No space left"), problem.toString());
            assertEquals(List.of("now"), all().stream().map(k -> k.entry().text()).toList());
            assertEquals(List.of(), names(data).stream().filter(n -> n.endsWith(".part")).toList());
        }
    }

    @Nested
    class A_restore_is_refused {

        private List<String> lasting() throws IOException {
            return names(data).stream().filter(n -> !n.matches(".*-(wal|shm)|.*lock")).toList();
        }

        private void assertRefused(String why) throws Exception {
            var before = lasting();
            var problem = assertThrows(Refused.class, BackupTest.this::restore);
            assertTrue(problem.getMessage().contains(why), problem.getMessage());
            assertEquals(before, lasting());
            assertEquals("now", all().getLast().entry().text());
        }

        @BeforeEach
        void backed_up() throws Exception {
            say("one");
            take();
            say("now");
        }

        @Test
        void while_a_daemon_serves_the_directory() throws Exception {
            try (var _ = OnlyServer.of(data)) {
                var problem = assertThrows(Refused.class, BackupTest.this::restore);
                assertTrue(problem.getMessage().contains("another parleyd"), problem.getMessage());
            }
            assertEquals(2, all().size());
        }

        @Test
        void while_another_program_uses_the_database() throws Exception {
            try (var connection = Database.prepare(data).open(SynchronousMode.FULL)) {
                Sql.run(connection, "BEGIN");
                Sql.run(connection, "SELECT * FROM messages");
                var problem = assertThrows(Refused.class, BackupTest.this::restore);
                assertTrue(problem.getMessage().contains("another program"), problem.getMessage());
            }
            assertEquals(2, all().size());
        }

        @Test
        void when_a_newer_version_made_the_backup() throws Exception {
            run(copy, "PRAGMA user_version = 99");
            assertRefused("a newer Parley (schema 99");
        }

        @Test
        void when_it_is_another_program_s() throws Exception {
            Files.delete(copy);
            run(copy, "CREATE TABLE recipes (name TEXT)");
            assertRefused("no database of Parley's");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "CREATE TRIGGER t AFTER INSERT ON messages BEGIN DELETE FROM accounts; END",
                    "CREATE VIEW v AS SELECT * FROM accounts"
                })
        void when_it_would_act_by_itself(String hidden) throws Exception {
            run(copy, hidden);
            assertRefused("triggers or views");
        }

        @Test
        void when_it_is_no_database() throws Exception {
            Files.writeString(copy, "dear diary, ".repeat(1000));
            assertRefused("no database, or damaged");
        }

        @Test
        void when_it_is_damaged() throws Exception {
            Files.delete(copy);
            say("x".repeat(3_000), "y".repeat(3_000), "z".repeat(3_000), "now");
            take();
            damage(copy);
            assertRefused("damaged");
        }

        @Test
        void when_there_is_none() throws Exception {
            Files.delete(copy);
            assertRefused("there is no file");
        }

        private static void run(Path file, String sql) throws Exception {
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
                Sql.run(connection, sql);
            }
        }
    }

    /// At whatever moment they are killed.
    @Nested
    class Killed {

        private static final int ROUNDS = 6;

        @Test
        void a_backup_is_whole_or_not_there_and_a_restore_is_done_or_not() throws Exception {
            var seed = System.nanoTime();
            var random = new Random(seed);
            try (var log = open()) {
                for (var i = 0; i < 40; i++) {
                    var many = new ArrayList<Entry>();
                    for (var j = 0; j < 250; j++) {
                        many.add(said("x".repeat(300)));
                    }
                    log.append(many);
                }
            }
            take();
            for (var round = 0; round < ROUNDS; round++) {
                var child = Child.start(OverAndOver.class, data, dir.resolve("again.db"), copy);
                var out = child.inputReader();
                assertEquals("ready", out.readLine());
                child.waitFor(random.nextInt(250), TimeUnit.MILLISECONDS);
                child.destroyForcibly().waitFor();

                var which = "seed " + seed + " round " + round;
                assertEquals(10_000, all().size(), which);
                assertEquals(
                        10_000, number(data.resolve("parley.db"), "SELECT count(*) FROM messages"));
                if (Files.exists(dir.resolve("again.db"))) {
                    assertEquals(
                            10_000,
                            number(dir.resolve("again.db"), "SELECT count(*) FROM messages"),
                            which);
                }
            }
            restore();
            Backup.take(data, dir.resolve("again.db"), true, QUIET);
            assertTrue(
                    names(data).stream().noneMatch(n -> n.endsWith(".part"))
                            && names(dir).stream().noneMatch(n -> n.endsWith(".part")),
                    names(data) + " " + names(dir));
        }
    }

    /// The process that is killed.
    static final class OverAndOver {

        private OverAndOver() {}

        static void main(String[] arguments) throws Exception {
            var data = Path.of(arguments[0]);
            var now = Instant.now();
            System.out.println("ready");
            while (true) {
                Backup.take(data, Path.of(arguments[1]), true, QUIET);
                now = now.plusSeconds(1);
                var old = Restore.from(Path.of(arguments[2]), data, now, QUIET).replaced();
                if (old.isPresent()) {
                    Files.delete(old.get());
                }
            }
        }
    }
}
