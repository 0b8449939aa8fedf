package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.model.Effect;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoticesTest {

    private static final String HOSTILE =
            "a\u001b]0;x\u0007b\u001b\\c\u009cd\u009b2Je\u202ef\u200bg\nh;i\u0000j\u007fk\uD800l";

    private static String sequence(Notices.Kind kind, boolean hasText, Effect.Tell tell, int more) {
        return new Notices(kind, hasText, true)
                .sequence(new Calls.Call(tell, more))
                .replace("\u001b", "ESC")
                .replace("\u0007", "BEL");
    }

    private static final Effect.Tell IN_TEA = new Effect.Tell("#tea", "bob", "milk?", false);

    @Nested
    class A_notification {

        @ParameterizedTest
        @CsvSource(
                textBlock =
                        """
                        OFF     | ''
                        BELL    | BEL
                        OSC_9   | BELESC]9;bob in #tea: milk?ESC\\
                        OSC_777 | BELESC]777;notify;bob in #tea;milk?ESC\\
                        OSC_99  | BELESC]99;i=parley:d=0;bob in #teaESC\\ESC]99;i=parley:p=body;milk?ESC\\
                        """,
                delimiter = '|')
        void is_said_as_each_terminal_understands_it(Notices.Kind kind, String wanted) {
            assertEquals(wanted, sequence(kind, true, IN_TEA, 0));
        }

        @ParameterizedTest
        @CsvSource(
                textBlock =
                        """
                        OSC_9   | BELESC]9;bobESC\\
                        OSC_777 | BELESC]777;notify;bob;ESC\\
                        OSC_99  | BELESC]99;i=parley:d=0;bobESC\\ESC]99;i=parley:p=body;ESC\\
                        """,
                delimiter = '|')
        void has_no_text_where_others_may_see_it(Notices.Kind kind, String wanted) {
            var direct = new Effect.Tell("bob", "bob", "our secret", true);

            assertEquals(wanted, sequence(kind, false, direct, 0));
        }

        @Test
        void counts_those_before_it() {
            assertTrue(
                    sequence(Notices.Kind.OSC_9, true, IN_TEA, 3)
                            .contains("bob in #tea, and 3 more: milk?"));
        }

        /// Nothing ends it early, begins another or adds a field.
        @ParameterizedTest
        @EnumSource
        void has_no_control_of_the_network(Notices.Kind kind) {
            var mild = new Effect.Tell("#p", "w", "t", false);
            var hostile = new Effect.Tell("#" + HOSTILE, HOSTILE, HOSTILE, false);

            assertEquals(controls(sequence(kind, true, mild, 0)), controls(shown(kind, hostile)));
            assertFalse(shown(kind, hostile).contains("\u202e"));
            assertFalse(shown(kind, hostile).contains("\u200b"));
        }

        private static String shown(Notices.Kind kind, Effect.Tell tell) {
            return sequence(kind, true, tell, 0);
        }

        /// What a terminal takes for more than a letter, in order.
        private static String controls(String sequence) {
            var out = new StringBuilder();
            var rest = sequence.replace("ESC", "\u001b").replace("BEL", "\u0007");
            rest.chars()
                    .filter(c -> Character.isISOControl(c) || c == ';')
                    .forEach(out::appendCodePoint);
            return out.toString();
        }

        @Test
        void is_bounded_and_cuts_no_character_in_two() {
            var long_ = new Effect.Tell("#tea", "bob", "🍵".repeat(500), false);

            var said = sequence(Notices.Kind.OSC_9, true, long_, 0);
            assertTrue(said.endsWith("🍵...ESC\\"), said);
            assertTrue(said.codePointCount(0, said.length()) < 200, said);
        }
    }

    @Nested
    class A_title {

        @Test
        void says_where_one_is_and_how_much_is_new_elsewhere() {
            var notices = new Notices(Notices.Kind.BELL, true, true);

            assertEquals("\u001b]2;parley\u001b\\", notices.title("", 0));
            assertEquals("\u001b]2;(3) #tea - parley\u001b\\", notices.title("#tea", 3));
            var hostile = notices.title(HOSTILE, 0);
            assertEquals(0, hostile.lastIndexOf("\u001b]"), hostile);
            assertEquals(hostile.length() - 2, hostile.indexOf("\u001b\\"), hostile);
            assertEquals("", new Notices(Notices.Kind.BELL, true, false).title("#tea", 3));
        }
    }

    @Nested
    class A_terminal {

        @ParameterizedTest
        @CsvSource(
                textBlock =
                        """
                        dumb           |              |           | OFF
                        ''             |              |           | BELL
                        xterm-256color |              |           | BELL
                        xterm-256color | TERM_PROGRAM | iTerm.app | OSC_9
                        xterm-256color | TERM_PROGRAM | WezTerm   | OSC_777
                        xterm-ghostty  | TERM_PROGRAM | ghostty   | OSC_777
                        xterm-kitty    | KITTY_WINDOW_ID | 1      | OSC_99
                        foot           |              |           | OSC_777
                        foot-extra     |              |           | OSC_777
                        rxvt-unicode-256color |       |           | OSC_777
                        rxvt           |              |           | BELL
                        screen-256color | TERM_PROGRAM | iTerm.app | BELL
                        tmux-256color  | KITTY_WINDOW_ID | 1      | BELL
                        xterm-256color | TMUX         | /tmp/t,1,0 | BELL
                        linux          |              |           | BELL
                        """,
                delimiter = '|')
        void is_known_by_what_it_says_of_itself(
                String term, String name, String value, Notices.Kind wanted) {
            var environment = new HashMap<>(Map.of("TERM", term));
            if (name != null) {
                environment.put(name, value);
            }

            assertEquals(wanted, Notices.of(environment).kind());
        }

        @ParameterizedTest
        @CsvSource({
            "off, OFF",
            "no, OFF",
            "none, OFF",
            "bell, BELL",
            "9, OSC_9",
            "777, OSC_777",
            "99, OSC_99",
            "nonsense, OSC_99"
        })
        void is_outvoted_by_the_person(String wish, Notices.Kind wanted) {
            var environment =
                    Map.of("TERM", "xterm-kitty", "KITTY_WINDOW_ID", "1", "PARLEY_NOTIFY", wish);

            assertEquals(wanted, Notices.of(environment).kind());
        }

        @ParameterizedTest
        @ValueSource(strings = {"linux", "dumb", "vt100", ""})
        void that_has_no_title_is_given_none(String term) {
            assertFalse(Notices.of(Map.of("TERM", term)).hasTitle());
        }

        @Test
        void that_nobody_named_is_left_alone() {
            assertEquals(new Notices(Notices.Kind.OFF, true, false), Notices.of(Map.of()));
        }
    }
}
