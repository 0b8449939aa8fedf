package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Going into a channel: what is said between asking to be in and the answer.
class JoiningTest {

    @Nested
    class What_is_said_before_the_answer {

        @Test
        void waits_and_is_said_there_once_one_is_in() {
            var story = Story.askedForTea().says("milk?");
            assertEquals(List.of("JOIN #tea"), story.sent());
            assertEquals("#tea", story.model().places().current());

            story.forget().hears(":ann!ann@h JOIN #tea");
            assertEquals(
                    List.of("@label=p0;parley.chat/once=r-0 PRIVMSG #tea :milk?"), story.sent());
        }

        @Test
        void holds_nothing_up_that_is_for_another_place() {
            var story = Story.askedForTea().says("milk?").asks(new Act.GoTo("#lobby")).says("here");
            assertEquals(
                    List.of("@label=p1;parley.chat/once=r-1 PRIVMSG #lobby :here"), story.spoken());

            story.hears(":ann!ann@h JOIN #tea");
            assertEquals("#lobby", story.model().places().current()); // nobody is pulled away
            assertEquals(2, story.spoken().size());
        }

        @Test
        void in_several_lines_waits_as_well() {
            var story = Story.askedForTea().asks(new Act.Block("one\ntwo"));
            assertEquals(List.of(), story.spoken());

            story.hears(":ann!ann@h JOIN #tea");
            assertEquals(2, story.spoken().size());
        }

        @Test
        void waits_on_when_the_link_breaks_and_the_key_is_said_again() {
            var story = Story.inLobby().asks(new Act.Join("#tea", "leaves")).says("milk?");
            story.down().forget().up();
            assertEquals(List.of("JOIN #lobby", "JOIN #tea :leaves"), story.sent());

            story.hears(":ann!ann@h JOIN #tea");
            assertEquals(
                    List.of("@label=p0;parley.chat/once=r-0 PRIVMSG #tea :milk?"), story.spoken());
        }

        @Test
        void waits_for_the_link_when_one_asks_without_it() {
            var story = Story.inLobby().down().forget().asks(new Act.Join("#tea", ""));
            assertEquals(List.of("-- you will be in #tea once the link is back"), story.shown());
            story.says("milk?").up();
            assertEquals(List.of("JOIN #lobby", "JOIN #tea"), story.sent());

            story.hears(":ann!ann@h JOIN #tea");
            assertEquals(1, story.spoken().size());
        }

        @Test
        void in_the_first_channel_of_a_run_waits_too() {
            var story = Story.of("#lobby").up().says("hello");
            assertEquals(List.of("JOIN #lobby"), story.sent());

            story.hears(":ann!ann@h JOIN #Lobby");
            assertEquals(1, story.spoken().size());
        }

        @Test
        void that_takes_long_is_given_up_by_a_clock_that_was_put_back_too() {
            var story = Story.askedForTea().says("milk?").passes(Duration.ofDays(-1));
            story.passes(Duration.ofSeconds(61)).forget().passes(Duration.ofSeconds(1));

            assertEquals(List.of(), story.model().outbox().waiting());
        }

        @Test
        void that_takes_long_is_told_once_and_given_up_after_a_minute() {
            var story = Story.askedForTea().says("milk?");
            for (var i = 0; i < 20; i++) {
                story.passes(Duration.ofSeconds(3)).hears(":d PONG d :lag");
            }
            assertEquals(
                    List.of("-- no answer yet: you are not in #tea; what you say there waits"),
                    story.shown());

            story.forget().passes(Duration.ofSeconds(3));
            assertEquals(
                    List.of(
                            "!! #tea: the server does not answer; you are in #lobby",
                            "!! not said in #tea: milk?"),
                    story.shown());
        }
    }

