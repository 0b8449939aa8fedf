package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A person's keys and what the terminal is told, by JLine's own terminal in memory.
@Timeout(30)
class LineTerminalTest {

    private final Glass glass = new Glass();
    private final TypedHistory history = TypedHistory.inMemory();
    private PipedOutputStream keys;
    private LineTerminal terminal;

    @BeforeEach
    void open() throws IOException {
        keys = new PipedOutputStream();
        var external =
                new ExternalTerminal(
                        "test", "xterm", new PipedInputStream(keys), glass, StandardCharsets.UTF_8);
        external.setSize(Size.of(80, 24));
        terminal =
                new LineTerminal(
                        external,
                        () -> new Completion.Words(List.of("bob", "bea", "ann"), List.of("#lobby")),
                        history);
        terminal.prompt(Printed.plain("#lobby> "));
    }

    @AfterEach
    void close() throws IOException {
        terminal.close();
    }

    private void types(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private CompletableFuture<Optional<List<String>>> next() {
        return CompletableFuture.supplyAsync(() -> terminal.next());
    }

    private static Optional<List<String>> typed(String... texts) {
        return Optional.of(List.of(texts));
    }

    @Nested
    class A_line_being_typed {

        @Test
        void is_not_broken_by_a_line_that_comes() throws Exception {
            var line = next();
            glass.waitFor(told -> told.contains("#lobby> "));
            types("half a ");
            glass.waitFor(told -> told.contains("a "));

            terminal.show(Printed.plain("12:00 bob  hello"));
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

            terminal.prompt(Printed.plain("#tea> "));
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
            terminal.prompt(Printed.plain("#50%{%N> "));
            var line = next();
            glass.waitFor(told -> told.contains("#50%{%N> "));

            types("\r");
            assertEquals(typed(""), line.get());
        }
    }

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
            terminal.prompt(Printed.plain("#tea> "));
            terminal.show(Printed.plain("12:00 bob  hello"));
            glass.waitFor(told -> told.contains("hello") && told.endsWith("(d)rop? "));
            types("d\r");
            glass.waitFor(told -> told.contains("#tea> "));
            types("ok\r");

            assertEquals(typed("ok"), line.get());
        }

        @Test
        void of_one_line_is_not_asked_about() throws Exception {
            var line = next();
            types("\u001b[200~one\u001b[201~\r");

            assertEquals(typed("one"), line.get());
        }

        private CompletableFuture<Optional<List<String>>> answered(String answer) throws Exception {
            var line = pasted();
            types(answer + "\r");
            return line;
        }

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

    @Nested
    class Alt_enter {

        @Test
        void begins_another_line_of_the_same_message() throws Exception {
            var line = next();
            types("one\u001b\rtwo\r");

            assertEquals(typed("one\ntwo"), line.get());
        }
    }

    @Nested
    class Ctrl_r {

        @Test
        void finds_what_was_typed_before() throws Exception {
            enters("milk and bread");
            enters("nothing else");
            var line = next();
            types("\u0012milk\r");

            assertEquals(typed("milk and bread"), line.get());
        }

        @Test
        void never_finds_a_line_with_a_secret() throws Exception {
            enters("/code 123456");
            enters("/join #tea 123456");
            enters("/pasword 123456");
            enters(" 123456");
            var line = next();
            types("\u0012123456\u0007\u0015none\r");

            assertEquals(typed("none"), line.get());
            assertEquals(0, history.forReader().size());
        }

        private void enters(String text) throws Exception {
            var line = next();
            types(text + "\r");
            line.get();
        }
    }

    @Nested
    class Tab {

        @Test
        void offers_who_spoke_last_first_and_the_next_with_each_press() throws Exception {
            var line = next();
            types("b\t\tx\r");

            assertEquals(typed("bea: x"), line.get());
        }

        @Test
        void completes_commands_nicks_and_channels() throws Exception {
            var command = next();
            types("/jo\t#lob\t\r");
            assertEquals(typed("/join #lobby "), command.get());

            var nick = next();
            types("an\thello, bo\t\r");
            assertEquals(typed("ann: hello, bob "), nick.get());
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
