package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.Capability;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that lacks one capability, or all of them: people still talk.
class PlainServerTest {

    /// What a server with history answers.
    private static final String[] NOBODY = {"BATCH +0 draft/chathistory-targets", "BATCH -0"};

    private static final String[] NOTHING = {"BATCH +1 chathistory #lobby", "BATCH -1"};

    /// All that a conversation does, one after the other.
    private static Story conversation(Capability... without) {
        return Story.of("#lobby")
                .upWithAll(without)
                .hears(NOBODY)
                .hears(":ann!ann@h JOIN #lobby", ":bob!b@h JOIN #lobby")
                .hears(NOTHING)
                .hears(":bob!b@h PRIVMSG #lobby :hello ann")
                .says("good morning")
                .asks(new Act.Block("one\ntwo"))
                .asks(new Act.Reply("yes"))
                .asks(new Act.React("", "👍"))
                .asks(new Act.Redact("", ""))
                .asks(new Act.Edit("no"))
                .asks(new Act.History(""))
                .asks(new Act.Search("hello"))
                .happens(new Event.Composed("so", Story.NOON))
                .asks(new Act.SayTo("bob", "psst"))
                .passes(Duration.ofSeconds(3))
                .down()
                .says("still there?")
                .upWithAll(without)
                .hears(NOBODY)
                .hears(":ann!ann@h JOIN #lobby")
                .hears(NOTHING);
    }

    private static boolean says(Story story, String line) {
        return story.sent().stream().anyMatch(sent -> sent.endsWith(line));
    }

    @Nested
    class Without_one {

        @ParameterizedTest
        @EnumSource(Capability.class)
        void words_go_out_and_nothing_goes_out_that_needs_it(Capability missing) {
            var story = conversation(missing);

            assertTrue(says(story, "PRIVMSG #lobby :good morning"), story.sent()::toString);
            var needing =
                    switch (missing) {
                        case CHATHISTORY -> "CHATHISTORY";
                        case READ_MARKER -> "MARKREAD";
                        case MULTILINE -> "draft/multiline";
                        case MESSAGE_REDACTION -> "REDACT";
                        case SEARCH -> "SEARCH";
                        case LABELED_RESPONSE -> "label=";
                        case ONCE -> "parley.chat/once";
                        case MESSAGE_TAGS -> "TAGMSG";
                        default -> "nothing of the kind";
                    };
            var sent = story.sent().stream().filter(line -> line.contains(needing)).toList();
            assertEquals(List.of(), sent);
        }
    }

    /// Without labels a refusal says by its words what it is for.
    @Nested
    class A_refusal_without_labels {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "400 ann PRIVMSG :Disconnected from upstream network",
                    "404 ann #Lobby :Cannot send to channel",
                    "439 ann #lobby :Target change too fast",
                    "477 ann #lobby :You need a registered nick",
                    "417 ann :Input line was too long"
                })
        void is_of_the_oldest_line_that_it_may_be_of(String answer) {
            var story =
                    Story.inLobbyWithout(Capability.LABELED_RESPONSE, Capability.ONCE)
                            .says("one", "two")
                            .forget()
                            .hears(":d " + answer);

            assertTrue(story.shown().getFirst().startsWith("!! not said: one ("), answer);
            assertEquals(1, story.model().outbox().waiting().size());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "400 ann NAMES :Disconnected from upstream network",
                    "404 ann #tea :Cannot send to channel",
                    "482 ann #lobby :You're not channel operator",
                    "442 ann #lobby :You're not on that channel",
                    "467 ann #lobby :Channel key already set",
                    "441 ann bob #lobby :They aren't on that channel",
                    "443 ann bob #lobby :is already on channel"
                })
        void of_something_else_is_of_none(String answer) {
            var story =
                    Story.inLobbyWithout(Capability.LABELED_RESPONSE, Capability.ONCE)
                            .says("one")
                            .asks(new Act.SayTo("bob", "psst"))
                            .hears(":d " + answer);

            assertEquals(2, story.model().outbox().waiting().size());
        }
    }

    /// Where a nick is nobody's, it may be another's once one comes back.
    @Nested
    class A_nick {

        private static void is(Story story, String nick) {
            story.happens(new Event.Up(nick, Set.of(), Map.of(), Story.NOON));
        }

        @Test
        void that_is_another_after_a_break_is_told() {
            var story = Story.inLobby().down().forget();
            is(story, "ann_");
            assertEquals(List.of("-- the link is back", "-- you are now ann_"), story.shown());

            story.down().forget();
            is(story, "ANN_");
            assertEquals(List.of("-- the link is back"), story.shown());
        }

        @Test
        void is_asked_for_and_its_refusal_is_told() {
            var story = Story.inLobby().asks(new Act.Nick("anna"));
            assertEquals(List.of("NICK anna"), story.sent());

            story.hears(":d 433 ann anna :Nickname is already in use");
            assertEquals(List.of("!! anna: Nickname is already in use"), story.shown());
            story.forget().hears(":ann!ann@h NICK anna");
            assertEquals(List.of("-- you are now anna"), story.shown());
        }
    }

    @Nested
    class Without_any {

        @Test
        void a_conversation_is_plain_lines_and_all_of_them_arrive() {
            var story = conversation(Capability.values());

            assertEquals(
                    List.of(
                            "JOIN #lobby",
                            "PRIVMSG #lobby :good morning",
                            "PRIVMSG #lobby one",
                            "PRIVMSG #lobby two",
                            "PRIVMSG #lobby :bob: yes",
                            "PRIVMSG bob psst",
                            "PING lag",
                            "JOIN #lobby",
                            "PRIVMSG #lobby :still there?"),
                    story.sent().stream()
                            .map(line -> line.replaceAll(" :(?=[^ ]*$)", " "))
                            .toList());
            assertTrue(
                    Stream.of("good morning", "one", "two", "bob: yes", "still there?")
                            .allMatch(text -> story.shown().contains("#lobby ann: " + text)),
                    story.shown()::toString);
        }

        @Test
        void says_clearly_what_it_cannot_do() {
            assertTrue(
                    conversation(Capability.values())
                            .shown()
                            .containsAll(
                                    List.of(
                                            "!! this server passes no reactions on",
                                            "!! this server cannot take back what was said",
                                            "!! this server keeps no history to ask for")));
        }
    }
}
