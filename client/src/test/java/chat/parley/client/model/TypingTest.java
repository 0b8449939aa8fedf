package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Who is typing, here and elsewhere.
class TypingTest {

    private static Story talked() {
        return Story.inLobby()
                .hears(
                        "@msgid=m1 :bob!b@h PRIVMSG #lobby :is the kettle on?",
                        "@msgid=m2 :cat!c@h PRIVMSG #lobby :no idea")
                .forget();
    }

    @Nested
    class Who_types {

        @Test
        void and_may_not_be_heard_there_is_not_told_of_it() {
            var story = talked().types("hi").forget();
            story.hears("@label=typing :d 404 ann #lobby :Cannot send to channel");

            assertEquals(List.of(), story.shown());
        }

        @Test
        void an_answer_tells_that_one_is_done_as_any_line_does() {
            var story = talked().hears("@msgid=m1 :bob!b@h PRIVMSG #lobby :milk?").forget();
            story.types("/reply yes").asks(new Act.Reply("yes")).types("");

            assertEquals(1, story.sent().stream().filter(line -> line.contains("typing")).count());
        }

        @Test
        void is_known_for_six_seconds_or_until_it_speaks() {
            var story = talked().hears("@+typing=active :bob!b@h TAGMSG #lobby");
            assertEquals(List.of("bob"), typing(story));
            assertEquals(List.of("bob"), typing(story.passes(Duration.ofSeconds(5))));
            assertEquals(List.of(), typing(story.passes(Duration.ofSeconds(1))));

            story.hears("@+typing=active :bob!b@h TAGMSG #lobby");
            assertEquals(List.of(), typing(story.hears(":bob!b@h PRIVMSG #lobby :done")));
        }

        private List<String> typing(Story story) {
            return story.model().places().here().orElseThrow().typing().nicks();
        }

        @Test
        void is_told_to_others_every_three_seconds_and_never_for_a_command() {
            var story = talked().happens(new Event.Composed("/msg bob x", Story.NOON));
            assertEquals(List.of(), story.sent());

            story.happens(new Event.Composed("h", Story.NOON))
                    .happens(new Event.Composed("he", Story.NOON.plusSeconds(2)));
            assertEquals(List.of("@+typing=active;label=typing TAGMSG #lobby"), story.sent());
            story.happens(new Event.Composed("hel", Story.NOON.plusSeconds(3)))
                    .passes(Duration.ofSeconds(9))
                    .happens(new Event.Composed("", Story.NOON.plusSeconds(10)));
            assertEquals(
                    List.of(
                            "@+typing=active;label=typing TAGMSG #lobby",
                            "@+typing=active;label=typing TAGMSG #lobby",
                            "@+typing=paused;label=typing TAGMSG #lobby",
                            "@+typing=done;label=typing TAGMSG #lobby"),
                    story.sent().stream().filter(line -> line.contains("typing")).toList());
        }

        @Test
        void is_told_to_nobody_by_who_does_not_want_it() {
            var story =
                    talked().asks(new Act.Typing("off"))
                            .happens(new Event.Composed("h", Story.NOON));

            assertEquals(List.of(), story.sent());
        }
    }
}
