package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.JsonLine;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No byte from the network does anything to a terminal.
class TerminalSafetyTest {

    private static final Pattern OUR_SGR = Pattern.compile("\u001B\\[[0349]m|\u001B\\[1m");

    @Nested
    class A_hostile_text {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\u001b]52;c;ZWNobyBwd25lZA==\u0007", // fills the clipboard
                    "\u001b]0;root@host\u0007", // sets the title
                    "\u001b[2J\u001b[H", // clears the screen
                    "\u001b[1A\u001b[2K", // goes up and erases
                    "\u009b31m", // an 8-bit CSI
                    "\u009d0;title\u009c", // an 8-bit OSC
                    "\u0090q\u009c", // an 8-bit DCS
                    "\u001bP+q544e\u001b\\", // asks the terminal to type
                    "\u001b[6n", // asks where the cursor is
                    "a\rb", // overwrites the line
                    "a\bb",
                    "a\u007fb",
                    "a\u0000b",
                    "\u000e\u000f", // another character set
                    "a\nb",
                    "a\u0085b",
                    "a\u2028b",
                    "\ud800", // half a character
                    "\udc00\ud800",
                    "\u202eevil\u202c",
                    "\u2066isolated\u2069",
                    "\u200e\u200f\u061c",
                    "\u200b\u2060\ufeff\u00ad",
                    "\udb40\udc41\udb40\udc7f", // tags
                    "\ufff9\ufffb",
                    "\uffff\ufdd0",
                })
        void does_nothing(String hostile) {
            assertHarmless(TerminalText.plain(hostile));
            assertHarmless(TerminalText.name(hostile));
            assertHarmless(withoutOurs(TerminalText.styled(hostile)));
            assertHarmless(new JsonLine().with("text", hostile + "x").toString());
        }

        @Test
        void of_any_characters_at_all_does_nothing() {
            var random = new Random(11);
            for (var round = 0; round < 5_000; round++) {
                var text = new StringBuilder();
                for (var i = random.nextInt(40); i > 0; i--) {
                    text.append((char) random.nextInt(random.nextBoolean() ? 0x100 : 0x10000));
                }
                var hostile = text.toString();
                assertHarmless(TerminalText.plain(hostile));
                assertHarmless(TerminalText.name(hostile));
                assertHarmless(withoutOurs(TerminalText.styled(hostile)));
                assertHarmless(new JsonLine().with("text", hostile).toString());
            }
        }

        @Test
        void is_shown_for_what_it_is() {
            assertEquals("␛[31mred␇", TerminalText.plain("\u001b[31mred\u0007"));
            assertEquals("�31m", TerminalText.plain("\u009b31m"));
        }

        @Test
        void cannot_pile_up_accents() {
            var pile = "Z" + "\u0301".repeat(50);

            assertEquals("Z" + "\u0301".repeat(4), TerminalText.plain(pile));
        }
    }

    @Nested
    class An_ordinary_text {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "milk?",
                    "Grüße, Æsir, ñandú",
                    "Привет 你好 こんにちは 안녕",
                    "שלום عليكم",
                    "می‌خواهم", // with a non-joiner, which Persian needs
                    "👩‍👩‍👧 🍎 ❤️", // with joiners and a variation selector
                    "e\u0301",
                    "a\\b \"c\" 'd' <e> & $(f) `g`",
                })
        void stays_as_it_is(String text) {
            assertEquals(text, TerminalText.plain(text));
            assertEquals(text, TerminalText.styled(text));
        }
    }

    @Nested
    class Formatting {

        @Test
        void bold_italic_underline_and_strike_become_ours_and_end_with_the_text() {
            assertEquals("a \u001B[1mb\u001B[0m c", TerminalText.styled("a \u0002b\u0002 c"));
            assertEquals("\u001B[3mb\u001B[0m", TerminalText.styled("\u001Db"));
            assertEquals(
                    "\u001B[4ma\u001B[0m\u001B[4m\u001B[9mb\u001B[0mc",
                    TerminalText.styled("\u001Fa\u001Eb\u000Fc"));
        }

        @Test
        void colours_go_with_their_numbers() {
            assertEquals("red, 3 apples", TerminalText.styled("\u00034,1red\u0003, 3 apples"));
            assertEquals("red", TerminalText.styled("\u0004FF0000red"));
            assertEquals(",1", TerminalText.plain("\u0003,1"));
        }

        @Test
        void of_all_kinds_goes_where_there_is_no_colour() {
            assertEquals(
                    "abcdef", TerminalText.plain("\u0002a\u001Db\u001Fc\u00034d\u0016e\u0011f"));
        }
    }

    @Nested
    class A_name {

        @Test
        void cannot_look_like_another_by_what_is_not_seen() {
            assertEquals("ann", TerminalText.name("a\u200bn\u200dn\u0301\u2060"));
            assertEquals("ann", TerminalText.name("an\ufe0fn\ufe00"));
        }
    }

    private static String withoutOurs(String text) {
        return OUR_SGR.matcher(text).replaceAll("");
    }

    private static void assertHarmless(String text) {
        text.codePoints()
                .forEach(c -> {
                    var type = Character.getType(c);
                    assertFalse(Character.isISOControl(c), () -> "control in " + hex(text));
                    assertTrue(
                            type != Character.SURROGATE
                                    && type != Character.LINE_SEPARATOR
                                    && type != Character.PARAGRAPH_SEPARATOR,
                            () -> "not text in " + hex(text));
                    assertFalse(isDirection(c), () -> "direction in " + hex(text));
                });
    }

    private static boolean isDirection(int c) {
        return (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x200E
                || c == 0x200F
                || c == 0x061C;
    }

    private static String hex(String text) {
        var out = new StringBuilder();
        text.chars().forEach(c -> out.append(Integer.toHexString(c)).append(' '));
        return out.toString();
    }
}
