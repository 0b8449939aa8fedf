package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Up to where one has read, here and on other devices.
class MarksTest {

    private static final String[] ONE_AND_TWO = {
        ":d BATCH +1 chathistory #lobby",
        "@batch=1;msgid=m1;time=2026-11-21T11:00:00.000Z :bob!b@h PRIVMSG #lobby :one",
        "@batch=1;msgid=m2;time=2026-11-21T11:01:00.000Z :bob!b@h PRIVMSG #lobby :two",
        ":d BATCH -1"
    };

    private static Story arrived() {
        return Story.of()
                .upWithAll()
                .hears(":d BATCH +0 draft/chathistory-targets", ":d BATCH -0")
                .forget()
                .hears(":ann!ann@h JOIN #lobby");
    }

    @Nested
    class A_marker {

        @Test
        void is_told_to_the_daemon_when_the_person_looks_and_not_more_often_than_needed() {
            var story = arrived().hears(ONE_AND_TWO).forget();
            story.happens(new Event.Looked(Story.NOON)).passes(Duration.ofMillis(500));
            assertTrue(
                    story.sent().contains("MARKREAD #lobby :timestamp=2026-11-21T11:01:00.000Z"),
                    story.sent()::toString);

            story.forget()
                    .hears("@msgid=m3;time=2026-11-21T12:00:01.000Z :bob!b@h PRIVMSG #lobby :x")
                    .hears("@msgid=m4;time=2026-11-21T12:00:02.000Z :bob!b@h PRIVMSG #lobby :y")
                    .passes(Duration.ofSeconds(1));
            assertEquals(List.of(), story.sent());
            story.passes(Duration.ofSeconds(5));
            assertEquals(
                    List.of("MARKREAD #lobby :timestamp=2026-11-21T12:00:02.000Z"), story.sent());
        }

        @Test
        void is_not_told_for_who_looks_elsewhere() {
            var story =
                    arrived()
                            .hears(ONE_AND_TWO)
                            .forget()
                            .passes(Duration.ofSeconds(9))
                            .hears("@msgid=m3 :bob!b@h PRIVMSG #lobby :ann?")
                            .passes(Duration.ofSeconds(9));

            assertTrue(story.sent().stream().noneMatch(line -> line.startsWith("MARKREAD")));
            var reading = story.model().places().here().orElseThrow().reading();
            assertEquals(3, reading.unread());
            assertEquals(1, reading.mentions());
        }

        @Test
        void is_moved_in_all_places_of_a_stream_and_only_here_where_one_place_is_seen() {
            for (var view : Habits.View.values()) {
                var story =
                        Story.inLobby()
                                .seeing(view)
                                .hears(":ann!ann@h JOIN #tea", ":bob!b@h PRIVMSG #tea :hi")
                                .happens(new Event.Looked(Story.NOON));

                var unread = story.model().places().find("#tea").orElseThrow().reading().unread();
                assertEquals(view == Habits.View.STREAM ? 0 : 1, unread);
            }
        }

        @Test
        void of_another_device_takes_what_was_read_there_from_the_count() {
            var story =
                    arrived()
                            .hears(ONE_AND_TWO)
                            .hears("MARKREAD #lobby timestamp=2026-11-21T11:00:30.000Z");

            assertEquals(1, story.model().places().here().orElseThrow().reading().unread());
        }
    }
}
