package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PresenceTest {

    @Nested
    class Channels {

        @Test
        void wished_for_are_joined_and_the_first_is_gone_to() {
            var story = Story.of("#tea", "#milk").up();
            assertEquals(List.of("JOIN #tea", "JOIN #milk"), story.sent());

            story.hears(":ann!a@h JOIN #lobby", ":ann!a@h JOIN #milk", ":ann!a@h JOIN #tea");
            assertEquals("#tea", story.model().places().current());
        }

        @Test
        void list_who_is_there_when_one_joins() {
            var story =
                    Story.inLobby()
                            .hears(
                                    ":d 353 ann = #lobby :@ann +bob cat!c@h",
                                    ":d 366 ann #lobby :End of /NAMES list");

            assertEquals(List.of("3 here: ann, bob, cat"), story.shown());
        }

        @Test
        void know_who_came_left_was_renamed_and_was_removed() {
            var story =
                    Story.inLobby()
                            .hears(
                                    ":bob!b@h JOIN #lobby",
                                    ":cat!c@h JOIN #lobby",
                                    ":dan!d@h JOIN #lobby",
                                    ":bob!b@h PART #lobby :bye",
                                    ":cat!c@h NICK kit",
                                    ":ann!a@h KICK #lobby dan :enough",
                                    ":eve!e@h JOIN #lobby",
                                    ":eve!e@h QUIT :Quit");

            assertEquals(
                    List.of("kit"),
                    List.copyOf(story.model().places().here().orElseThrow().members().values()));
        }

        @Test
        void one_is_removed_from_lead_back_to_another() {
            var story =
                    Story.inLobby()
                            .asks(new Act.Join("#tea", ""))
                            .hears(":ann!a@h JOIN #tea")
                            .forget()
                            .hears(":bob!b@h KICK #tea ann :spilled");

            assertEquals(List.of("!! you were removed from #tea by bob (spilled)"), story.shown());
            assertEquals("#lobby", story.model().places().current());
        }
    }

    @Nested
    class A_mode {

        @Test
        void of_a_channel_is_told_and_one_s_own_is_not() {
            var story =
                    Story.inLobby()
                            .hears(
                                    ":bob!b@h MODE #lobby +o-v ann cat",
                                    ":ann!a@h MODE ann +i",
                                    ":bob!b@h MODE #elsewhere +m",
                                    ":bob!b@h MODE #lobby");

            assertEquals(List.of("bob set the mode +o-v ann cat"), story.shown());
        }
    }

    @Nested
    class Who_comes_and_goes {

        @Test
        void is_told_at_once_in_a_quiet_channel_and_counted_in_a_busy_one() {
            var story = Story.inLobby();
            for (var nick : List.of("bob", "cat", "dan", "eve", "fay", "gus")) {
                story.hears(":" + nick + "!x@h JOIN #lobby");
            }
            story.hears(":cat!x@h PART #lobby", ":dan!x@h QUIT :Quit");
            assertEquals(List.of("bob joined"), story.shown());

            story.passes(Duration.ofSeconds(9));
            for (var i = 0; i < 7; i++) {
                story.passes(Duration.ofSeconds(9));
            }
            assertEquals(List.of("bob joined", "5 came, 2 went (cat, dan)"), story.shown());
        }

        @Test
        void is_told_before_somebody_speaks() {
            var story =
                    Story.inLobby()
                            .hears(
                                    ":bob!x@h JOIN #lobby",
                                    ":cat!x@h JOIN #lobby",
                                    ":bob!x@h PRIVMSG #lobby :hello");

            assertEquals(List.of("bob joined", "1 came (cat)", "#lobby bob: hello"), story.shown());
        }

        @Test
        void is_told_at_once_if_it_talked_lately() {
            var story =
                    Story.inLobby()
                            .hears(
                                    ":bob!x@h JOIN #lobby",
                                    ":bob!x@h PRIVMSG #lobby :hello",
                                    ":cat!x@h JOIN #lobby",
                                    ":bob!x@h QUIT :Ping timeout");

            assertEquals(
                    List.of("bob joined", "#lobby bob: hello", "bob left (Ping timeout)"),
                    story.shown());
        }

        @Test
        void by_the_hundred_in_a_netsplit_is_one_line() {
            var story = Story.inLobby().hears(":x!x@h JOIN #lobby");
            for (var i = 0; i < 300; i++) {
                story.hears(":n" + i + "!x@h JOIN #lobby");
            }
            story.hears(":x!x@h PRIVMSG #lobby :hi").forget();
            for (var i = 0; i < 300; i++) {
                story.hears(":n" + i + "!x@h QUIT :a.test b.test");
            }
            story.hears(":x!x@h PRIVMSG #lobby :oh");

            assertEquals(List.of("300 went", "#lobby x: oh"), story.shown());
        }

        @Test
        void from_several_channels_at_once_leaves_once() {
            var story =
                    Story.inLobby()
                            .hears(":ann!ann@h JOIN #tea", ":bob!b@h JOIN #lobby")
                            .hears(
                                    ":bob!b@h JOIN #tea",
                                    ":bob!b@h PRIVMSG #tea :hi",
                                    ":bob!b@h PRIVMSG #lobby :hi")
                            .forget()
                            .hears(":bob!b@h QUIT :Quit");

            assertEquals(List.of("bob left (Quit)"), story.shown());
        }
    }
}
