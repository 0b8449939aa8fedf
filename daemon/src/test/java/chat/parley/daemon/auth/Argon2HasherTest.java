package chat.parley.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.observe.Recorded;
import chat.parley.protocol.ByteSize;
import chat.parley.protocol.Secret;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class Argon2HasherTest {

    private final Argon2Hasher hasher = hasher(64, 1, 1);

    @Nested
    class A_hash {

        @Test
        void is_argon2id_with_its_parameters_and_a_salt_of_its_own() {
            var one = hasher.hash(secret("correct horse"));
            var other = hasher.hash(secret("correct horse"));

            assertTrue(one.startsWith("$argon2id$v=19$m=64,t=1,p=1$"), one);
            assertNotEquals(one, other);
        }

        @Test
        void fits_its_password_and_no_other() {
            var hash = hasher.hash(secret("grüße 🫖"));

            assertTrue(hasher.verify(hash, secret("grüße 🫖")));
            assertFalse(hasher.verify(hash, secret("grüße")));
            assertFalse(hasher.verify(hash, secret("")));
        }

        @Test
        void fits_its_password_however_that_is_composed() {
            var hash = hasher.hash(secret("gr\u00fc\u00dfe an alle"));

            assertTrue(hasher.verify(hash, secret("gru\u0308\u00dfe\u00a0an alle")));
            assertFalse(hasher.verify(hash, secret("grusse an alle")));
        }

        @Test
        void from_before_passwords_were_prepared_fits_what_it_was_made_of() {
            // "gru" U+0308 "n", not composed, by the library itself
            var hash =
                    "$argon2id$v=19$m=64,t=1,p=1$OdYlcLgG7Z4+sjj06BQe8g"
                            + "$3OjJ9u6Jl+L21A4MDDEtOjSX88q5D5PpBivdL6rU2s8";
            assertTrue(hasher.verify(hash, secret("gru\u0308n")));
            assertFalse(hasher.verify(hash, secret("gr\u00fcn")));
        }

        @Test
        void leaves_the_password_as_it_was() {
            var password = secret("correct horse");
            hasher.hash(password);

            assertTrue(password.isWord("correct horse"));
        }

        @Test
        void made_by_the_reference_program_is_understood() {
            // src/test.c of github.com/P-H-C/phc-winner-argon2, "Argon2id test vectors"
            var hash =
                    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                            + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

            assertTrue(hasher.verify(hash, secret("password")));
            assertFalse(hasher.verify(hash, secret("passwore")));
        }

        @Test
        void that_cannot_be_read_fits_no_password() {
            for (var broken : new String[] {"", "!", "$argon2id$", "$2b$10$abc"}) {
                assertFalse(hasher.verify(broken, secret("")));
                assertTrue(hasher.isWeaker(broken));
            }
        }
    }

    @Nested
    class A_weaker_hash {

        @Test
        void has_less_memory_or_fewer_passes_or_is_another_kind() {
            var today = hasher(128, 3, 1);

            assertTrue(today.isWeaker(hasher(64, 3, 1).hash(secret("x"))));
            assertTrue(today.isWeaker(hasher(128, 2, 1).hash(secret("x"))));
            assertTrue(today.isWeaker("$argon2i$v=19$m=128,t=3,p=1$c29tZXNhbHQ$CTFhFdXPJO1"));
            assertFalse(today.isWeaker(today.hash(secret("x"))));
            assertFalse(today.isWeaker(hasher(256, 4, 2).hash(secret("x"))));
        }
    }

    @Nested
    class A_stand_in {

        @Test
        void has_the_price_of_what_it_stands_for_and_fits_nothing() {
            var stored = hasher(128, 2, 1).hash(secret("x"));

            var standIn = hasher.standInFor(stored);

            assertEquals(Phc.parse(stored), Phc.parse(standIn));
            assertFalse(hasher.verify(standIn, secret("x")));
            assertFalse(hasher.verify(hasher.standIn(), secret("")));
            assertTrue(hasher.standIn().startsWith("$argon2id$v=19$m=64,t=1,p=1$"));
        }
    }

    @Test
    void the_measured_price_is_said_and_so_is_a_weak_one() {
        try (var recorded = new Recorded()) {
            hasher.measure();

            assertTrue(recorded.text().contains("price of a password ms="), recorded.text());
            assertTrue(recorded.text().contains("weaker than what is recommended"));
        }
    }

    private static Argon2Hasher hasher(int kibibytes, int passes, int lanes) {
        return new Argon2Hasher(new DaemonConfig.Argon2(ByteSize.ofKiB(kibibytes), passes, lanes));
    }

    private static Secret secret(String text) {
        return new Secret(text.toCharArray());
    }
}
