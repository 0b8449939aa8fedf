package chat.parley.daemon.talks;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.Daemon;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.CurrentConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A whole daemon with `auth.pepper-file`.
@Timeout(60)
class PepperedDaemonTest {

    private static final String WITH = "parley.auth.pepper-file = pepper";

    @TempDir Path dir;

    private void makePepper(char filling) throws Exception {
        var pepper = dir.resolve("pepper");
        Files.write(pepper, String.valueOf(filling).repeat(32).getBytes(StandardCharsets.US_ASCII));
        Files.setPosixFilePermissions(pepper, PosixFilePermissions.fromString("rw-------"));
    }

    private static String hash(TestDaemon daemon, String account) throws Exception {
        return daemon.accounts().find(account).orElseThrow().hash();
    }

    private static void setting(TestDaemon daemon, String from, String to) throws Exception {
        var text = Files.readString(daemon.conf());
        assertTrue(text.contains(from));
        Files.writeString(daemon.conf(), text.replace(from, to));
    }

    @Nested
    class Where_one_is_introduced {

        @Test
        void everybody_gets_in_and_follows_at_the_next_login() throws Exception {
            makePepper('a');
            try (var daemon = new TestDaemon(dir, "# later").account("ann").account("bob")) {
                assertTrue(hash(daemon, "ann").startsWith("$argon2id$"));
                setting(daemon, "# later", WITH);
                daemon.restart();

                daemon.login("ann").close();
                daemon.restart(); // so that what nobody waits for is done
                assertTrue(hash(daemon, "ann").startsWith("pepper$"));
                assertTrue(hash(daemon, "bob").startsWith("$argon2id$"));

                daemon.login("ann").close();
                try (var stranger = daemon.connect()) {
                    stranger.send("LOGIN ann wrong-horse");
                    stranger.expect(":* 464 …");
                    stranger.send("LOGIN nobody ann-secret");
                    stranger.expect(":* 464 …");
                }
            }
        }

        @Test
        void a_password_that_somebody_takes_is_peppered() throws Exception {
            makePepper('a');
            try (var daemon =
                            new TestDaemon(dir, WITH)
                                    .account("ann")
                                    .invite("ann", Duration.ofHours(1));
                    var ann = daemon.connect()) {
                var before = hash(daemon, "ann");
                ann.send("LOGIN ann ann-invited");
                ann.expect(":* 001 …");
                ann.send("PASSWD four words that differ");
                ann.settle();

                assertNotEquals(before, hash(daemon, "ann"));
                assertTrue(hash(daemon, "ann").startsWith("pepper$"));
                try (var again = daemon.connect()) {
                    again.send("LOGIN ann four words that differ");
                    again.expect(":* 001 …");
                }
            }
        }
    }

    @Nested
    class Without_it {

        @Test
        void the_daemon_does_not_start_and_says_why() throws Exception {
            makePepper('a');
            try (var daemon = new TestDaemon(dir, WITH).account("ann")) {
                assertTrue(hash(daemon, "ann").startsWith("pepper$"));
                daemon.daemon().close();

                setting(daemon, WITH, "# gone");
                assertTrue(refusal(daemon).contains("none is configured: those of ann"));
                setting(daemon, "# gone", WITH);
                makePepper('b');
                assertTrue(refusal(daemon).contains("this file is pepper "));
                Files.setPosixFilePermissions(
                        dir.resolve("pepper"), PosixFilePermissions.fromString("rw-r--r--"));
                assertTrue(refusal(daemon).contains("hint: chmod 600 "));
                Files.delete(dir.resolve("pepper"));
                assertTrue(refusal(daemon).contains("is no file"));

                makePepper('a');
                daemon.restart();
                daemon.login("ann").close();
            }
        }

        private static String refusal(TestDaemon daemon) {
            return assertThrows(
                            ConfigProblem.class,
                            () -> Daemon.start(CurrentConfig.load(daemon.conf())).close())
                    .toString();
        }
    }
}
