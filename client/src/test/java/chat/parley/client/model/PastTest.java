package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.Capability;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What was said while one was away, and before.
class PastTest {

    private static final String[] ONE_AND_TWO = {
        ":d BATCH +1 chathistory #lobby",
        "@batch=1;msgid=m1;time=2026-11-21T11:00:00.000Z :bob!b@h PRIVMSG #lobby :one",
        "@batch=1;msgid=m2;time=2026-11-21T11:01:00.000Z :bob!b@h PRIVMSG #lobby :two",
        ":d BATCH -1"
    };

    private static final String[] ZERO = {
        ":d BATCH +2 chathistory #lobby",
        "@batch=2;msgid=m0;time=2026-11-21T10:00:00.000Z :bob!b@h PRIVMSG #lobby :zero",
        ":d BATCH -2"
    };

    private static List<String> ids(Story story) {
        return story.model().places().here().orElseThrow().backlog().entries().stream()
                .map(Entry::id)
                .filter(id -> !id.isEmpty())
                .toList();
    }

    @Nested
    class Coming_into_a_channel {

        @Test
        void asks_for_the_newest_and_shows_what_is_new_after_the_marker() {
            var story = Story.arrived();
            assertEquals(List.of("CHATHISTORY LATEST #lobby * :100"), story.sent());

            story.forget()
                    .hears("MARKREAD #lobby timestamp=2026-11-21T11:00:00.000Z")
                    .hears(ONE_AND_TWO);

            assertEquals(
                    List.of("-- #lobby: new since you were here --", "#lobby bob: two"),
                    story.shown());
            assertEquals(List.of("m1", "m2"), ids(story));
            assertEquals(1, story.model().places().here().orElseThrow().reading().unread());
        }

        @Test
        void shows_nothing_of_what_was_read_on_another_device() {
            var story =
                    Story.arrived()
                            .forget()
                            .hears("MARKREAD #lobby timestamp=2026-11-21T11:01:00.000Z")
                            .hears(ONE_AND_TWO);

            assertEquals(List.of(), story.shown());
        }

        @Test
        void asks_nothing_of_a_daemon_without_history() {
            var story =
                    Story.of().upWithAll(Capability.CHATHISTORY).hears(":ann!ann@h JOIN #lobby");

            assertTrue(story.sent().stream().noneMatch(line -> line.contains("CHATHISTORY")));
        }
    }

    @Nested
    class Coming_back {

        private Story back() {
            return Story.arrived()
                    .hears(ONE_AND_TWO)
                    .down()
                    .forget()
                    .upWithAll()
                    .hears(":d BATCH +0 draft/chathistory-targets", ":d BATCH -0")
                    .forget()
                    .hears(":ann!ann@h JOIN #lobby");
        }

        @Test
        void goes_on_after_the_last_line_until_there_is_nothing_more() {
            var story = back();
            assertEquals(List.of("CHATHISTORY AFTER #lobby msgid=m2 :100"), story.sent());

            var page = new StringBuilder(":d BATCH +2 chathistory #lobby\n");
            for (var i = 0; i < 100; i++) {
                page.append("@batch=2;msgid=n" + i + " :bob!b@h PRIVMSG #lobby :line " + i + "\n");
            }
            story.forget().hears((page + ":d BATCH -2").split("\n", -1));
            assertEquals(List.of("CHATHISTORY AFTER #lobby msgid=n99 :100"), story.sent());
            assertEquals("-- #lobby: new since you were here --", story.shown().getFirst());
            assertEquals(101, story.shown().size());

            story.forget().hears(":d BATCH +3 chathistory #lobby", ":d BATCH -3");
            assertEquals(List.of(), story.sent());
            assertEquals(102, ids(story).size());
        }

        @Test
        void shows_what_came_twice_once() {
            var story =
                    back().forget()
                            .hears("@msgid=m3 :bob!b@h PRIVMSG #lobby :three")
                            .hears(
                                    ":d BATCH +2 chathistory #lobby",
                                    "@batch=2;msgid=m3 :bob!b@h PRIVMSG #lobby :three",
                                    ":d BATCH -2");

            assertEquals(
                    List.of("-- #lobby: new since you were here --", "#lobby bob: three"),
                    story.shown());
            assertEquals(List.of("m1", "m2", "m3"), ids(story));
        }

        @Test
        void asks_by_time_where_the_last_line_was_taken_back_meanwhile() {
            var story = back().forget().hears(":d BATCH +2 chathistory #lobby", ":d BATCH -2");

            assertEquals(
                    List.of("CHATHISTORY AFTER #lobby timestamp=2026-11-21T11:00:59.999Z :100"),
                    story.sent());
        }

