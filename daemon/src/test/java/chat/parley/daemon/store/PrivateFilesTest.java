package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.talks.TestDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nobody but their owner looks into the files of a data directory.
@Timeout(60)
class PrivateFilesTest {

    @TempDir Path dir;

    private Path data() {
        return dir.resolve("data");
    }

    private Path made(String name, String mode) throws IOException {
        var file = data().resolve(name);
        Files.writeString(file, "");
        return chmod(file, mode);
    }

    private static Path chmod(Path path, String mode) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private String refusal() {
        var problem = assertThrows(ConfigProblem.class, () -> Database.prepare(data()));
        return String.valueOf(problem.getMessage());
    }

    @Test
    void are_made_private_whatever_makes_them() throws IOException {
        try (var daemon = new TestDaemon(dir).account("ann");
                var ann = daemon.login("ann")) {
            ann.send("PRIVMSG #lobby :hello");
            ann.settle();
            var modes = new TreeMap<String, String>();
            try (var all = Files.walk(data())) {
                for (var each : all.toList()) {
                    modes.put(data().relativize(each).toString(), mode(each));
                }
            }
            assertTrue(modes.containsKey("parley.db-wal"), modes.toString());
            assertTrue(modes.containsKey("audit/000001.jsonl"), modes.toString());
            assertTrue(modes.containsKey("parleyd.lock"), modes.toString());
            var wide =
                    modes.entrySet().stream()
                            .filter(each ->
                                    !List.of("rw-------", "rwx------").contains(each.getValue()))
                            .collect(Collectors.toList());
            assertEquals(List.of(), wide);
        }
    }

    @Nested
    class Are_refused {

        @Test
        void when_others_may_read_one_with_the_command_that_helps() throws Exception {
            Database.prepare(data());
            for (var name : List.of("parley.db", "parley.db-wal", "parley.db.replaced-2026")) {
                var file = made(name, "rw-r--r--");
                assertTrue(
                        refusal()
                                .contains(
                                        "others may read or write it (rw-r--r--)\n"
                                                + "  hint: it holds password hashes and messages:"
                                                + " chmod 600 "
                                                + file.toRealPath()),
                        refusal());
                chmod(file, "rw-------");
            }
        }

        @Test
        void all_at_once_with_one_line_to_copy() throws Exception {
            Database.prepare(data());
            Files.createDirectory(data().resolve("audit"));
            chmod(data().resolve("audit"), "rwxr-xr-x");
            made("audit/000001.jsonl", "rw-rw----");
            made("parley.db-shm", "rw-r--r--");
            var real = data().toRealPath();
            assertTrue(
                    refusal()
                            .contains(
                                    "chmod 600 %s/audit/000001.jsonl %s/parley.db-shm; chmod 700 %s/audit"
                                            .formatted(real, real, real)),
                    refusal());
        }

        @Test
        void when_others_may_look_into_the_folder() throws Exception {
            Database.prepare(data());
            chmod(data(), "rwxr-x---");
            assertTrue(refusal().contains("others may look into it (rwxr-x---)"), refusal());
            assertTrue(refusal().contains("chmod 700 " + data().toRealPath()), refusal());
        }

        /// Somebody else could put another database in our place.
        @Test
        void when_others_may_write_to_the_folder_also_at_the_first_use() throws Exception {
            Files.createDirectory(data());
            chmod(data(), "rwxrwxrwx");
            assertTrue(refusal().contains("others may write to it (rwxrwxrwx)"), refusal());
        }

        @Test
        void when_one_is_a_link() throws Exception {
            Database.prepare(data());
            var elsewhere = Files.writeString(dir.resolve("elsewhere"), "");
            Files.createSymbolicLink(data().resolve("parley.db-wal"), elsewhere);
            assertTrue(refusal().contains("is a symbolic link"), refusal());
        }

        @Test
        void when_the_audit_log_is_a_link() throws Exception {
            Database.prepare(data());
            var elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
            Files.createSymbolicLink(data().resolve("audit"), elsewhere);
            assertTrue(refusal().contains("is a symbolic link"), refusal());
        }
    }

    @Nested
    class Are_well {

        @Test
        void in_a_folder_that_an_admin_has_made_for_them() throws Exception {
            Files.createDirectory(data());
            chmod(data(), "rwxr-xr-x");
            Database.prepare(data());
            assertEquals("rwx------", mode(data()));
        }

        @Test
        void in_a_folder_that_is_a_link_itself() throws Exception {
            var elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
            chmod(elsewhere, "rwx------");
            Files.createSymbolicLink(data(), elsewhere);
            Database.prepare(data());
            assertTrue(Files.exists(elsewhere.resolve("parley.db")));
        }

        @Test
        void beside_files_of_others() throws Exception {
            Files.createDirectory(data());
            chmod(data(), "rwx------");
            made("notes.txt", "rw-r--r--");
            Database.prepare(data());
        }

        /// Earlier versions made it for everybody to read.
        @Test
        void with_the_lock_of_an_earlier_version() throws Exception {
            Database.prepare(data());
            var lock = made("parleyd.lock", "rw-r--r--");
            try (var _ = OnlyServer.of(data())) {
                assertEquals("rw-------", mode(lock));
            }
            Database.prepare(data());
        }
    }

    /// As whoever runs the tests is seldom two users, only root can try it.
    @Test
    void of_somebody_else_are_used_by_root_only() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"));
        Database.prepare(data());
        Files.setAttribute(data().resolve("parley.db"), "unix:uid", 65_534);
        Database.prepare(data());
    }
}
