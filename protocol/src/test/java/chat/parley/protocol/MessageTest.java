package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {

    private static void refused(Runnable making) {
        assertThrows(IllegalArgumentException.class, making::run);
    }

    private static Message tagged(Map<String, String> tags) {
        return new Message(new LinkedHashMap<>(tags), null, "PING", List.of());
    }

    @Nested
    class Cannot_be_made {

        @ParameterizedTest
        @ValueSource(strings = {"\r", "\n", "\0", "a\rb", "a\r\nQUIT", "a\0b"})
        void with_what_would_end_the_line(String text) {
            refused(() -> Message.of("PRIVMSG", "#tea", text));
            refused(() -> Message.of("PRIVMSG", text, "milk?"));
            refused(() -> Message.of(text));
            refused(() -> Message.from(text, "PING"));
            refused(() -> tagged(Map.of(text, "")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "a b", ":a"})
        void with_a_parameter_before_the_last_that_is_not_a_word(String text) {
            refused(() -> Message.of("PRIVMSG", text, "milk?"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "a b", ":PING", "@a", "ping", "ÄTHER"})
        void with_a_command_that_is_not_one(String text) {
            refused(() -> Message.of(text));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "ann b"})
        void with_a_source_that_is_not_a_word(String text) {
            refused(() -> Message.from(text, "PING"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "+", "a b", "a;b", "a=b", "++a", "ä"})
        void with_a_tag_whose_key_is_not_one(String key) {
            refused(() -> tagged(Map.of(key, "")));
        }

        @Test
        void with_NUL_in_the_value_of_a_tag_which_has_no_escape_for_it() {
            refused(() -> tagged(Map.of("a", "\0")));
        }
    }

    @Nested
    class Once_made {

        @Test
        void does_not_follow_what_it_was_made_of() {
            var tags = new LinkedHashMap<>(Map.of("a", "1"));
            var message = new Message(tags, null, "PING", List.of());
            tags.put("b", "2");

            assertEquals(Map.of("a", "1"), message.tags());
            assertThrows(UnsupportedOperationException.class, () -> message.tags().put("c", "3"));
        }

        @Test
        void gives_the_empty_text_for_a_parameter_it_has_not() {
            assertEquals("", Message.of("PING").param(0));
        }

        @Test
        void knows_the_nick_in_its_source() {
            assertEquals("ann", Message.from("ann!ann@host", "PING").sourceName());
            assertEquals("ann", Message.from("ann@host", "PING").sourceName());
            assertEquals("parley.example", Message.from("parley.example", "PING").sourceName());
            assertEquals("", Message.of("PING").sourceName());
        }
    }

    @Nested
    class Printed {

        @Test
        void has_a_colon_before_its_last_parameter_unless_it_is_the_only_one_and_a_word() {
            assertEquals("JOIN #tea", MessagePrinter.line(Message.of("JOIN", "#tea")));
            assertEquals("AWAY :gone out", MessagePrinter.line(Message.of("AWAY", "gone out")));
            assertEquals("TOPIC #tea :", MessagePrinter.line(Message.of("TOPIC", "#tea", "")));
            assertEquals("PING ::)", MessagePrinter.line(Message.of("PING", ":)")));
        }

        @Test
        void escapes_the_values_of_its_tags() {
            assertEquals(
                    "@a=\\:\\s\\r\\n\\\\;b PING",
                    MessagePrinter.line(
                            Message.of("PING").withTag("a", "; \r\n\\").withTag("b", "")));
        }
    }
}
