package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.model.Effect;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The terminal as a stream of lines, with one line that is typed.
@Timeout(30)
class LineTerminalTest extends AtATerminal {

    @Nested
    class PageUp {

        @Test
        void asks_for_older_lines_where_nothing_is_typed() throws Exception {
            types("\u001b[5~milk\u001b[5~?\r");

            assertEquals(typed("milk?"), next().get());
            assertEquals(1, person.all.stream().filter("wants older"::equals).count());
        }
    }

    @Nested
    class A_line_being_typed {

        @Test
        void is_not_broken_by_a_line_that_comes() throws Exception {
            var line = next();
            glass.waitFor(told -> told.contains("#lobby> "));
            types("half a ");
            glass.waitFor(told -> told.contains("a "));

            bobSays("hello");
            var told = glass.waitFor(text -> text.contains("hello") && text.endsWith("half a "));
            assertTrue(told.indexOf("hello") < told.lastIndexOf("#lobby> half a "), told);

            types("line\r");
            assertEquals(typed("half a line"), line.get());
        }

        @Test
        void is_kept_when_the_prompt_changes() throws Exception {
            var line = next();
            glass.waitFor(told -> told.contains("#lobby> "));
            types("half ");
            glass.waitFor(told -> told.contains("half "));

            stands(in("#tea"));
            glass.waitFor(told -> told.contains("tea"));

            types("line\r");
            assertEquals(typed("half line"), line.get());
        }

        @Test
        void may_have_quotes_backslashes_and_exclamation_marks() throws Exception {
            var line = next();
            types("it's \"so\\ !! \\n $x\r");

            assertEquals(typed("it's \"so\\ !! \\n $x"), line.get());
        }
    }

    @Nested
    class The_prompt {

        @Test
        void is_shown_as_it_is_whatever_a_channel_is_called() throws Exception {
            stands(in("#50%{%N"));
            var line = next();
            glass.waitFor(told -> told.contains("#50%{%N> "));

            types("\r");
            assertEquals(typed(""), line.get());
        }
    }

    @Nested
    class A_mention {

        private final Effect.Tell tell = new Effect.Tell("#lobby", "bob", "hello, ann", false);

        @Test
        void rings_unless_the_window_is_in_front() throws Exception {
            var line = next();
            glass.waitFor(told -> told.contains("#lobby> ")); // no echo but the editor's
            terminal.tell(tell, NOON);
            glass.waitFor(told -> told.contains("\u0007"));

            types("\u001b[Ix");
            glass.waitFor(told -> told.endsWith("x"));
            terminal.tell(tell, NOON);
            types("\u001b[Oy");
            var told = glass.waitFor(text -> text.endsWith("y"));
            assertEquals(-1, told.indexOf('\u0007'), told);
            terminal.tell(tell, NOON.plus(Calls.APART));
            glass.waitFor(text -> text.contains("\u0007"));
            types("\r");

            assertEquals(typed("xy"), line.get());
            assertTrue(person.all.containsAll(List.of("looks", "types x", "types xy")));
        }
    }

    @Nested
    class The_terminal {

        @Test
        void is_left_as_it_was() throws Exception {
            glass.waitFor(told ->
                    told.contains("\u001b[?1004h")
                            && told.contains("\u001b[22;2t")
                            && told.contains("\u001b]2;#lobby - parley\u001b\\"));
            terminal.close();

            glass.waitFor(told -> told.contains("\u001b[?1004l") && told.contains("\u001b[23;2t"));
        }
    }

    @Nested
    class The_end_of_the_input {

        @Test
        void is_ctrl_d() throws Exception {
            var line = next();
            types("\u0004");

            assertEquals(Optional.empty(), line.get());
        }
    }
}
