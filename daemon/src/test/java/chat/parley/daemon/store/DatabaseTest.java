package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.ConfigProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig.SynchronousMode;

@Timeout(60)
class DatabaseTest {

    @TempDir Path dir;

    @Nested
    class A_new_database {

        @Test
        void is_readable_by_its_owner_only_and_so_is_its_directory() throws Exception {
            var data = dir.resolve("deep/data");

            try (var connection = Database.prepare(data).open(SynchronousMode.FULL)) {
                Sql.run(connection, "INSERT INTO memberships VALUES ('a', 'b', 'c')");

                assertEquals("rwx------", mode(data));
                assertEquals("rw-------", mode(data.resolve("parley.db")));
                assertEquals("rw-------", mode(data.resolve("parley.db-wal")));
            }
        }

        @Test
        void may_be_made_by_several_programs_at_once() throws Exception {
            try (var threads = Executors.newFixedThreadPool(8)) {
                var all = new ArrayList<Callable<Database>>();
                for (var i = 0; i < 8; i++) {
                    all.add(() -> Database.prepare(dir.resolve("data")));
                }
                for (var made : threads.invokeAll(all)) {
                    made.get();
                }
            }
            assertEquals(Schema.NEWEST, version(dir.resolve("data")));
        }

        @Test
        void syncs_each_commit_in_a_journal_that_does_not_grow_for_ever() throws Exception {
            try (var connection = Database.prepare(dir).open(SynchronousMode.FULL);
                    var statement = connection.createStatement()) {
                assertEquals(2, Sql.number(statement, "PRAGMA synchronous"));
                assertEquals(64 << 20, Sql.number(statement, "PRAGMA journal_size_limit"));
                assertEquals(1000, Sql.number(statement, "PRAGMA wal_autocheckpoint"));
                assertEquals(5000, Sql.number(statement, "PRAGMA busy_timeout"));
                try (var rows = statement.executeQuery("PRAGMA journal_mode")) {
                    assertEquals("wal", rows.getString(1));
                }
            }
        }
    }

    @Nested
    class A_file_that_is_there {

        @Test
        void is_refused_when_others_may_read_it_and_the_hint_is_the_command() throws Exception {
            Database.prepare(dir);
            var file = dir.resolve("parley.db");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

            var problem = assertThrows(ConfigProblem.class, () -> Database.prepare(dir));

            assertTrue(problem.toString().contains("rw-r-----"), problem.toString());
            assertTrue(problem.toString().contains("chmod 600 " + file), problem.toString());
        }

        @Test
        void is_refused_when_a_newer_version_made_it_and_nothing_is_touched() throws Exception {
            try (var connection = Database.prepare(dir).open(SynchronousMode.FULL)) {
                Sql.run(connection, "PRAGMA user_version = 99");
            }

            var problem = assertThrows(ConfigProblem.class, () -> Database.prepare(dir));

            assertTrue(problem.toString().contains("a newer Parley"), problem.toString());
            assertEquals(99, version(dir));
        }

        @Test
        void is_refused_when_it_is_no_database() throws Exception {
            var file = dir.resolve("parley.db");
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, "dear diary, ".repeat(1000));

            var problem = assertThrows(ConfigProblem.class, () -> Database.prepare(dir));

            assertTrue(problem.toString().contains("cannot be used"), problem.toString());
        }

        @Test
        void keeps_what_it_holds() throws Exception {
            try (var connection = Database.prepare(dir).open(SynchronousMode.FULL)) {
                Sql.run(connection, "INSERT INTO memberships VALUES ('a', 'b', 'c')");
            }

            try (var connection = Database.prepare(dir).open(SynchronousMode.FULL);
                    var statement = connection.createStatement()) {
                assertEquals(1, Sql.number(statement, "SELECT count(*) FROM memberships"));
            }
        }
    }

    @Test
    void a_directory_that_cannot_be_made_is_a_problem_with_a_hint() throws Exception {
        Files.writeString(dir.resolve("file"), "in the way");

        var problem =
                assertThrows(ConfigProblem.class, () -> Database.prepare(dir.resolve("file/data")));

        assertTrue(problem.toString().contains("hint: check data-dir"), problem.toString());
    }

    @Test
    void a_failed_transaction_leaves_nothing() throws Exception {
        var database = Database.prepare(dir);
        try (var connection = database.open(SynchronousMode.FULL)) {
            assertThrows(
                    IllegalStateException.class,
                    () ->
                            Sql.transaction(
                                    connection,
                                    c -> {
                                        Sql.run(
                                                c,
                                                "INSERT INTO memberships VALUES ('a', 'b', 'c')");
                                        throw new IllegalStateException("half way");
                                    }));
        }
        try (var connection = database.open(SynchronousMode.FULL);
                var statement = connection.createStatement()) {
            assertFalse(Sql.number(statement, "SELECT count(*) FROM memberships") > 0);
        }
    }

    private static long version(Path dir) throws Exception {
        try (var connection =
                        java.sql.DriverManager.getConnection(
                                "jdbc:sqlite:" + dir.resolve("parley.db"));
                var statement = connection.createStatement()) {
            return Sql.number(statement, "PRAGMA user_version");
        }
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
