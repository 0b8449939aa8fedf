package chat.parley.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.observe.Recorded;
import chat.parley.daemon.store.Account;
import chat.parley.protocol.ByteSize;
import chat.parley.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PepperTest {

    private final Argon2Hasher peppered = hasher(Optional.of(pepper(0)));
    private final Argon2Hasher other = hasher(Optional.of(pepper(1)));
    private final Argon2Hasher plain = hasher(Optional.empty());

    @Test
    void a_password_is_keyed_by_HMAC_SHA_256_of_its_UTF_8() {
        // by Python: hmac.new(bytes(range(32)), "…".encode(), "sha256"),
        // hashlib.sha256(bytes(range(32)))
        var keyed = pepper(0).keyed("gr\u00fc\u00dfe \ud83e\uded6".toCharArray());

        assertEquals(
                "m2UmbKwQlwINA0xpoHzJnchfq8nMIlZmudx0CtMeYXg",
                new String(keyed, StandardCharsets.US_ASCII));
        assertEquals("630dcd29", pepper(0).name());
    }

    @Nested
    class A_peppered_hash {

        private final String hash = peppered.hash(secret("gr\u00fc\u00dfe an alle"));

        @Test
        void says_so_and_names_the_pepper() {
            assertTrue(hash.startsWith("pepper$630dcd29$argon2id$v=19$m=64,t=1,p=1$"), hash);
        }

        @Test
        void fits_its_password_however_that_is_composed_and_no_other() {
            assertTrue(peppered.verify(hash, secret("gr\u00fc\u00dfe an alle")));
            assertTrue(peppered.verify(hash, secret("gru\u0308\u00dfe\u00a0an alle")));
            assertFalse(peppered.verify(hash, secret("gr\u00fc\u00dfe an allen")));
            assertFalse(peppered.verify(hash, secret("")));
        }

        @Test
        void cannot_be_tried_without_its_pepper() {
            var stripped = StoredHash.of(hash).phc();
            var renamed = new StoredHash(Optional.of(pepper(1).name()), stripped).text();

            assertFalse(plain.verify(stripped, secret("gr\u00fc\u00dfe an alle")));
            assertFalse(other.verify(renamed, secret("gr\u00fc\u00dfe an alle")));
        }

        @Test
        void of_another_pepper_fits_nothing_and_the_log_says_why_but_not_the_hash() {
            try (var recorded = new Recorded()) {
                assertFalse(other.verify(hash, secret("gr\u00fc\u00dfe an alle")));
                assertFalse(plain.verify(hash, secret("gr\u00fc\u00dfe an alle")));

                var log = recorded.text();
                assertTrue(
                        log.contains("a stored hash was made with another pepper pepper=630dcd29"),
                        log);
                assertFalse(log.contains("argon2id"), log);
            }
        }

        @Test
        void leaves_the_password_as_it_was() {
            var password = secret("correct horse");
            peppered.verify(peppered.hash(password), password);

            assertTrue(password.isWord("correct horse"));
        }

        @Test
        void is_not_shown_by_accident() {
            assertEquals("StoredHash[hidden]", StoredHash.of(hash).toString());
            assertEquals("Pepper[630dcd29]", pepper(0).toString());
        }
    }

    @Nested
    class A_hash_from_before {

        private final String hash = plain.hash(secret("correct horse"));

        @Test
        void still_fits_and_is_weaker() {
            assertTrue(peppered.verify(hash, secret("correct horse")));
            assertFalse(peppered.verify(hash, secret("correct house")));
            assertTrue(peppered.isWeaker(hash));
            assertFalse(peppered.isWeaker(peppered.hash(secret("correct horse"))));
            assertFalse(plain.isWeaker(hash));
        }

        @Test
        void hinders_no_start_with_a_pepper_or_without() {
            assertDoesNotThrow(() -> peppered.requirePepperOf(List.of(account("ann", hash))));
            assertDoesNotThrow(() -> plain.requirePepperOf(List.of(account("ann", hash))));
        }
    }

    @Nested
    class A_stand_in {

        @Test
        void is_as_much_work_as_what_it_stands_for() {
            var stored = peppered.hash(secret("x"));
            var before = plain.hash(secret("x"));

            assertEquals(upToTheSalt(stored), upToTheSalt(peppered.standInFor(stored)));
            assertEquals(upToTheSalt(before), upToTheSalt(peppered.standInFor(before)));
            assertEquals(upToTheSalt(stored), upToTheSalt(peppered.standIn()));
            assertEquals(upToTheSalt(before), upToTheSalt(plain.standInFor(stored)));
            assertFalse(peppered.verify(peppered.standIn(), secret("x")));
            assertFalse(peppered.verify(peppered.standInFor(stored), secret("x")));
        }

        private static String upToTheSalt(String hash) {
            return hash.substring(0, hash.indexOf("p=1$"));
        }
    }

    @Nested
    class Accounts_of_another_pepper {

        @Test
        void are_told_with_what_to_do() {
            var hash = peppered.hash(secret("x"));
            var all = IntStream.range(0, 7).mapToObj(i -> account("user" + i, hash)).toList();
            assertDoesNotThrow(() -> peppered.requirePepperOf(all));

            for (var hasher : List.of(plain, other)) {
                var told =
                        assertThrows(ConfigProblem.class, () -> hasher.requirePepperOf(all))
                                .toString();
                assertTrue(told.contains("auth.pepper-file: "), told);
                assertTrue(told.contains("hashed with pepper 630dcd29, and "), told);
                assertTrue(told.contains("user0, user1, user2, user3, user4 and 2 more"), told);
                assertTrue(
                        told.contains("whose sha256sum begins with 630dcd29; if it is lost"), told);
                assertTrue(told.contains("parley-user passwd"), told);
                assertFalse(told.contains("argon2id"), told);
            }
        }
    }

    @Nested
    class Its_file {

        @TempDir Path dir;

        @Test
        void has_32_to_256_bytes() throws Exception {
            for (var size : new int[] {32, 33, 256}) {
                assertEquals(size, PepperFile.read(file(size, "rw-------"), data()).length);
            }
            for (var size : new int[] {0, 31, 257}) {
                var told = refusal(file(size, "rw-------"));
                assertTrue(
                        told.contains("has %d bytes, and a pepper has 32 to 256".formatted(size)),
                        told);
                assertTrue(told.contains("head -c 32 /dev/urandom > "), told);
            }
        }

        @Test
        void is_nobody_elses_to_read_or_write() throws Exception {
            assertEquals(32, PepperFile.read(file(32, "r--------"), data()).length);
            for (var mode : List.of("rw-r-----", "rw-----w-", "rw----r--", "r--r--r--")) {
                var file = file(32, mode);
                var told = refusal(file);
                assertTrue(told.contains("others may read or write it (" + mode + ")"), told);
                assertTrue(told.contains("hint: chmod 600 " + file), told);
            }
        }

        @Test
        void is_there_and_not_beside_the_database() throws Exception {
            assertTrue(refusal(dir.resolve("none")).contains("is no file"));
            var file = file(32, "rw-------");
            Files.createDirectories(data());
            Files.createSymbolicLink(dir.resolve("link"), data());
            Files.move(file, data().resolve("pepper"));

            assertTrue(refusal(dir.resolve("link/pepper")).contains("is in data-dir"));
        }

        private Path data() {
            return dir.resolve("data");
        }

        private String refusal(Path file) {
            var told =
                    assertThrows(ConfigProblem.class, () -> PepperFile.read(file, data()))
                            .toString();
            assertTrue(told.contains("auth.pepper-file: " + file), told);
            return told;
        }

        private Path file(int size, String mode) throws Exception {
            var file = dir.resolve("pepper");
            Files.deleteIfExists(file);
            Files.write(file, new byte[size]);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        }
    }

    private static Account account(String name, String hash) {
        return new Account(
                name,
                hash,
                Account.Role.MEMBER,
                Account.Status.ENABLED,
                Instant.EPOCH,
                Optional.empty(),
                1);
    }

    private static Argon2Hasher hasher(Optional<Pepper> pepper) {
        return new Argon2Hasher(new DaemonConfig.Argon2(ByteSize.ofKiB(64), 1, 1), pepper);
    }

    private static Pepper pepper(int from) {
        var key = new byte[32];
        for (var i = 0; i < key.length; i++) {
            key[i] = (byte) (from + i);
        }
        return new Pepper(key);
    }

    private static Secret secret(String text) {
        return new Secret(text.toCharArray());
    }
}
