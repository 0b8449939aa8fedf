package chat.parley.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.PasswordAndCode;
import chat.parley.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    private static final byte[] KEY = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @Nested
    class A_code {

        /// RFC 6238, appendix B, has eight digits; six are the last six of them.
        @ParameterizedTest
        @CsvSource({
            "59, 94287082",
            "1111111109, 07081804",
            "1111111111, 14050471",
            "1234567890, 89005924",
            "2000000000, 69279037",
            "20000000000, 65353130"
        })
        void is_that_of_the_test_vectors(long seconds, String eight) {
            var clock = Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
            assertEquals(eight.substring(2), new String(Totp.code(KEY, Totp.step(clock))));
        }

        /// RFC 4226, appendix D.
        @ParameterizedTest
        @CsvSource({"0, 755224", "1, 287082", "2, 359152", "3, 969429", "4, 338314"})
        void is_that_of_HOTP_for_the_number_of_the_step(long step, String code) {
            assertEquals(code, new String(Totp.code(KEY, step)));
        }

        @ParameterizedTest
        @CsvSource({"98, false", "99, true", "100, true", "101, true", "102, false"})
        void is_taken_one_step_early_and_one_late(long step, boolean taken) {
            try (var code = new Secret(Totp.code(KEY, step))) {
                assertEquals(
                        taken ? OptionalLong.of(step) : OptionalLong.empty(),
                        Totp.match(KEY, code, 100));
            }
        }

        @Test
        void that_is_none_matches_nothing() {
            for (var given : new String[] {"", "1", "00000", "0000000"}) {
                try (var code = new Secret(given.toCharArray())) {
                    assertEquals(OptionalLong.empty(), Totp.match(KEY, code, 100));
                }
            }
        }
    }

    @Nested
    class A_key {

        @Test
        void has_160_bits_and_comes_back_from_its_text() {
            try (var key = TotpKey.make(new SecureRandom());
                    var again = TotpKey.of(key.base32())) {
                assertEquals(20, key.bytes().length);
                assertEquals(32, key.base32().length());
                assertArrayEquals(key.bytes(), again.bytes());
                assertEquals("TotpKey[hidden]", key.toString());
            }
        }

        @Test
        void is_told_as_apps_take_it() {
            try (var key = TotpKey.of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")) {
                assertArrayEquals(KEY, key.bytes());
                assertEquals(
                        "otpauth://totp/A%3AB%26C:ann?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=A%3AB%26C",
                        key.uri("A:B&C", "ann"));
            }
        }

        /// RFC 4648, section 10, without the padding.
        @ParameterizedTest
        @CsvSource({
            "f, MY",
            "fo, MZXQ",
            "foo, MZXW6",
            "foob, MZXW6YQ",
            "fooba, MZXW6YTB",
            "foobar, MZXW6YTBOI"
        })
        void is_written_in_base32(String text, String encoded) {
            var bytes = text.getBytes(StandardCharsets.US_ASCII);
            assertEquals(encoded, Base32.encode(bytes));
            assertArrayEquals(bytes, Base32.decode(encoded));
            assertThrows(IllegalArgumentException.class, () -> Base32.decode("a1"));
        }

        @Test
        void is_wiped() {
            var key = TotpKey.make(new SecureRandom());
            key.close();
            assertArrayEquals(new byte[20], key.bytes());
        }
    }

    @Nested
    class Recovery_codes {

        @Test
        void are_ten_different_ones_of_the_shape_that_is_looked_for() {
            var codes = RecoveryCode.make(new SecureRandom());
            assertEquals(10, Set.copyOf(codes).size());
            for (var code : codes) {
                assertTrue(code.matches("[a-z2-7]{5}-[a-z2-7]{5}"), code);
                try (var given =
                                new Secret(
                                        ("secret" + code.toUpperCase(Locale.ROOT)).toCharArray());
                        var parts = PasswordAndCode.split(given)) {
                    assertEquals(PasswordAndCode.Kind.RECOVERY, parts.kind());
                    assertEquals(code, new String(parts.code().reveal()));
                }
            }
        }

        @Test
        void are_kept_under_the_accounts_own_key() {
            try (var one = TotpKey.make(new SecureRandom());
                    var other = TotpKey.make(new SecureRandom())) {
                var codes = RecoveryCode.make(new SecureRandom());
                assertEquals(RecoveryCode.hashes(one, codes), RecoveryCode.hashes(one, codes));
                var ofOther = Set.copyOf(RecoveryCode.hashes(other, codes));
                assertTrue(RecoveryCode.hashes(one, codes).stream().noneMatch(ofOther::contains));
            }
        }
    }
}
