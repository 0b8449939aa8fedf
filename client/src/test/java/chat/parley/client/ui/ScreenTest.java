package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import chat.parley.client.model.Act;
import chat.parley.client.model.Line;
import chat.parley.client.model.Story;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import org.jline.utils.AttributedCharSequence.ForceMode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Screen bare = new Screen(Theme.PLAIN, ZoneOffset.UTC);
    private final Screen coloured = new Screen(Theme.DARK, ZoneOffset.UTC);

    private String shown(Screen screen, Story story) {
        var transcript = new Transcript(screen, NOON);
        return story.lines().stream()
                .flatMap(line -> transcript.next(line, story.model().places().current()).stream())
                .map(printed -> printed.text().toAnsi(256, ForceMode.None))
                .collect(Collectors.joining("\n"));
    }

    @Nested
    class A_conversation {

        @Test
        void reads_like_this() {
            var story =
                    Story.inLobby()
                            .hears(
                                    ":bob!b@h JOIN #lobby",
                                    ":bob!b@h PRIVMSG #lobby :good morning",
                                    ":bob!b@h PRIVMSG #lobby :\u0001ACTION waves\u0001",
                                    ":ann!a@h PRIVMSG #lobby :hello, bob",
                                    ":bob!b@h NOTICE #lobby :tea is ready",
                                    "@msgid=1 :bob!b@h PRIVMSG #lobby :milk?",
                                    "@+reply=1 :ann!a@h PRIVMSG #lobby :no, thanks",
                                    ":bob!b@h PRIVMSG ann :psst",
                                    ":ann!a@h PRIVMSG bob :yes?",
                                    ":ann!a@h JOIN #tea",
                                    ":bob!b@h PRIVMSG #tea :here too",
                                    ":bob!b@h TOPIC #lobby :Tea, and milk",
                                    "@time=2026-11-19T08:05:00.000Z :cat!c@h PRIVMSG #lobby :old",
                                    ":bob!b@h QUIT :Ping timeout",
                                    ":d 403 ann #nowhere :No such channel");

            assertEquals(
                    """
                    12:00 bob joined
                    12:00 bob  good morning
                    12:00 * bob waves
                    12:00 ann  hello, bob
                    12:00 bob (notice)  tea is ready
                    12:00 bob  milk?
                    12:00 ann  (↩ bob: milk?) no, thanks
                    12:00 (to you) bob  psst
                    12:00 (to bob) ann  yes?
                    12:00 you are in #tea
                    12:00 #tea bob  here too
                    12:00 bob set the topic: Tea, and milk
                    -- Thursday, 2026-11-19
                    08:05 cat  old
                    -- Saturday, 2026-11-21
                    12:00 bob left (Ping timeout)
                    !! #nowhere: No such channel\
                    """,
                    shown(bare, story));
        }

        @Test
        void says_the_same_with_colours() {
            var story = Story.inLobby().hears(":bob!b@h PRIVMSG #lobby :hello, ann");

            assertEquals(
                    shown(bare, story), shown(coloured, story).replaceAll("\u001B\\[[0-9;]*m", ""));
        }

        @Test
        void gives_each_nick_the_same_colour_each_time_whatever_its_case() {
            var one = new Line.Said(NOON, "", "bob", Line.Manner.MESSAGE, "", false, false);
            var same = new Line.Said(NOON, "", "BOB", Line.Manner.MESSAGE, "", false, false);
            var other = new Line.Said(NOON, "", "cat", Line.Manner.MESSAGE, "", false, false);

            assertEquals(ansi(one), ansi(same).replace("BOB", "bob"));
            assertNotEquals(ansi(one), ansi(other).replace("cat", "bob"));
        }

        private String ansi(Line line) {
            return coloured.line(line, "").text().toAnsi(256, ForceMode.None);
        }

        @Test
        void of_several_lines_in_one_message_cannot_look_like_several_messages() {
            var said =
                    new Line.Said(
                            NOON,
                            "",
                            "bob",
                            Line.Manner.MESSAGE,
                            "yes\n12:00 ann  I quit",
                            false,
                            false);

            assertEquals(
                    """
                    12:00 bob  yes
                               12:00 ann  I quit\
                    """,
                    bare.line(said, "", NOON));
        }

        @Test
        void for_a_reader_of_one_line_has_its_day_unless_that_is_today() {
            var old =
                    new Line.Said(
                            NOON.minusSeconds(86_400),
                            "",
                            "bob",
                            Line.Manner.MESSAGE,
                            "hello",
                            false,
                            false);

            assertEquals("2026-11-20 12:00 bob  hello", bare.line(old, "", NOON));
        }
    }

    @Nested
    class The_prompt {

        @Test
        void says_where_one_is_and_whether_the_link_stands() {
            assertEquals("#lobby> ", bare.prompt(Story.inLobby().model()).text().toString());
            assertEquals(
                    "#lobby (no link)> ",
                    bare.prompt(Story.inLobby().down().model()).text().toString());
        }

        @Test
        void says_whether_one_is_in_where_one_is() {
            var story = Story.inLobby().asks(new Act.Join("#tea", ""));
            assertEquals("#tea (joining)> ", bare.prompt(story.model()).text().toString());

            story.hears(":ann!ann@h JOIN #tea");
            assertEquals("#tea> ", bare.prompt(story.model()).text().toString());

            story.down().up().hears(":d 474 ann #tea :You are banned");
            assertEquals("#tea (not in)> ", bare.prompt(story.model()).text().toString());
        }
    }

    @Nested
    class A_hostile_line {

        @Test
        void is_harmless_wherever_its_words_stand() {
            var esc = "\u001b]0;x\u0007";
            var story =
                    Story.inLobby()
                            .hears(
                                    ":b" + esc + "!b@h JOIN #lobby",
                                    ":b" + esc + "!b@h PRIVMSG #" + esc + " :" + esc,
                                    ":b" + esc + "!b@h PRIVMSG ann :" + esc,
                                    ":b" + esc + "!b@h NICK c" + esc,
                                    ":b" + esc + "!b@h QUIT :" + esc,
                                    ":b TOPIC #lobby :" + esc,
                                    ":b KICK #lobby x" + esc + " :" + esc,
                                    ":d FAIL X Y :" + esc,
                                    ":d 499 ann " + esc + " :" + esc,
                                    ":d 322 ann #x" + esc + " 3 :" + esc,
                                    "ERROR :" + esc);

            var text = shown(bare, story) + bare.prompt(story.model()).asText();
            assertEquals(-1, text.indexOf('\u001b'), text);
            assertEquals(-1, text.indexOf('\u0007'), text);
        }
    }
}