        @Test
        void tells_the_last_of_what_named_the_person() {
            var story =
                    back().forget()
                            .hears(
                                    ":d BATCH +2 chathistory #lobby",
                                    "@batch=2;msgid=m3 :bob!b@h PRIVMSG #lobby :ann: hello?",
                                    "@batch=2;msgid=m4 :bob!b@h PRIVMSG #lobby :ann!",
                                    ":d BATCH -2");

            assertEquals(List.of(new Effect.Tell("#lobby", "bob", "ann!", false)), story.told());
        }

        @Test
        void learns_what_was_taken_back_and_reacted_to() {
            var story =
                    back().hears(
                                    ":d BATCH +2 chathistory #lobby",
                                    "@batch=2;msgid=m3 :bob!b@h REDACT #lobby m1",
                                    "@batch=2;msgid=m4;+draft/react=ok;+draft/reply=m2 :bob!b@h TAGMSG"
                                            + " #lobby",
                                    ":d BATCH -2");

            var backlog = story.model().places().here().orElseThrow().backlog();
            assertEquals(Entry.State.TAKEN_BACK, backlog.byId("m1").orElseThrow().state());
            assertTrue(backlog.byId("m2").orElseThrow().reactions().has("ok", "bob"));
        }

        @Test
        void asks_with_whom_there_were_words() {
            var story = Story.arrived().hears(ONE_AND_TWO).down().forget().upWithAll();
            assertEquals(
                    "CHATHISTORY TARGETS timestamp=2026-11-21T11:01:00.000Z"
                            + " timestamp=9999-12-31T23:59:59.999Z :40",
                    story.sent().getLast());

            story.forget()
                    .hears(
                            ":d BATCH +2 draft/chathistory-targets",
                            "@batch=2 :d CHATHISTORY TARGETS #lobby 2026-11-21T11:30:00.000Z",
                            "@batch=2 :d CHATHISTORY TARGETS cat 2026-11-21T11:30:00.000Z",
                            ":d BATCH -2");
            assertEquals(List.of("MARKREAD cat", "CHATHISTORY LATEST cat * :100"), story.sent());
        }
    }

    @Nested
    class Older_lines {

        @Test
        void are_asked_for_before_the_oldest_and_shown() {
            var story = Story.arrived().hears(ONE_AND_TWO).forget().asks(new Act.History("2"));
            assertEquals(
                    List.of("CHATHISTORY BEFORE #lobby msgid=m1 :2"),
                    story.sent().stream().filter(line -> line.startsWith("CHAT")).toList());

            story.hears(ZERO);
            assertEquals(
                    List.of("-- #lobby: older --", "#lobby bob: zero", "-- #lobby: so far --"),
                    story.shown());
            assertEquals(List.of("m0", "m1", "m2"), ids(story));
        }

        @Test
        void that_were_read_before_are_shown_first() {
            var story =
                    Story.arrived()
                            .hears("MARKREAD #lobby timestamp=2026-11-21T11:01:00.000Z")
                            .hears(ONE_AND_TWO)
                            .forget()
                            .asks(new Act.History("1"))
                            .asks(new Act.History("1"));

            assertEquals(
                    List.of("#lobby bob: two", "#lobby bob: one"),
                    story.shown().stream().filter(line -> line.startsWith("#")).toList());
        }

        @Test
        void come_by_themselves_at_the_top_and_are_not_shown_as_lines() {
            var story =
                    Story.arrived()
                            .hears(ONE_AND_TWO)
                            .forget()
                            .seeing(Habits.View.PLACE)
                            .happens(new Event.AtTop(Story.NOON))
                            .hears(ZERO);

            assertEquals(List.of("CHATHISTORY BEFORE #lobby msgid=m1 :100"), story.sent());
            assertEquals(List.of(), story.shown());
            assertEquals(List.of("m0", "m1", "m2"), ids(story));
        }

        @Test
        void of_a_stream_are_shown_below_some_at_a_time() {
            var story =
                    Story.arrived()
                            .hears(ONE_AND_TWO)
                            .forget()
                            .happens(new Event.AtTop(Story.NOON))
                            .happens(new Event.AtTop(Story.NOON)); // an impatient finger
            assertEquals(List.of("CHATHISTORY BEFORE #lobby msgid=m1 :20"), story.sent());

            story.hears(ZERO);
            assertEquals(
                    List.of("-- #lobby: older --", "#lobby bob: zero", "-- #lobby: so far --"),
                    story.shown());
        }

        @Test
        void end_where_the_daemon_has_nothing_more() {
            var story =
                    Story.arrived()
                            .hears(ONE_AND_TWO)
                            .asks(new Act.History(""))
                            .hears(":d BATCH +2 chathistory #lobby", ":d BATCH -2")
                            .forget()
                            .asks(new Act.History(""));

            assertEquals(List.of("-- there is nothing older in #lobby"), story.shown());
        }
    }
}
