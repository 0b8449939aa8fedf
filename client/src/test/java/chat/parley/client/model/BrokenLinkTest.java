package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import chat.parley.protocol.Capability;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BrokenLinkTest {

    @Nested
    class A_link_that_breaks {

        @Test
        void has_what_was_on_its_way_sent_again_with_its_key_and_shown_once() {
            var story = Story.inLobby().says("milk?").down().says("tea?");

            assertEquals(
                    List.of(
                            "!! the link broke: it rained; next attempt in 2 s (Enter tries now)",
                            "-- not confirmed; sent again when the link is back: milk?",
                            "-- kept until the link is back: tea?"),
                    story.shown());
            assertEquals(
                    List.of(
                            "JOIN #lobby",
                            "@label=p0;parley.chat/once=r-0 PRIVMSG #lobby :milk?",
                            "@label=p1;parley.chat/once=r-1 PRIVMSG #lobby :tea?"),
                    story.forget().up().hears(":ann!ann@h JOIN #lobby").sent());

            story.hears(
                    "@msgid=9 :ann!ann@h PRIVMSG #lobby :milk?", // replayed: it was kept
                    "@label=p0;msgid=9 :ann!ann@h PRIVMSG #lobby :milk?",
                    "@label=p1;msgid=a :ann!ann@h PRIVMSG #lobby :tea?");
            assertEquals(
                    List.of(
                            "-- the link is back",
                            "you are in #lobby",
                            "#lobby ann: milk?",
                            "#lobby ann: tea?"),
                    story.shown());
            assertEquals(List.of(), story.model().outbox().waiting());
        }

        @Test
        void leaves_what_was_on_its_way_as_not_confirmed_where_it_would_be_said_twice() {
            var lost = "!! not confirmed before the link broke, so it may be kept or not: milk?";
            var story = Story.inLobbyWithout(Capability.ONCE).says("milk?").forget().down();

            assertEquals(
                    List.of(
                            "!! the link broke: it rained; next attempt in 2 s (Enter tries now)",
                            lost),
                    story.shown());
            assertEquals(List.of("JOIN #lobby"), story.forget().up().sent());

            var changed = Story.inLobby().says("milk?").down().forget().up(Capability.ONCE);
            changed.hears(":ann!ann@h JOIN #lobby");
            assertEquals(List.of("JOIN #lobby"), changed.sent());
            assertEquals(
                    List.of("-- the link is back", "you are in #lobby", lost), changed.shown());
            assertEquals(List.of(), changed.model().outbox().waiting());
        }

        @Test
        void never_to_come_back_leaves_what_was_sent_as_not_confirmed() {
            var ending = new Ending(Ending.Kind.REFUSED, "login refused");
            var story =
                    Story.inLobby().says("milk?").down().forget().happens(new Event.Over(ending));

            assertEquals(
                    List.of(
                            "!! not confirmed before the link broke, so it may be kept or not:"
                                    + " milk?"),
                    story.shown());
        }

        @Test
        void keeps_what_is_typed_meanwhile_and_sends_it_once() {
            var story = Story.inLobby().down().forget().says("milk?");
            assertEquals(List.of("-- kept until the link is back: milk?"), story.shown());
            assertEquals(List.of(), story.sent());

            story.forget().up().hears(":ann!ann@h JOIN #lobby");
            assertEquals(
                    List.of("JOIN #lobby", "@label=p0;parley.chat/once=r-0 PRIVMSG #lobby :milk?"),
                    story.sent());
            assertEquals(List.of("-- the link is back", "you are in #lobby"), story.shown());

            story.hears("@label=p0;msgid=9 :ann!ann@h PRIVMSG #lobby :milk?");
            assertEquals(List.of("JOIN #lobby"), story.forget().down().forget().up().sent());
        }

        @Test
        void never_to_come_back_tells_what_was_never_sent() {
            var ending = new Ending(Ending.Kind.REFUSED, "login refused");
            var story =
                    Story.inLobby().down().says("milk?").forget().happens(new Event.Over(ending));

            assertEquals(List.of("!! never sent: milk?"), story.shown());
            assertEquals(List.of(new Effect.End(ending)), story.ended());
        }

        @Test
        void tells_who_leaves_meanwhile_what_was_never_sent() {
            var story = Story.inLobby().says("milk?").down().says("tea?").forget();
            story.asks(new Act.Quit(""));

            assertEquals(
                    List.of(
                            "!! not confirmed before the link broke, so it may be kept or not:"
                                    + " milk?",
                            "!! never sent: tea?"),
                    story.shown());
            assertEquals(List.of(new Effect.Leave("")), story.ended());
        }

        @Test
        void shows_what_is_replayed_afterwards_once() {
            var story =
                    Story.inLobby()
                            .hears("@msgid=7 :bob!b@h PRIVMSG #lobby :hello")
                            .down()
                            .up()
                            .forget()
                            .hears(
                                    "@msgid=7 :bob!b@h PRIVMSG #lobby :hello",
                                    "@msgid=8 :bob!b@h PRIVMSG #lobby :are you there?");

            assertEquals(List.of("#lobby bob: are you there?"), story.shown());
        }
    }

    @Nested
    class The_end_of_the_input {

        @Test
        void waits_until_all_is_answered_and_all_that_was_said_is_kept() {
            var story = Story.inLobby().says("milk?").asks(new Act.Finish());
            assertEquals("PING finish", story.sent().getLast());
            story.hears(":d PONG d :finish");
            assertEquals(List.of(), story.ended());

            story.hears("@label=p0 :ann!ann@h PRIVMSG #lobby :milk?");
            assertEquals(List.of(new Effect.Leave("")), story.ended());
        }

        @Test
        void is_a_failure_when_the_link_breaks_first() {
            var story = Story.inLobby().says("milk?", "a", "b", "c", "d").asks(new Act.Finish());
            story.down();

            var end = assertInstanceOf(Effect.End.class, story.ended().getFirst());
            assertEquals(Ending.Kind.CANNOT_CONNECT, end.ending().kind());
        }
    }
}
