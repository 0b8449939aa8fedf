package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {

    @Nested
    class A_nick {

        @ParameterizedTest
        @ValueSource(strings = {"a", "Ann", "a-1", "_a", "[a]", "x`y", "a{b}|^\\"})
        void may_be(String text) {
            assertEquals(text, Name.Nick.of(text).orElseThrow().text());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "1a",
                    "-a",
                    "a b",
                    "a!b",
                    "a@b",
                    "a.b",
                    "#a",
                    ":a",
                    "a,b",
                    "a*",
                    "a\r",
                    "a\0",
                    "~a",
                    "Änn",
                    "ChɑnServ",
                    "аnn",
                    "a\u200b"
                })
        void may_not_be(String text) {
            assertEquals(Optional.empty(), Name.Nick.of(text));
        }

        @Test
        void is_at_most_so_long() {
            assertEquals(32, Name.Nick.of("a".repeat(32)).orElseThrow().text().length());
            assertEquals(Optional.empty(), Name.Nick.of("a".repeat(33)));
        }

        @Test
        void is_the_same_in_any_case_of_ASCII_and_no_further() {
            assertEquals(Name.Nick.of("Ann"), Name.Nick.of("aNN"));
            assertNotEquals(Name.Nick.of("a[b]"), Name.Nick.of("a{b}")); // not rfc1459
        }

        @Test
        void cannot_be_made_with_another_folding() {
            assertThrows(IllegalArgumentException.class, () -> new Name.Nick("Ann", "bob"));
        }
    }

    @Nested
    class A_channel {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "#a",
                    "##",
                    "#tea-time",
                    "#Küche",
                    "#茶",
                    "#a:b",
                    "#☕",
                    "#чай",
                    "#お茶",
                    "#1",
                    "#차"
                })
        void may_be(String text) {
            assertEquals(text, Name.Channel.of(text).orElseThrow().text());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "#",
                    "a",
                    "&a",
                    "#a b",
                    "#a,b",
                    "#a\r",
                    "#a\0",
                    "#a\7",
                    "#a*",
                    "#a?",
                    "#a\u200b",
                    "#a\u00a0b",
                    "#a\u202eb",
                    "#a\u2028",
                    "#\ue000",
                    "#a\ud800"
                })
        void may_not_be(String text) {
            assertEquals(Optional.empty(), Name.Channel.of(text));
        }

        /// Unicode TS 39: in the first the e is Cyrillic, the second is wholly so, the third is in
        /// full width.
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "#t\u0435a",
                    "#\u0441\u043e\u0441\u043e",
                    "#\uff54\uff45\uff41",
                    "#\u03bf\u03bd"
                })
        void may_not_look_like_another_one(String text) {
            assertEquals(Optional.empty(), Name.Channel.of(text));
        }

        @Test
        void is_at_most_so_many_bytes() {
            assertEquals(
                    "#" + "ü".repeat(31),
                    Name.Channel.of("#" + "ü".repeat(31)).orElseThrow().text());
            assertEquals(Optional.empty(), Name.Channel.of("#" + "ü".repeat(32)));
            assertEquals(Optional.empty(), Name.Channel.of("#" + "a".repeat(64)));
        }

        @Test
        void is_the_same_however_its_characters_are_put_together() {
            assertEquals(Name.Channel.of("#caf\u00e9"), Name.Channel.of("#cafe\u0301"));
        }

        @Test
        void is_the_same_in_any_case_of_ASCII() {
            assertEquals(Name.Channel.of("#TEA"), Name.Channel.of("#tea"));
        }

        @Test
        void stays_a_channel_when_it_is_normalised_again() {
            var name = Name.Channel.of("#\u1100\u1161\u11a8").orElseThrow();

            assertEquals(name, Name.Channel.of(name.text()).orElseThrow());
        }
    }
}