    @Nested
    class A_refusal {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "403 ann #tea", "405 ann #tea", "437 ann #tea", "470 ann #tea #overflow",
                    "471 ann #tea", "473 ann #TEA", "474 ann #tea", "475 ann #tea",
                    "476 ann #tea", "477 ann #tea", "479 ann #tea", "489 ann #tea",
                    "520 ann #tea", "FAIL JOIN CHANNEL_CLOSED #tea"
                })
        void leads_back_and_what_was_said_goes_nowhere(String answer) {
            var story = Story.askedForTea().says("milk?", "tea?").hears(":d " + answer + " :No");

            assertEquals(List.of(), story.spoken());
            assertEquals("#lobby", story.model().places().current());
            assertEquals(1, story.model().places().all().size());
            assertEquals(List.of(), story.model().outbox().waiting());
            assertTrue(
                    story.shown().getFirst().startsWith("!! ")
                            && story.shown().getFirst().endsWith("No; you are in #lobby"),
                    story.shown()::toString);
            assertEquals(
                    List.of("!! not said in #tea: milk?", "!! not said in #tea: tea?"),
                    story.shown().subList(1, 3));

            story.says("here");
            assertEquals(
                    List.of("@label=p2;parley.chat/once=r-2 PRIVMSG #lobby :here"), story.spoken());
        }

        @Test
        void of_one_of_two_leads_back_to_where_one_was_before_it() {
            var story = Story.inLobby().hears(":ann!ann@h JOIN #milk");
            story.asks(new Act.GoTo("#milk"))
                    .asks(new Act.Join("#tea", ""))
                    .asks(new Act.Join("#jam", ""))
                    .hears(":d 473 ann #tea :No");
            assertEquals("#jam", story.model().places().current());

            story.hears(":d 473 ann #jam :No");
            assertEquals("#milk", story.model().places().current());
        }

        @Test
        void moves_nobody_who_went_elsewhere_meanwhile() {
            var story =
                    Story.askedForTea()
                            .says("milk?")
                            .asks(new Act.GoTo("bob"))
                            .forget()
                            .hears(":d 473 ann #tea :Invite only");

            assertEquals("bob", story.model().places().current());
            assertEquals(
                    List.of("!! #tea: Invite only", "!! not said in #tea: milk?"), story.shown());
        }

        @Test
        void of_the_only_channel_leaves_one_nowhere() {
            var story = Story.of("#tea").up().says("milk?").hears(":d 473 ann #tea :Invite only");

            assertEquals("", story.model().places().current());
            assertEquals(
                    List.of("!! #tea: Invite only", "!! not said in #tea: milk?"), story.shown());
        }

        @Test
        void on_coming_back_leaves_the_lines_and_takes_no_new_ones() {
            var story =
                    Story.inLobby()
                            .hears(":bob!b@h PRIVMSG #lobby :hello")
                            .down()
                            .says("milk?")
                            .up()
                            .forget()
                            .hears(":d 474 ann #lobby :You are banned");
            assertEquals(
                    List.of("!! #lobby: You are banned", "!! not said in #lobby: milk?"),
                    story.shown());
            assertEquals(
                    List.of(Entry.State.FAILED),
                    story.model().places().here().orElseThrow().backlog().entries().stream()
                            .filter(Entry::isMine)
                            .map(Entry::state)
                            .toList());

            story.forget().says("milk?").asks(new Act.Block("a\nb"));
            assertEquals(
                    List.of(
                            "!! you are not in #lobby; not said: milk? (/join #lobby asks again)",
                            "!! you are not in #lobby; not said: a ... (/join #lobby asks again)"),
                    story.shown());
            assertEquals(List.of(), story.sent());

            story.asks(new Act.Join("#lobby", ""));
            assertEquals(List.of("JOIN #lobby"), story.sent());
            story.hears(":ann!ann@h JOIN #lobby").says("milk?");
            assertEquals(1, story.spoken().size());
        }

        @Test
        void of_something_else_in_a_channel_one_is_in_changes_nothing() {
            var story = Story.inLobby().hears(":d 477 ann #lobby :Channel doesn't support modes");

            assertEquals("#lobby", story.model().places().current());
            assertTrue(story.model().places().here().orElseThrow().isJoined());
        }
    }

    @Nested
    class Asking {

        @Test
        void twice_is_asking_once_and_with_a_key_again() {
            var story =
                    Story.askedForTea()
                            .asks(new Act.Join("#tea", ""))
                            .asks(new Act.Join("#tea", "leaves"));

            assertEquals(List.of("JOIN #tea", "JOIN #tea :leaves"), story.sent());
        }

        @Test
        void for_several_goes_to_the_last() {
            var story = Story.inLobby().asks(new Act.Join("#tea,#milk", "leaves"));

            assertEquals(List.of("JOIN #tea :leaves", "JOIN #milk"), story.sent());
            assertEquals("#milk", story.model().places().current());
        }

        @Test
        void for_what_is_no_channel_asks_nobody() {
            var story = Story.inLobby().asks(new Act.Join("0", "")).asks(new Act.Join("bob", ""));

            assertEquals(List.of(), story.sent());
            assertEquals(
                    List.of(
                            "!! 0 is no channel: the name of one begins with #",
                            "!! bob is no channel: the name of one begins with #"),
                    story.shown());
        }

        @Test
        void can_be_taken_back_while_the_link_is_down() {
            var story = Story.inLobby().down().asks(new Act.Join("#tea", "")).says("milk?");
            story.forget().asks(new Act.Part("", ""));
            assertEquals(
                    List.of("-- you will not be in #tea", "!! not said in #tea: milk?"),
                    story.shown());

            assertEquals(List.of("JOIN #lobby"), story.up().sent());
        }

        @Test
        void is_answered_before_a_script_ends() {
            var story = Story.askedForTea().asks(new Act.Finish()).hears(":d PONG d :finish");
            assertEquals(List.of(), story.ended());

            story.hears(":ann!ann@h JOIN #tea");
            assertEquals(List.of(new Effect.Leave("")), story.ended());
        }
    }
}
