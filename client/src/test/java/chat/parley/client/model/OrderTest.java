package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Coming back: what was said meanwhile, what is said just then, and what one says oneself.
class OrderTest {

    private static final String[] NOBODY = {"BATCH +0 draft/chathistory-targets", "BATCH -0"};

    private static final String NEW = "-- #lobby: new since you were here --";

    /// In #lobby again, where it was asked what was missed.
    private static Story back() {
        return Story.of()
                .upWithAll()
                .hears(NOBODY)
                .hears(":ann!ann@h JOIN #lobby", "BATCH +1 chathistory #lobby", "BATCH -1")
                .hears("@msgid=m0 :bob!b@h PRIVMSG #lobby :zero")
                .says("one")
                .down()
                .says("four")
                .upWithAll()
                .hears(NOBODY)
                .forget()
                .hears(":ann!ann@h JOIN #lobby");
    }

    private static List<String> said(Story story) {
        return story.shown().stream().filter(line -> line.startsWith("#")).toList();
    }

    @Nested
    class A_place_one_comes_back_to {

        @Test
        void shows_all_in_the_order_of_its_history() {
            var story = back();
            assertEquals(List.of("CHATHISTORY AFTER #lobby msgid=m0 :100"), story.sent());

            story.forget()
                    .hears("@msgid=m3 :bob!b@h PRIVMSG #lobby :three")
                    .hears(
                            "BATCH +2 chathistory #lobby",
                            "@batch=2;msgid=m1 :ann!ann@h PRIVMSG #lobby :one", // it was kept
                            "@batch=2;msgid=m2 :bob!b@h PRIVMSG #lobby :two",
                            "BATCH -2");

            assertEquals(
                    List.of(NEW, "#lobby ann: one", "#lobby bob: two", "#lobby bob: three"),
                    story.shown());
            assertEquals(
                    List.of(
                            "@label=p0;parley.chat/once=r-0 PRIVMSG #lobby :one",
                            "@label=p1;parley.chat/once=r-1 PRIVMSG #lobby :four"),
                    story.sent());

            story.forget()
                    .hears(
                            "@label=p0;msgid=m1 :ann!ann@h PRIVMSG #lobby :one",
                            "@label=p1;msgid=m4 :ann!ann@h PRIVMSG #lobby :four");
            assertEquals(List.of("#lobby ann: four"), story.shown());
            assertEquals(List.of(), story.model().outbox().waiting());
        }

        @Test
        void shows_what_is_heard_and_answered_in_the_answer_once() {
            var story =
                    back().hears(
                                    "@msgid=m1 :bob!b@h PRIVMSG #lobby :two",
                                    "BATCH +2 chathistory #lobby",
                                    "@batch=2;msgid=m1 :bob!b@h PRIVMSG #lobby :two",
                                    "BATCH -2");

            assertEquals(List.of("#lobby bob: two"), said(story));
        }

        @Test
        void takes_a_reaction_to_a_line_that_is_only_in_the_answer() {
            var story =
                    back().hears(
                                    "@+draft/react=👍;+reply=m1 :bob!b@h TAGMSG #lobby",
                                    "BATCH +2 chathistory #lobby",
                                    "@batch=2;msgid=m1 :ann!ann@h PRIVMSG #lobby :one",
                                    "BATCH -2");

            var one = story.model().places().here().orElseThrow().backlog().byId("m1");
            assertEquals(1, one.orElseThrow().reactions().by().size());
        }

        @Test
        void holds_up_no_other_place() {
            var story = back().forget().hears(":bob!b@h PRIVMSG ann :psst");
            story.asks(new Act.SayTo("bob", "yes?"));

            assertEquals(List.of("bob bob: psst"), story.shown());
            assertEquals(
                    "@label=p2;parley.chat/once=r-2 PRIVMSG bob :yes?", story.sent().getLast());
        }

        @Test
        void is_not_waited_for_when_the_server_does_not_answer() {
            var story = back().hears("@msgid=m2 :bob!b@h PRIVMSG #lobby :two").forget();
            story.passes(Duration.ofSeconds(6));

            assertEquals(List.of("#lobby bob: two"), said(story));
            assertEquals(2, story.sent().stream().filter(line -> line.contains("PRIVMSG")).count());
        }

        @Test
        void is_not_waited_for_when_the_server_refuses() {
            var story = back().hears("@msgid=m2 :bob!b@h PRIVMSG #lobby :two");
            story.hears(":d FAIL CHATHISTORY MESSAGE_ERROR AFTER #lobby :Not now");

            assertEquals(List.of("#lobby bob: two"), said(story));
        }

        @Test
        void keeps_a_bounded_number_of_lines_waiting() {
            var story = back().forget();
            IntStream.range(0, Order.MOST + 1)
                    .forEach(i -> story.hears("@msgid=n" + i + " :b!b@h PRIVMSG #lobby :" + i));

            assertEquals(List.of("#lobby b: " + Order.MOST), said(story));
            assertEquals(Order.MOST, story.model().asking().held().size());
        }

        @Test
        void keeps_no_more_characters_waiting_than_may_be() {
            var story = back().forget();
            var line = "@batch=b :bob!b@h PRIVMSG #lobby :" + "x".repeat(8000);
            for (var i = 0; i < 20; i++) {
                story.hears("BATCH +b draft/multiline #lobby");
                IntStream.range(0, 30).forEach(_ -> story.hears(line));
                story.hears("BATCH -b");
            }

            var held = story.model().asking().held();
            assertEquals(5, held.size()); // the last goes beyond it
            assertTrue(held.stream().mapToInt(Heard::weight).sum() < 2 * Order.HEAVIEST);
        }

        @Test
        void that_is_lost_again_misses_nothing() {
            var story = back().hears("@msgid=m2 :bob!b@h PRIVMSG #lobby :two").down();
            story.upWithAll().hears(NOBODY).forget().hears(":ann!ann@h JOIN #lobby");

            assertEquals(List.of("CHATHISTORY AFTER #lobby msgid=m0 :100"), story.sent());
        }
    }

    @Nested
    class Several_places {

        @Test
        void are_asked_for_where_somebody_waits_first() {
            var story = Story.of("#a", "#b", "#c").upWithAll().hears(NOBODY).forget();
            story.asks(new Act.GoTo("#c")).says("hello").asks(new Act.GoTo("#a")).says("here");
            story.asks(new Act.GoTo("#b"));
            story.hears(":ann!ann@h JOIN #a", ":ann!ann@h JOIN #b", ":ann!ann@h JOIN #c");
            for (var i = 0; i < 3; i++) {
                story.hears(
                        "BATCH +" + i + " chathistory " + asked(story).getLast(), "BATCH -" + i);
            }

            assertEquals(List.of("#a", "#c", "#b"), asked(story));
        }

        private static List<String> asked(Story story) {
            return story.sent().stream()
                    .filter(line -> line.startsWith("CHATHISTORY LATEST"))
                    .map(line -> line.split(" ", -1)[2])
                    .toList();
        }
    }
}
