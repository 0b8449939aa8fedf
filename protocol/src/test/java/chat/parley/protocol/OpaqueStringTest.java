package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 8265, 4.2; the examples are those of its 4.3.
class OpaqueStringTest {

    private static final String REFUSED = "(refused)";

    @Test
    void the_examples_of_the_specification_come_out_as_it_says() {
        assertEquals("correct horse battery staple", prepared("correct horse battery staple"));
        assertEquals("Correct Horse Battery Staple", prepared("Correct Horse Battery Staple"));
        assertEquals("πßå", prepared("πßå"));
        assertEquals("Jack of ♦s", prepared("Jack of ♦s"));
        assertEquals("foo bar", prepared("foo\u1680bar"));
        assertEquals(REFUSED, prepared(""));
        assertEquals(REFUSED, prepared("my cat is a \tby"));
    }

    @Test
    void one_password_is_the_same_however_it_was_composed() {
        assertEquals("gr\u00fc\u00dfe", prepared("gru\u0308\u00dfe"));
        assertEquals("\uac01", prepared("\u1100\u1161\u11a8"));
        assertEquals("q\u0323\u0307", prepared("q\u0307\u0323"));
        assertEquals("a b", prepared("a\u00a0b"));
        assertEquals("a b", prepared("a\u3000b"));
        assertEquals("\u03a9", prepared("\u2126"));
    }

    @Test
    void case_and_width_are_kept() {
        assertEquals("Pass \uff21", prepared("Pass \uff21"));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x09, 0x7F, 0x85, 0xAD, 0x34F, 0x378, 0x640, 0x1160, 0x17B4, 0x180B, 0x200B,
                0x200D, 0x202E, 0x2028, 0x2060, 0x3164, 0xD800, 0xE000, 0xFE0F, 0xFEFF, 0xFFA0,
                0xFFFE, 0xE0001, 0xE0100, 0x10FFFF
            })
    void what_nobody_sees_or_nobody_has_assigned_is_refused(int c) {
        assertEquals(REFUSED, prepared("good" + Character.toString(c) + "password"));
    }

    @Test
    void characters_with_a_rule_of_their_own_stand_where_they_may() {
        assertEquals("col·lega", prepared("col·lega"));
        assertEquals(REFUSED, prepared("a·b"));
        assertEquals("א׳", prepared("א׳"));
        assertEquals(REFUSED, prepared("a׳"));
        assertEquals("・ア", prepared("・ア"));
        assertEquals(REFUSED, prepared("a・b"));
        assertEquals("\u0661\u0662", prepared("\u0661\u0662"));
        assertEquals(REFUSED, prepared("\u0661\u06f2"));
        assertEquals("\u0375α", prepared("\u0375α"));
    }

    @Test
    void taking_it_apart_gives_what_normalising_the_whole_gives() {
        var random = new Random(8265);
        for (var round = 0; round < 200_000; round++) {
            var text = new StringBuilder();
            for (var i = 0; i < 4; i++) {
                var c =
                        switch (random.nextInt(4)) {
                            case 0 -> 0x20 + random.nextInt(0x60);
                            case 1 -> 0x300 + random.nextInt(0x70);
                            case 2 -> 0x1100 + random.nextInt(0x100);
                            default -> random.nextInt(0x1E000);
                        };
                if (Character.isDefined(c) && Character.getType(c) != Character.SURROGATE) {
                    text.appendCodePoint(c);
                }
            }
            var found = prepared(text.toString());
            if (!found.equals(REFUSED)) {
                var whole = Normalizer.normalize(text, Normalizer.Form.NFC);
                var spaces = whole.replaceAll("\\p{Zs}", " ");
                assertEquals(spaces, found, () -> text.codePoints().boxed().toList().toString());
            }
        }
    }

    /// Each single character behind each kind of beginning: nothing composes over a cut.
    @Test
    void no_character_composes_with_what_it_was_cut_off_from() {
        for (var c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (!Character.isDefined(c) || Character.getType(c) == Character.SURROGATE) {
                continue;
            }
            var text = "a" + Character.toString(c);
            var found = prepared(text);
            if (!found.equals(REFUSED) && Character.getType(c) != Character.SPACE_SEPARATOR) {
                assertEquals(Normalizer.normalize(text, Normalizer.Form.NFC), found);
            }
        }
    }

    @Test
    void doing_it_again_changes_nothing() {
        for (var text : new String[] {"gru\u0308\u00dfe", "foo\u1680bar", "\u1100\u1161\u11a8"}) {
            assertEquals(prepared(text), prepared(prepared(text)));
        }
    }

    @Test
    void the_callers_own_is_left_alone() {
        var password = new Secret("gru\u0308n".toCharArray());
        OpaqueString.of(password).orElseThrow().close();
        assertTrue(password.isWord("gru\u0308n"));
    }

    private static String prepared(String text) {
        return OpaqueString.of(new Secret(text.toCharArray()))
                .map(secret -> new String(secret.reveal()))
                .orElse(REFUSED);
    }
}
