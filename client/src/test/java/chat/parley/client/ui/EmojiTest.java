package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {

    @Nested
    class A_name_between_colons {

        @Test
        void is_said_as_its_character() {
            assertEquals("milk 🥛? 👍", Emoji.said("milk :milk_glass:? :+1:"));
            assertEquals("❤️🎉", Emoji.said(":heart::tada:"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"12:30:45", "a:tea:b", "http://:tea:/", ":nothing:", "::", ": tea :"})
        void is_left_alone_where_it_is_none(String text) {
            assertEquals(text, Emoji.said(text));
        }
    }

    @Nested
    class Each_character {

        @Test
        void is_shown_as_it_is() {
            for (var one : Emoji.named().entrySet()) {
                assertEquals(one.getValue(), TerminalText.plain(one.getValue()), one.getKey());
            }
        }
    }
}
