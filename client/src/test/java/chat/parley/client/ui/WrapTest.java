package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WrapTest {

    private static final String WHO = "12:00 bob  ";

    private static String wrapped(int width, String text) {
        return wrapped(width, text, Wrap.LongWord.WHOLE);
    }

    private static String wrapped(int width, String text, Wrap.LongWord longWord) {
        return Wrap.rows(
                        new Printed(new AttributedString(WHO + text), WHO.length()),
                        width,
                        longWord)
                .stream()
                .map(AttributedString::toString)
                .collect(Collectors.joining("\n"));
    }

    @Nested
    class A_line_that_is_wider_than_the_terminal {

        @Test
        void goes_on_under_its_text() {
            assertEquals(
                    """
                    12:00 bob  milk and bread
                               and honey, if
                               there is any\
                    """,
                    wrapped(26, "milk and bread and honey, if there is any"));
        }

        @Test
        void is_not_broken_where_it_just_fits() {
            assertEquals(WHO + "milk", wrapped(WHO.length() + 4, "milk"));
        }

        @Test
        void leaves_a_link_whole_so_that_it_can_be_copied() {
            var link = "https://example.org/a/very/long/path";

            assertEquals(
                    WHO + "see\n" + " ".repeat(11) + link + "\n" + " ".repeat(11) + "there",
                    wrapped(26, "see " + link + " there"));
        }

        @Test
        void is_cut_where_a_row_must_not_be_wider() {
            assertEquals(
                    """
                    12:00 bob  aaaaaaaaaaaaaaa
                               aaaaaa b\
                    """,
                    wrapped(26, "a".repeat(21) + " b", Wrap.LongWord.CUT));
        }

        @Test
        void keeps_lines_of_its_own() {
            assertEquals(WHO + "one\n\n           two", wrapped(40, "one\n\ntwo"));
        }

        @Test
        void keeps_room_for_its_text_however_long_the_name_is() {
            var name = "12:00 " + "n".repeat(30) + "  ";
            var rows =
                    Wrap.rows(
                            new Printed(
                                    new AttributedString(name + "milk and bread"), name.length()),
                            20,
                            Wrap.LongWord.CUT);

            assertTrue(rows.stream().allMatch(row -> row.columnLength() <= 20), rows::toString);
            assertTrue(rows.toString().contains("and bread"), rows::toString);
        }
    }

    @Nested
    class Width {

        @Test
        void of_ideographs_is_two_and_a_row_may_end_between_them() {
            assertEquals(WHO + "你好世界你好世\n" + " ".repeat(11) + "界你好", wrapped(26, "你好世界你好世界你好"));
        }

        @Test
        void of_an_emoji_of_several_is_two_and_it_is_never_broken() {
            var family = "👩‍👩‍👧";
            assertEquals(
                    WHO + family.repeat(7) + "\n" + " ".repeat(11) + family,
                    wrapped(26, family.repeat(8), Wrap.LongWord.CUT));
            assertEquals(
                    WHO + "❤️".repeat(7) + "\n" + " ".repeat(11) + "❤️",
                    wrapped(26, "❤️".repeat(8), Wrap.LongWord.CUT));
        }

        @Test
        void of_an_accent_is_none_and_it_stays_with_its_letter() {
            assertEquals(
                    WHO + "e\u0301".repeat(15) + "\n" + " ".repeat(11) + "e\u0301",
                    wrapped(26, "e\u0301".repeat(16), Wrap.LongWord.CUT));
        }
    }

    @Nested
    class Any_text {

        @Test
        void is_within_its_width_and_loses_nothing_but_spaces() {
            var letters = new String[] {"a", " ", "你", "👩‍👩‍👧", "e\u0301", "❤️", "\n", "-", "한"};
            for (var seed = 0; seed < 500; seed++) {
                var random = new Random(seed);
                var text = new StringBuilder();
                for (var i = random.nextInt(80); i > 0; i--) {
                    text.append(letters[random.nextInt(letters.length)]);
                }
                var printed = new Printed(new AttributedString(WHO + text), WHO.length());
                var width = 14 + random.nextInt(40);
                var rows = Wrap.rows(printed, width, Wrap.LongWord.CUT);
                var because = "seed " + seed + ": " + rows;

                assertTrue(rows.stream().allMatch(row -> row.columnLength() <= width), because);
                assertEquals(
                        (WHO + text).replaceAll("\\s", ""),
                        rows.stream()
                                .map(AttributedString::toString)
                                .collect(Collectors.joining())
                                .replaceAll("\\s", ""),
                        because);
            }
        }
    }
}
