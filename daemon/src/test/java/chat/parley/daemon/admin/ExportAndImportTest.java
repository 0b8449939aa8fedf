package chat.parley.daemon.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.auth.Argon2Hasher;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteAccounts;
import chat.parley.daemon.store.SqliteCertificates;
import chat.parley.daemon.store.SqliteSecondFactors;
import chat.parley.protocol.ByteSize;
import chat.parley.protocol.Secret;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Accounts go from one machine to another by a file, whole or not at all.
@Timeout(60)
class ExportAndImportTest {

    private static final String GOOD = "correct horse battery";
    private static final String KEY = "ab".repeat(32);
    private static final String SALT_AND_HASH =
            "$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @TempDir Path dir;

    private Path here;
    private Path there;

    @BeforeEach
    void twoMachines() throws Exception {
        here = machine("here", "");
        there = machine("there", "");
    }

    private Path machine(String name, String more) throws Exception {
        return Files.writeString(
                dir.resolve(name + ".conf"),
                """
                parley { data-dir = "%s", auth { argon2 { memory = 64 KiB, passes = 1 } %s } }
                """
                        .formatted(dir.resolve(name), more));
    }

    private static Tools.Run run(String in, Path config, String... arguments) {
        return Tools.parleyUser(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), config, arguments);
    }

    private static String done(String in, Path config, String... arguments) {
        var run = run(in, config, arguments);
        assertEquals(0, run.code(), run.said());
        return run.printed();
    }

    private Database database(String machine) throws Exception {
        return Database.prepare(dir.resolve(machine));
    }

    private Account account(String machine, String name) throws Exception {
        return new SqliteAccounts(database(machine), Clock.systemUTC()).find(name).orElseThrow();
    }

    private boolean opens(String machine, String name, String password) throws Exception {
        var hasher = new Argon2Hasher(new DaemonConfig.Argon2(ByteSize.ofKiB(64), 1, 1));
        return hasher.verify(account(machine, name).hash(), new Secret(password.toCharArray()));
    }

    @Nested
    class What_was_exported {

        @Test
        void comes_back_whole() throws Exception {
            done(GOOD + "\n", here, "add", "Ann", "--password-stdin", "--role", "admin");
            done("", here, "bind-cert", "ann", KEY);
            done("", here, "totp", "ann", "enable");
            done(GOOD + "!\n", here, "add", "bob", "--password-stdin", "--role", "bot");
            done("", here, "disable", "bob");
            done("", here, "invite", "cleo", "--valid", "4h");
            var file = done("", here, "export", "--with-hashes");

            assertEquals(0, run(file, there, "import").code());

            assertEquals(
                    withoutCreated(file),
                    withoutCreated(done("", there, "export", "--with-hashes")));
            assertTrue(opens("there", "ann", GOOD));
            assertTrue(opens("there", "bob", GOOD + "!"));
            assertFalse(opens("there", "bob", GOOD));
            assertEquals(Account.Role.ADMIN, account("there", "ann").role());
            assertFalse(account("there", "bob").isEnabled());
            assertTrue(account("there", "cleo").mustChangePassword());
            assertEquals(
                    "Ann",
                    new SqliteCertificates(database("there"), Clock.systemUTC())
                            .owner(KEY)
                            .orElseThrow()
                            .name());
            var factors = new SqliteSecondFactors(database("there"), Clock.systemUTC());
            assertEquals(10, factors.of("ann").orElseThrow().codes().size());
            assertEquals(Optional.empty(), factors.of("bob"));
        }

        private static List<String> withoutCreated(String file) {
            return file.lines()
                    .map(line -> line.replaceFirst(",\"created\":\"[^\"]*\"", ""))
                    .toList();
        }

        @Test
        void may_stand_among_lines_of_passwords() throws Exception {
            done(GOOD, here, "add", "ann", "--password-stdin");
            var line = done("", here, "export", "--with-hashes").strip();

            done("bob:" + GOOD + "\n" + line + "\n\ncleo:" + GOOD, there, "import");

            for (var name : List.of("ann", "bob", "cleo")) {
                assertTrue(opens("there", name, GOOD), name);
            }
        }

        @Test
        void holds_no_secret_unless_it_is_asked_for_and_then_cannot_be_imported() {
            done(GOOD, here, "add", "ann", "--password-stdin");
            done("", here, "totp", "ann", "enable");
            var file = done("", here, "export");

            assertTrue(file.contains("\"totp\":true"), file);
            assertFalse(
                    Stream.of("hash", "argon2", "totpKey", "recovery").anyMatch(file::contains),
                    file);
            var refused = run(file, there, "import");
            assertEquals(1, refused.code());
            assertTrue(
                    refused.said().contains("line 1: no hash: export --with-hashes"),
                    refused.said());
        }

        @Test
        void is_refused_without_the_second_factor_that_it_had() {
            done(GOOD, here, "add", "ann", "--password-stdin");
            done("", here, "totp", "ann", "enable");
            var file =
                    done("", here, "export", "--with-hashes")
                            .replaceFirst(",\"totpKey\":\"[^\"]*\"", "");

            var refused = run(file, there, "import");

            assertEquals(1, refused.code());
            assertTrue(
                    refused.said().contains("line 1: its second factor is missing"),
                    refused.said());
        }

        @Test
        void is_refused_where_its_certificate_opens_another_account() {
            done(GOOD, here, "add", "ann", "--password-stdin");
            done("", here, "bind-cert", "ann", KEY);
            done(GOOD, there, "add", "eve", "--password-stdin");
            done("", there, "bind-cert", "eve", KEY);

            var refused = run(done("", here, "export", "--with-hashes"), there, "import");

            assertEquals(1, refused.code());
            assertTrue(refused.said().contains("opens another account"), refused.said());
        }

        @Test
        void is_refused_where_its_pepper_is_not_there() throws Exception {
            Files.writeString(dir.resolve("pepper"), "0123456789abcdef0123456789abcdef\n");
            Files.setPosixFilePermissions(
                    dir.resolve("pepper"), PosixFilePermissions.fromString("rw-------"));
            var peppered = machine("peppered", ", pepper-file = " + dir.resolve("pepper"));
            done(GOOD, peppered, "add", "ann", "--password-stdin");

            var refused = run(done("", peppered, "export", "--with-hashes"), there, "import");

            assertEquals(1, refused.code());
            assertTrue(
                    refused.said().contains("line 1: its hash was made with pepper"),
                    refused.said());
        }
    }

    @Nested
    class A_hash {

        static Stream<String> thatCostsTooMuch() {
            return Stream.of("m=10485760,t=1,p=1", "m=1048576,t=5,p=1", "m=65536,t=3,p=65")
                    .map(price -> "$argon2id$v=19$" + price + SALT_AND_HASH);
        }

        @ParameterizedTest
        @MethodSource("thatCostsTooMuch")
        void that_would_cost_too_much_is_refused_with_its_line(String hash) {
            var refused = run("bob:" + GOOD + "\n" + line("ann", hash), there, "import");

            assertEquals(1, refused.code());
            assertTrue(
                    refused.said().contains("line 2: its hash would cost too much"),
                    refused.said());
            assertEquals("", done("", there, "export"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "$2b$12$WApznUPhDubN0oeveSXHpOemXGSAE9Zgh9GkeDsMCDZbEBxbjkR9W",
                    "$argon2id$v=19$m=64,t=0,p=1" + SALT_AND_HASH,
                    "$argon2id$v=19$m=7,t=1,p=1" + SALT_AND_HASH,
                    "$argon2id$v=19$m=99999999999,t=1,p=1" + SALT_AND_HASH,
                    "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$AAAA",
                    "correct horse battery",
                    ""
                })
        void that_argon2_cannot_try_is_refused(String hash) {
            var refused = run(line("ann", hash), there, "import");

            assertEquals(1, refused.code());
            assertTrue(
                    refused.said().contains("line 1: its hash is none of Argon2"), refused.said());
        }

        @ParameterizedTest
        @ValueSource(strings = {"ARGON2i", "ARGON2d", "ARGON2id"})
        void of_another_system_opens_the_account(String type) throws Exception {
            var hash =
                    Argon2Factory.create(Argon2Types.valueOf(type))
                            .hash(2, 256, 1, GOOD.toCharArray());

            done(line("ann", hash), there, "import");

            assertTrue(opens("there", "ann", GOOD));
            assertFalse(opens("there", "ann", GOOD + "!"));
        }
    }

    private static String line(String name, String hash) {
        return "{\"name\":\"%s\",\"role\":\"member\",\"status\":\"enabled\",\"hash\":\"%s\"}\n"
                .formatted(name, hash);
    }

    @Nested
    class A_line_of_JSON {

        private static final String HASH = "$argon2id$v=19$m=64,t=1,p=1" + SALT_AND_HASH;

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{",
                    "{}",
                    "{\"name\":\"ann\"}",
                    "{\"name\":7,\"role\":\"member\",\"status\":\"enabled\",\"hash\":\"x\"}",
                    "{\"name\":\"ann\",\"role\":\"king\",\"status\":\"enabled\",\"hash\":\"x\"}",
                    "{\"name\":\"ann\",\"role\":\"member\",\"status\":\"gone\",\"hash\":\"x\"}",
                    "{\"name\":\"ann\",\"role\":\"member\",\"status\":\"enabled\",\"hash\":\"x\",\"may\":1}",
                    "{\"name\":\"ann\",\"role\":\"member\",\"status\":\"enabled\",\"hash\":\"x\",\"oneTimeUntil\":\"soon\"}",
                    "{\"name\":\"ann\",\"role\":\"member\",\"status\":\"enabled\",\"hash\":\""
                            + HASH
                            + "\",\"oneTimeUntil\":\"+1000000000-01-01T00:00:00Z\"}",
                    "{\"name\":\"ann\",\"role\":\"member\",\"status\":\"enabled\",\"hash\":\"x\",\"certificates\":[\"abc\"]}",
                    "{\"name\":\"ann\",\"role\":\"member\",\"status\":\"enabled\",\"hash\":\"x\",\"totpKey\":\"plain:1\",\"totpStep\":1}",
                    "{\"include\":\"/etc/passwd\"}",
                    "{include file(\"/etc/passwd\")}",
                    "{\"name\":${HOME}}"
                })
        void that_is_no_account_is_refused_and_not_shown(String line) {
            var refused = run(line + "\n", there, "import");

            assertEquals(1, refused.code());
            assertTrue(refused.said().contains("line 1: "), refused.said());
            assertFalse(refused.said().contains("king") || refused.said().contains("passwd"));
        }

        @Test
        void that_is_deep_or_long_costs_nothing() {
            for (var line : List.of("{\"name\":" + "[".repeat(60_000), "{" + " ".repeat(70_000))) {
                assertEquals(1, run(line, there, "import").code());
            }
        }

        @Test
        void is_checked_as_every_other() {
            done(GOOD, there, "add", "old", "--password-stdin");
            var refused =
                    run(
                            line("old", HASH)
                                    + line("ann", HASH)
                                    + "Ann:"
                                    + GOOD
                                    + "\n"
                                    + line("1", HASH),
                            there,
                            "import");

            assertEquals(1, refused.code());
            assertNotEquals("", refused.said());
            for (var told :
                    List.of(
                            "line 1: there is an account old already",
                            "line 3: Ann stands on line 2 already",
                            "line 4: an account's name",
                            "nothing was added: 3")) {
                assertTrue(refused.said().contains(told), refused.said());
            }
        }
    }
}
