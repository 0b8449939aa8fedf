package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.Capability;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UpdateTest {

    @Nested
    class What_was_said_while_one_was_away {

        @Test
        void is_shown_in_its_conversation_with_the_time_it_was_said() {
            var story =
                    Story.inLobby()
                            .hears(
                                    ":d BATCH +1 chathistory bob",
                                    "@batch=1;msgid=7;time=2026-11-20T08:00:00.000Z"
                                            + " :bob!b@h PRIVMSG ann :are you there?",
                                    "@batch=1;msgid=8;time=2026-11-20T08:01:00.000Z"
                                            + " :ann!ann@h PRIVMSG bob :on the train",
                                    ":d BATCH -1");

            assertEquals(
                    List.of("bob bob: are you there?", "bob ann: on the train"), story.shown());
            assertTrue(
                    story.lines().getFirst() instanceof Line.Said said
                            && said.at().equals(Instant.parse("2026-11-20T08:00:00Z")));
            assertTrue(story.model().places().find("bob").isPresent());
        }
    }

    @Nested
    class What_one_says {

        @Test
        void to_who_is_away_is_shown_as_said_when_it_is_kept() {
            var story =
                    Story.inLobby()
                            .asks(new Act.SayTo("bob", "call me"))
                            .hears("@label=p0;msgid=9 :ann!ann@h PRIVMSG bob :call me");

            assertEquals(List.of("bob ann: call me"), story.shown());
            assertEquals(List.of(), story.model().outbox().waiting());
        }

        @Test
        void is_sent_with_a_label_and_not_shown_yet() {
            var story = Story.inLobby().says("milk?");

            assertEquals(
                    List.of("@label=p0;parley.chat/once=r-0 PRIVMSG #lobby :milk?"), story.sent());
            assertEquals(List.of(), story.shown());
        }

        @Test
        void is_shown_when_its_echo_says_that_it_is_kept() {
            var story =
                    Story.inLobby()
                            .says("milk?")
                            .hears("@label=p0;msgid=1 :ann!ann@h PRIVMSG #lobby :milk?");

            assertEquals(List.of("#lobby ann: milk?"), story.shown());
            assertEquals(List.of(), story.model().outbox().waiting());
        }

        @Test
        void is_told_to_be_late_once_when_no_echo_comes() {
            var story =
                    Story.inLobby()
                            .says("milk?")
                            .passes(Duration.ofSeconds(3))
                            .passes(Duration.ofSeconds(3));

            assertEquals(List.of("-- not kept yet: milk?"), story.shown());
        }

        @Test
        void is_told_to_be_refused_with_the_reason() {
            var story =
                    Story.inLobby()
                            .says("milk?")
                            .hears("@label=p0 :d FAIL PRIVMSG NOT_STORED #lobby :The disk is full");

            assertEquals(List.of("!! not said: milk? (The disk is full)"), story.shown());
            assertEquals(List.of(), story.model().outbox().waiting());
        }

        @Test
        void is_told_to_be_refused_by_a_numeric() {
            var story =
                    Story.inLobby()
                            .says("milk?")
                            .hears("@label=p0 :d 404 ann #lobby :Cannot send to channel");

            assertEquals(
                    List.of("!! not said: milk? (#lobby: Cannot send to channel)"), story.shown());
        }

        @Test
        void is_cut_into_lines_that_fit_with_the_source_before_them() {
            var story = Story.inLobby().says("word ".repeat(200));

            assertEquals(3, story.sent().size());
            for (var line : story.sent()) {
                var delivered = ":ann!ann@h " + line.substring(line.indexOf(' ') + 1) + "\r\n";
                assertTrue(delivered.length() <= 512, delivered);
            }
        }

        @Test
        void goes_a_few_at_a_time_however_much_is_pasted() {
            var story = Story.inLobby().says("1", "2", "3", "4", "5", "6");
            assertEquals(Outbox.ON_THEIR_WAY, story.sent().size());

            story.forget().hears("@label=p0 :ann!ann@h PRIVMSG #lobby :1");
            assertEquals(List.of("@label=p4;parley.chat/once=r-4 PRIVMSG #lobby :5"), story.sent());
        }

        @Test
        void beyond_what_may_wait_is_told_and_not_swallowed() {
            var story = Story.inLobby();
            for (var i = 0; i <= Outbox.LONGEST; i++) {
                story.says("line " + i);
            }

            assertEquals(
                    List.of("!! 500 lines are waiting already; not sent: line 500"), story.shown());
        }

        @Test
        void nowhere_is_answered_with_what_to_do() {
            var story = Story.of().up().says("hello?");

            assertEquals(List.of("!! you are in no channel; try /join #lobby"), story.shown());
            assertEquals(List.of(), story.sent());
        }

        @Test
        void loses_its_control_characters() {
            var story = Story.inLobby().says("a\u001b[31m\tb\u0007\uD800");

            assertEquals(
                    List.of("@label=p0;parley.chat/once=r-0 PRIVMSG #lobby :a[31m b"),
                    story.sent());
        }

        @Test
        void is_shown_at_once_where_the_daemon_echoes_nothing() {
            var story =
                    Story.of()
                            .up(Capability.ECHO_MESSAGE, Capability.LABELED_RESPONSE)
                            .hears(":ann!ann@h JOIN #lobby")
                            .forget()
                            .says("milk?");

            assertEquals(List.of("PRIVMSG #lobby :milk?"), story.sent());
            assertEquals(List.of("#lobby ann: milk?"), story.shown());
        }

        @Test
        void is_known_by_its_words_where_the_daemon_knows_no_labels() {
            var story =
                    Story.of()
                            .up(Capability.LABELED_RESPONSE)
                            .hears(":ann!ann@h JOIN #lobby")
                            .forget()
                            .says("milk?")
                            .hears(":ann!ann@h PRIVMSG #lobby :milk?");

            assertEquals(List.of("@parley.chat/once=r-0 PRIVMSG #lobby :milk?"), story.sent());
            assertEquals(List.of(), story.model().outbox().waiting());
        }
    }

    @Nested
    class What_others_say {

        @Test
        void carries_the_time_of_the_daemon() {
            var story =
                    Story.inLobby()
                            .hears(
                                    "@time=2026-11-20T09:30:00.000Z :bob!b@h PRIVMSG #lobby"
                                            + " :hello");

            var said = (Line.Said) story.lines().getFirst();
            assertEquals(Instant.parse("2026-11-20T09:30:00Z"), said.at());
        }

        @Test
        void is_for_one_when_it_has_ones_nick_as_a_word() {
            var story =
                    Story.inLobby()
                            .hears(
                                    ":bob!b@h PRIVMSG #lobby :hello Ann!",
                                    ":bob!b@h PRIVMSG #lobby :planning",
                                    ":bob!b@h PRIVMSG ann :psst");

            assertEquals(
                    List.of(true, false, true),
                    story.lines().stream().map(line -> ((Line.Said) line).forMe()).toList());
        }

        @Test
        void to_one_alone_opens_a_conversation_to_go_to() {
            var story =
                    Story.inLobby()
                            .hears(":bob!b@h PRIVMSG ann :psst")
                            .asks(new Act.GoTo("bob"))
                            .says("yes?");

            assertEquals(List.of("@label=p0;parley.chat/once=r-0 PRIVMSG bob :yes?"), story.sent());
            assertEquals(List.of("bob bob: psst"), story.shown());
        }

        @Test
        void as_a_request_to_the_client_itself_is_not_answered() {
            var story = Story.inLobby().hears(":bob!b@h PRIVMSG ann :\u0001VERSION\u0001");

            assertEquals(List.of(), story.sent());
            assertEquals(List.of(), story.shown());
        }
    }
}
