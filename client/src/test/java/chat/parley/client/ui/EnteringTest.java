package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a person enters: pastes, several lines, what was typed before, completion.
@Timeout(30)
class EnteringTest extends AtATerminal {

    @Nested
    class A_paste_of_several_lines {

        @Test
        void may_be_said_as_one() throws Exception {
            assertEquals(typed("one\ntwo"), answered("o").get());
        }

        @Test
        void may_be_said_line_by_line() throws Exception {
            assertEquals(typed("one", "two"), answered("l").get());
        }

        @Test
        void may_be_edited_first_which_is_what_a_slip_does() throws Exception {
            var line = answered("");
            glass.waitFor(told -> told.contains("two"));
            types("!\r");
            glass.waitFor(told -> told.contains("2 lines were pasted"));
            types("o\r");

            assertEquals(typed("one\ntwo!"), line.get());
        }

        @Test
        void may_be_dropped() throws Exception {
            var line = answered("d");
            glass.waitFor(told -> told.contains("#lobby> "));
            types("never mind\r");

            assertEquals(typed("never mind"), line.get());
        }

        @Test
        void keeps_its_question_whatever_comes_meanwhile() throws Exception {
            var line = pasted();
            stands(in("#tea"));
            bobSays("hello");
            glass.waitFor(told -> told.contains("hello") && told.endsWith("(d)rop? "));
            types("d\r");
            glass.waitFor(told -> told.contains("#tea> "));
            types("ok\r");

            assertEquals(typed("ok"), line.get());
        }

        @Test
        void of_one_line_is_not_asked_about() throws Exception {
            assertEquals(typed("one"), entered("\u001b[200~one\u001b[201~\r"));
        }

        private CompletableFuture<Optional<List<String>>> answered(String answer) throws Exception {
            var line = pasted();
            types(answer + "\r");
            return line;
        }
    }

    @Nested
    class Alt_enter {

        @Test
        void begins_another_line_of_the_same_message() throws Exception {
            assertEquals(typed("one\ntwo"), entered("one\u001b\rtwo\r"));
        }
    }

    @Nested
    class Ctrl_r {

        @Test
        void finds_what_was_typed_before() throws Exception {
            entered("milk and bread\r");
            entered("nothing else\r");

            assertEquals(typed("milk and bread"), entered("\u0012milk\r"));
        }

        @Test
        void never_finds_a_line_with_a_secret() throws Exception {
            entered("/code 123456\r");
            entered("/join #tea 123456\r");
            entered("/pasword 123456\r");
            entered(" 123456\r");

            assertEquals(typed("none"), entered("\u0012123456\u0007\u0015none\r"));
            assertEquals(0, history.forReader().size());
        }
    }

    @Nested
    class Tab {

        @Test
        void offers_who_spoke_last_first_and_the_next_with_each_press() throws Exception {
            assertEquals(typed("bea: x"), entered("b\t\tx\r"));
        }

        @Test
        void completes_commands_nicks_and_channels() throws Exception {
            assertEquals(typed("/join #lobby "), entered("/jo\t#lob\t\r"));

            assertEquals(typed("ann: hello, bob "), entered("an\thello, bo\t\r"));
        }
    }

    /// What is said tells by itself that one is done; anything more would cost where a server is
    /// slow with those who say much.
    @Nested
    class Who_types {

        private List<String> typed() {
            return person.all.stream().filter(one -> one.startsWith("types")).toList();
        }

        @Test
        void is_not_told_to_be_done_when_it_enters() throws Exception {
            var line = next();
            types("milk");
            glass.waitFor(told -> told.contains("milk"));
            types("\r");

            assertEquals(AtATerminal.typed("milk"), line.get());
            assertEquals("types milk", typed().getLast());
        }

        @Test
        void types_nothing_when_it_answers_a_question() throws Exception {
            var line = pasted();
            types("o");
            glass.waitFor(told -> told.endsWith("o"));
            types("\r");
            line.get();

            assertEquals("types one\ntwo", typed().getLast());
        }
    }

    private Optional<List<String>> entered(String keys) throws Exception {
        var line = next();
        types(keys);
        return line.get();
    }

    /// Two lines, up to the question what becomes of them.
    private CompletableFuture<Optional<List<String>>> pasted() throws Exception {
        var line = next();
        glass.waitFor(told -> told.contains("#lobby> "));
        types("\u001b[200~one\ntwo\u001b[201~");
        glass.waitFor(told -> told.contains("two"));
        types("\r");
        glass.waitFor(told -> told.contains("2 lines were pasted"));
        return line;
    }
}
