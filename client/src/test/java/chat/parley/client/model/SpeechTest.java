package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SpeechTest {

    @Nested
    class A_text_that_is_too_long {

        @Test
        void is_cut_between_words() {
            assertEquals(
                    List.of("one two", "three", "four"), Speech.pieces("one two three four", 9));
        }

        @Test
        void is_cut_inside_a_word_that_is_longer_than_a_line_but_never_inside_a_character() {
            assertEquals(List.of("ää", "ää", "🍎", "🍎"), Speech.pieces("ääää🍎🍎", 5));
        }

        @Test
        void loses_nothing_but_spaces_at_the_cuts() {
            var random = new Random(7);
            for (var round = 0; round < 500; round++) {
                var text = new StringBuilder();
                for (var i = random.nextInt(200); i > 0; i--) {
                    text.append(List.of("a", " ", "ö", "€", "🍎").get(random.nextInt(5)));
                }
                var limit = 4 + random.nextInt(40);
                var pieces = Speech.pieces(text.toString(), limit);

                assertEquals(
                        text.toString().replace(" ", ""),
                        String.join("", pieces).replace(" ", ""),
                        "round " + round);
                for (var piece : pieces) {
                    assertTrue(piece.getBytes(StandardCharsets.UTF_8).length <= limit, piece);
                }
            }
        }
    }

    @Nested
    class A_text_that_fits {

        @Test
        void is_left_as_it_is() {
            assertEquals(List.of("  milk?  "), Speech.pieces("  milk?  ", 9));
        }
    }
}
