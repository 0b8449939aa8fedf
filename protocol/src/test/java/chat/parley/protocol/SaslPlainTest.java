package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaslPlainTest {

    private static Secret secret(String text) {
        return new Secret(text.toCharArray());
    }

    /// `account|password` as decoded, or nothing.
    private static Optional<String> decoded(Secret joined) {
        return SaslPlain.decode(joined)
                .map(c -> c.account() + "|" + new String(c.password().reveal()));
    }

    private static Optional<String> decoded(String plain) {
        return decoded(
                secret(Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8))));
    }

    private static Secret joined(List<byte[]> chunks) {
        var parts = new ArrayList<Secret>();
        for (var chunk : chunks) {
            var text = new String(chunk, StandardCharsets.US_ASCII);
            if (!text.equals("+")) {
                parts.add(secret(text));
            }
        }
        return Secret.join(parts);
    }

    @Nested
    class Decoded {

        @Test
        void has_account_and_password() {
            assertEquals(Optional.of("ann|milk"), decoded("\0ann\0milk"));
        }

        @Test
        void may_say_again_who_it_is() {
            assertEquals(Optional.of("ann|milk"), decoded("ANN\0ann\0milk"));
        }

        @Test
        void may_not_be_somebody_else() {
            assertEquals(Optional.empty(), decoded("bob\0ann\0milk"));
        }

        @Test
        void may_have_spaces_colons_and_any_character_in_the_password() {
            assertEquals(Optional.of("ann|: a:b  ü🍵 "), decoded("\0ann\0: a:b  ü🍵 "));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "ann", "\0ann", "\0ann\0milk\0", "\0ann\0mi\0lk"})
        void is_nothing_when_its_parts_are_not_three(String plain) {
            assertEquals(Optional.empty(), decoded(plain));
        }

        @ParameterizedTest
        @ValueSource(strings = {"*", "====", "AGFubgBtaWxr!", "ü", "AGFubgBtaWxr AGFub", "A"})
        void is_nothing_when_it_is_not_base64(String text) {
            assertEquals(Optional.empty(), decoded(secret(text)));
        }

        @Test
        void is_nothing_when_it_is_not_UTF_8() {
            var plain = new byte[] {0, 'a', 0, (byte) 0xff};

            assertEquals(
                    Optional.empty(), decoded(secret(Base64.getEncoder().encodeToString(plain))));
        }

        @Test
        void wipes_what_it_was_given_well_formed_or_not() {
            for (var text : List.of("AGFubgBtaWxr", "no base64", "AAAA")) {
                var given = secret(text);
                SaslPlain.decode(given);
                assertEquals("\0".repeat(text.length()), new String(given.reveal()));
            }
        }
    }

    @Nested
    class Chunks {

        @Test
        void come_back_as_what_they_were_made_of_for_every_length() {
            for (var length = 1; length <= 1300; length++) {
                var password = "p".repeat(length);
                assertEquals(
                        Optional.of("ann|" + password),
                        decoded(joined(SaslPlain.chunks("ann", secret(password)))),
                        "length " + length);
            }
        }

        @Test
        void of_a_password_of_592_bytes_are_two_full_ones_and_an_end() {
            // 592 + 3 + 2 = 597 bytes, 796 of base64; 600 bytes are 800, which is two full chunks
            assertEquals(
                    List.of(400, 396), lengths(SaslPlain.chunks("ann", secret("p".repeat(592)))));
            assertEquals(
                    List.of(400, 400, 1),
                    lengths(SaslPlain.chunks("ann", secret("p".repeat(595)))));
        }

        @Test
        void of_exactly_400_are_followed_by_an_end() {
            assertEquals(
                    List.of(400, 1), lengths(SaslPlain.chunks("ann", secret("p".repeat(295)))));
        }

        @Test
        void leave_the_password_to_its_owner() {
            var password = secret("milk");
            SaslPlain.chunks("ann", password);

            assertEquals("milk", new String(password.reveal()));
        }

        private static List<Integer> lengths(List<byte[]> chunks) {
            var last = chunks.getLast();
            assertTrue(last.length < SaslPlain.CHUNK || Arrays.equals(last, new byte[] {'+'}));
            return chunks.stream().map(chunk -> chunk.length).toList();
        }
    }
}
