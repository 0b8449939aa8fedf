package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A daemon that says too much of anything.
class HostileBoundsTest {

    /// What is kept in all is bounded, whatever is sent and never ended.
    @Nested
    class However_much_it_says {

        private static final int MANY = 3_000;

        @Test
        void there_are_not_more_places_than_may_be() {
            var story = Story.inLobby();
            for (var i = 0; i < MANY; i++) {
                story.hears(
                        ":ann!ann@h JOIN #c" + i,
                        ":n" + i + "!x@h PRIVMSG ann :hi",
                        ":bob!b@h JOIN #d" + i);
            }

            assertEquals(Places.MOST, story.model().places().all().size());
        }

        @Test
        void there_are_not_more_members_than_may_be() {
            var story = Story.inLobby();
            var names = new StringBuilder();
            for (var i = 0; i < 40_000; i++) {
                names.append(' ').append("n").append(i);
            }
            for (var channel : List.of("#lobby", "#tea", "#milk", "#ale")) {
                story.hears(
                        ":ann!ann@h JOIN " + channel,
                        ":d 353 ann = " + channel + " :" + names.substring(1));
            }

            var all =
                    story.model().places().all().values().stream()
                            .mapToInt(place -> place.members().size())
                            .sum();
            assertTrue(all <= Places.MEMBERS, "" + all);
        }

        @Test
        void a_backlog_forgets_its_oldest_and_all_of_them_the_heaviest() {
            var story = Story.inLobby();
            for (var i = 0; i < Backlog.LONGEST + 100; i++) {
                story.hears("@msgid=m" + i + " :bob!b@h PRIVMSG #lobby :" + "x".repeat(8000));
            }

            var backlog = story.model().places().here().orElseThrow().backlog();
            assertTrue(backlog.entries().size() <= Backlog.LONGEST);
            assertTrue(backlog.weight() <= Places.WEIGHT, "" + backlog.weight());
            assertEquals(backlog.entries().getLast().id(), "m" + (Backlog.LONGEST + 99));
        }

        @Test
        void reactions_and_typists_are_few() {
            var story = Story.inLobby().hears("@msgid=1 :bob!b@h PRIVMSG #lobby :hi");
            for (var i = 0; i < MANY; i++) {
                story.hears(
                        "@+draft/react=" + i + ";+reply=1 :bob!b@h TAGMSG #lobby",
                        "@+draft/react=0;+reply=1 :n" + i + "!x@h TAGMSG #lobby",
                        "@+typing=active :n" + i + "!x@h TAGMSG #lobby");
            }

            var place = story.model().places().here().orElseThrow();
            var reactions = place.backlog().byId("1").orElseThrow().reactions();
            assertTrue(reactions.weight() < 1000, "" + reactions.weight());
            assertTrue(place.typing().by().size() <= 20);
        }

        @Test
        void batches_that_never_end_are_few_and_short() {
            var story = Story.inLobby();
            for (var i = 0; i < MANY; i++) {
                story.hears(
                        "@batch=b" + (i - 1) + " BATCH +b" + i + " draft/multiline #lobby",
                        "@batch=b0 :bob!b@h PRIVMSG #lobby :" + "x".repeat(400),
                        "BATCH +h chathistory #lobby",
                        "@batch=h;msgid=h" + i + " :bob!b@h PRIVMSG #lobby :" + "x".repeat(400));
            }

            var open = story.model().asking().batches().open();
            assertTrue(open.size() <= BatchBounds.OPEN);
            for (var batch : open.values()) {
                assertTrue(batch.heard().size() <= BatchBounds.LONGEST);
                assertTrue(batch.weight() <= BatchBounds.HEAVIEST + 1000);
            }
        }

        @Test
        void what_is_asked_for_is_bounded_too() {
            var story = Story.of().upWithAll();
            for (var i = 0; i < MANY; i++) {
                story.hears(
                        ":ann!ann@h JOIN #c" + i,
                        "BATCH +t draft/chathistory-targets",
                        "@batch=t :d CHATHISTORY TARGETS n" + i + " 2026-11-21T11:30:00.000Z",
                        "BATCH -t",
                        ":d 005 ann T" + i + "=" + "x".repeat(400) + " :are supported");
            }

            assertTrue(story.model().asking().waiting().size() <= Places.MOST + 20);
            assertTrue(story.model().server().tokens().size() <= 200);
        }

        @Test
        void a_history_that_repeats_itself_is_not_asked_on_for_ever() {
            var page = new String[102];
            page[0] = "BATCH +1 chathistory #lobby";
            for (var i = 0; i < 100; i++) {
                page[i + 1] = "@batch=1;msgid=m" + i + " :bob!b@h PRIVMSG #lobby :x";
            }
            page[101] = "BATCH -1";
            var story =
                    Story.of()
                            .upWithAll()
                            .hears(
                                    "BATCH +0 draft/chathistory-targets",
                                    "BATCH -0",
                                    ":ann!a@h JOIN #lobby")
                            .hears(page)
                            .down()
                            .upWithAll()
                            .hears(
                                    "BATCH +0 draft/chathistory-targets",
                                    "BATCH -0",
                                    ":ann!a@h JOIN #lobby")
                            .forget();
            for (var i = 0; i < 10; i++) {
                story.hears(page);
            }

            assertEquals(List.of(), story.sent());
        }
    }
}
