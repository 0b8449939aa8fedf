package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.model.Effect;
import chat.parley.client.model.Story;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /// What the person did without entering it.
    private static final class Noted implements Person {

        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void types(String text) {
            all.add("types " + text);
        }

        @Override
        public void looks() {
            all.add("looks");
        }

        @Override
        public void wantsOlder() {
            all.add("wants older");
        }

        @Override
        public void goesTo(String place) {
            all.add("goes to " + place);
        }
    }

    private final Noted person = new Noted();

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
                        new Look(
                                new Screen(Theme.PLAIN, ZoneOffset.UTC),
                                new Notices(Notices.Kind.BELL, true, true),
                                true),
                        history,
                        person,
                        NOON);
        stands(lobby());
    }

    /// With bob, who spoke last, bea and ann.
    private static Story lobby() {
        return Story.inLobby()
                .hears(
                        ":d 353 ann = #lobby :ann bea bob",
                        ":bea!b@h PRIVMSG #lobby :one",
                        ":bob!b@h PRIVMSG #lobby :two");
    }

    private static Story in(String channel) {
        return Story.inLobby().hears(":ann!ann@h JOIN " + channel, ":ann!ann@h PART #lobby");
    }

    private void stands(Story story) {
        terminal.update(story.model(), NOON);
    }

    private void bobSays(String text) {
        var story = lobby().hears(":bob!b@h PRIVMSG #lobby :" + text);
        terminal.show(story.lines().getLast(), story.model());
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

            assertEquals(LineTerminalTest.typed("milk"), line.get());
            assertEquals("types milk", typed().getLast());
        }

        @Test
        void types_nothing_when_it_answers_a_question() throws Exception {
            var line = next();
            glass.waitFor(told -> told.contains("#lobby> "));
            types("\u001b[200~one\ntwo\u001b[201~");
            glass.waitFor(told -> told.contains("two"));
            types("\r");
            glass.waitFor(told -> told.contains("2 lines were pasted"));
            types("o");
            glass.waitFor(told -> told.endsWith("o"));
            types("\r");
            line.get();

            assertEquals("types one\ntwo", typed().getLast());
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
