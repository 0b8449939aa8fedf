package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Going out of a channel, by oneself or put out, and what is said then.
class LeavingTest {

    /// What one is about to say must be said in no other place.
    @Nested
    class Who_has_begun_a_line {

        private static final String NOT_IN =
                "!! you are not in #tea; not said: secret (/join #tea asks again)";

        private static void staysOut(Story story) {
            story.forget().says("secret");
            assertEquals(List.of(NOT_IN), story.shown());
            assertEquals(List.of(), story.spoken());
            assertEquals("#tea", story.model().places().current());
        }

        @ParameterizedTest
        @ValueSource(strings = {"sec", "/topic sec"})
        void stays_where_it_is_refused(String text) {
            staysOut(Story.askedForTea().types(text).hears(":d 473 ann #tea :Invite only"));
        }

        @ParameterizedTest
        @ValueSource(strings = {":bob!b@h KICK #tea ann :enough", ":ann!ann@h PART #tea"})
        void stays_where_it_is_put_out_and_asks_for_nothing(String how) {
            var story = Story.askedForTea().hears(":ann!ann@h JOIN #tea").types("sec").hears(how);
            staysOut(story);

            story.down().forget().up();
            assertEquals(List.of("JOIN #lobby"), story.sent());

            story.forget().asks(new Act.Join("#tea", ""));
            assertEquals(List.of("JOIN #tea"), story.sent());
        }

        @Test
        void as_a_script_may_at_any_moment_stays_too() {
            var story = Story.inLobby().unattended().asks(new Act.Join("#tea", ""));
            staysOut(story.hears(":d 473 ann #tea :Invite only"));
        }

        @Test
        void and_thought_better_of_it_is_led_back() {
            var story =
                    Story.askedForTea()
                            .types("sec")
                            .types("")
                            .hears(":d 473 ann #tea :Invite only");

            assertEquals("#lobby", story.model().places().current());
        }

        @Test
        void elsewhere_keeps_no_place_that_is_lost() {
            var story =
                    Story.askedForTea().hears(":ann!ann@h JOIN #tea").asks(new Act.GoTo("#lobby"));
            story.types("sec").hears(":bob!b@h KICK #tea ann :enough");

            assertEquals(1, story.model().places().all().size());
        }
    }

    @Nested
    class Leaving {

        private static Story inTea() {
            return Story.askedForTea().hears(":ann!ann@h JOIN #tea").forget();
        }

        @Test
        void leads_at_once_back_to_where_one_was() {
            var story = inTea().asks(new Act.Part("", "bye")).says("here");

            assertEquals(
                    List.of(
                            "PART #tea :bye",
                            "@label=p0;parley.chat/once=r-0 PRIVMSG #lobby :here"),
                    story.sent());
            assertEquals(List.of("-- you left #tea"), story.shown());
            story.forget().hears(":ann!ann@h PART #tea :bye");
            assertEquals(List.of(), story.shown());
        }

        @Test
        void and_coming_back_at_once_is_no_answer_to_the_other() {
            var story = inTea().asks(new Act.Part("", "")).asks(new Act.Join("#tea", ""));
            assertEquals(List.of("PART #tea", "JOIN #tea"), story.sent());

            story.says("milk?").hears(":ann!ann@h PART #tea", ":ann!ann@h JOIN #tea");
            assertEquals("#tea", story.model().places().current());
            assertEquals(1, story.spoken().size());
        }

        @Test
        void waits_for_what_was_said_before() {
            var story = Story.askedForTea().says("milk?").asks(new Act.Part("", ""));
            assertEquals("#lobby", story.model().places().current());
            assertEquals(List.of("JOIN #tea"), story.sent());

            story.forget().hears(":ann!ann@h JOIN #tea");
            assertEquals(1, story.sent().size());
            story.hears("@label=p0 :ann!ann@h PRIVMSG #tea :milk?");
            assertEquals("PART #tea", story.sent().getLast());
        }

        @Test
        void twice_waits_for_nothing() {
            var story = inTea().says("milk?").asks(new Act.Part("", ""));
            assertEquals(1, story.forget().asks(new Act.Part("#tea", "")).sent().size());
            story.forget().hears(":ann!ann@h PART #tea", ":d PONG d :lag");
            assertEquals(List.of(), story.sent());
        }

        @Test
        void twice_says_nothing_more_there() {
            var story = inTea().says("1", "2", "3", "4", "5", "6").asks(new Act.Part("", ""));
            story.forget().asks(new Act.Part("#tea", ""));

            assertEquals(List.of("PART #tea"), story.sent());
            assertEquals(
                    List.of("!! not said in #tea: 5", "!! not said in #tea: 6", "-- you left #tea"),
                    story.shown());
            story.forget().hears("@label=p0 :ann!ann@h PRIVMSG #tea :1");
            assertEquals(List.of(), story.sent());
        }

        @Test
        void can_be_thought_better_of_while_it_waits() {
            var story = inTea().says("milk?").asks(new Act.Part("", ""));
            story.asks(new Act.SayTo("#tea", "sugar?"));
            assertEquals(
                    "!! you are not in #tea; not said: sugar? (/join #tea asks again)",
                    story.shown().getLast());

            story.forget()
                    .asks(new Act.Join("#tea", ""))
                    .hears("@label=p0 :ann!ann@h PRIVMSG #tea :milk?")
                    .says("sugar?");
            assertEquals("#tea", story.model().places().current());
            assertEquals(1, story.sent().size());
        }

        @Test
        void a_script_goes_back_too_but_nowhere_it_has_not_been() {
            var back = inTea().unattended().asks(new Act.Part("", "")).says("here");
            assertEquals(
                    List.of("@label=p0;parley.chat/once=r-0 PRIVMSG #lobby :here"), back.spoken());

            var first = Story.of("#tea").up().unattended();
            first.hears(":ann!ann@h JOIN #tea", ":ann!ann@h JOIN #lobby");
            first.forget().asks(new Act.Part("", "")).says("secret");
            assertEquals(List.of(), first.spoken());
            assertEquals("", first.model().places().current());
        }
    }
}
