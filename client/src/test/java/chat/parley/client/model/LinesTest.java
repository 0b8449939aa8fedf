package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.Capability;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What is done to lines: answers, reactions, taking back, several lines as one.
class LinesTest {

    private static Story talked() {
        return Story.inLobby()
                .hears(
                        "@msgid=m1 :bob!b@h PRIVMSG #lobby :is the kettle on?",
                        "@msgid=m2 :cat!c@h PRIVMSG #lobby :no idea")
                .forget();
    }

    private static Entry entry(Story story, String id) {
        return story.model().places().here().orElseThrow().backlog().byId(id).orElseThrow();
    }

    @Nested
    class A_reply {

        @Test
        void answers_the_last_of_somebody_else_or_of_a_nick_or_a_number() {
            var tags = "@+reply=%s;+draft/reply=%s;label=p%d;parley.chat/once=r-%d PRIVMSG #lobby";
            var story =
                    talked().asks(new Act.Reply("me neither"))
                            .asks(new Act.Reply("bob: it is"))
                            .asks(new Act.Reply("1 it is"));

            assertEquals(
                    List.of(
                            tags.formatted("m2", "m2", 0, 0) + " :me neither",
                            tags.formatted("m1", "m1", 1, 1) + " :it is"),
                    story.sent());
            assertEquals(
                    List.of("!! there is no line 1 here; /lines shows their numbers"),
                    story.shown());
            var number = entry(talked(), "m1").number();
            assertEquals(
                    tags.formatted("m1", "m1", 0, 0) + " :it is",
                    talked().asks(new Act.Reply(number + " it is")).sent().getFirst());
        }

        @Test
        void comes_with_the_first_words_of_what_it_answers() {
            var story = talked().hears("@+draft/reply=m1 :cat!c@h PRIVMSG #lobby :it is");

            assertEquals("bob: is the kettle on?", ((Line.Said) story.lines().getFirst()).quote());
        }

        @Test
        void is_made_by_name_where_there_are_no_tags() {
            var story =
                    Story.of()
                            .up(Capability.MESSAGE_TAGS)
                            .hears(":ann!ann@h JOIN #lobby", ":bob!b@h PRIVMSG #lobby :tea?")
                            .forget()
                            .asks(new Act.Reply("yes"));

            assertEquals(
                    List.of("@label=p0;parley.chat/once=r-0 PRIVMSG #lobby :bob: yes"),
                    story.sent());
        }
    }

    @Nested
    class A_reaction {

        @Test
        void is_sent_with_what_it_is_for_and_told_when_it_comes() {
            var story = talked().asks(new Act.React("bob", "👍"));
            assertEquals(
                    List.of("@+draft/react=👍;+reply=m1;+draft/reply=m1 TAGMSG #lobby"),
                    story.sent());

            story.hears("@msgid=m3;+draft/react=👍;+draft/reply=m1 :ann!ann@h TAGMSG #lobby")
                    .hears("@msgid=m4;+draft/react=👍;+reply=m1 :cat!c@h TAGMSG #lobby")
                    .hears("@msgid=m5;+draft/unreact=👍;+reply=m1 :ann!ann@h TAGMSG #lobby");
            assertEquals(
                    List.of(
                            "ann reacts 👍 to bob: is the kettle on?",
                            "cat reacts 👍 to bob: is the kettle on?",
                            "ann takes back 👍 to bob: is the kettle on?"),
                    story.shown());
            assertTrue(entry(story, "m1").reactions().has("👍", "cat"));
            assertTrue(!entry(story, "m1").reactions().has("👍", "ann"));
        }

        @Test
        void is_refused_here_where_the_daemon_passes_none_on() {
            var story =
                    talked().hears(":d 005 ann CLIENTTAGDENY=*,-typing :are supported")
                            .asks(new Act.React("", "👍"));

            assertEquals(List.of(), story.sent());
            assertEquals(List.of("!! this server passes no reactions on"), story.shown());
        }
    }

    @Nested
    class What_is_taken_back {

        @Test
        void is_ones_last_line_and_its_words_are_gone() {
            var story =
                    talked().hears("@msgid=m3 :ann!ann@h PRIVMSG #lobby :secret")
                            .forget()
                            .asks(new Act.Redact("", ""));
            assertEquals(List.of("REDACT #lobby :m3"), story.sent());

            story.hears("@msgid=m4 :ann!ann@h REDACT #lobby m3 :oops");
            assertEquals(List.of("ann took back line 4, the last one (oops)"), story.shown());
            assertEquals(Entry.State.TAKEN_BACK, entry(story, "m3").state());
            assertTrue(!story.model().toString().contains("secret"));
        }

        @Test
        void is_nothing_where_the_daemon_cannot() {
            var story =
                    Story.of()
                            .up(Capability.MESSAGE_REDACTION)
                            .hears(":ann!ann@h JOIN #lobby", "@msgid=1 :ann!a@h PRIVMSG #lobby :x")
                            .forget()
                            .asks(new Act.Redact("", ""))
                            .asks(new Act.Edit("y"));

            assertEquals(List.of(), story.sent());
            assertEquals("!! this server cannot take back what was said", story.shown().getFirst());
            assertTrue(story.shown().getLast().contains("neither change nor take back"));
        }
    }

    @Nested
    class Several_lines {

        @Test
        void are_one_message_with_one_label_and_one_echo() {
            var story = talked().asks(new Act.Block("one\n\ntwo\n"));
            assertEquals(
                    List.of(
                            "@label=p0;parley.chat/once=r-0 BATCH +mp0 draft/multiline :#lobby",
                            "@batch=mp0 PRIVMSG #lobby :one",
                            "@batch=mp0 PRIVMSG #lobby :",
                            "@batch=mp0 PRIVMSG #lobby :two",
                            "BATCH -mp0"),
                    story.sent());

            story.hears(
                    "@label=p0;msgid=m3 :ann!ann@h BATCH +x draft/multiline #lobby",
                    "@batch=x :ann!ann@h PRIVMSG #lobby :one",
                    "@batch=x :ann!ann@h PRIVMSG #lobby :",
                    "@batch=x :ann!ann@h PRIVMSG #lobby :two",
                    ":ann!ann@h BATCH -x");
            assertEquals(List.of("#lobby ann: one\n\ntwo"), story.shown());
            assertEquals(List.of(), story.model().outbox().waiting());
        }

        @Test
        void that_are_long_are_cut_and_put_together_again() {
            var long600 = "word ".repeat(120) + "end";
            var story = talked().asks(new Act.Block("one\n" + long600));

            assertEquals(5, story.sent().size());
            assertTrue(story.sent().get(3).startsWith("@batch=mp0;draft/multiline-concat "));
            for (var line : story.sent().subList(1, 4)) {
                story.hears(line.replace("PRIVMSG", ":bob!b@h PRIVMSG").replace("mp0", "y"));
            }
            story.forget().hears("@msgid=m3 :bob!b@h BATCH +y draft/multiline #lobby");
            for (var line : talked().asks(new Act.Block("one\n" + long600)).sent().subList(1, 4)) {
                story.hears(line.replace("PRIVMSG", ":bob!b@h PRIVMSG").replace("mp0", "y"));
            }
            assertEquals(
                    List.of("#lobby bob: one\n" + long600),
                    story.hears(":bob!b@h BATCH -y").shown());
        }

        @Test
        void that_are_too_many_wait_for_a_yes() {
            var story = talked().asks(new Act.Block("x\n".repeat(40)));
            assertEquals(List.of(), story.sent());
            assertTrue(story.shown().getFirst().contains("/yes says these 40 lines"));

            assertEquals(Outbox.ON_THEIR_WAY, story.asks(new Act.Agree(true)).sent().size());
            assertEquals(
                    "-- forgotten",
                    talked().asks(new Act.Block("x\n".repeat(40)))
                            .asks(new Act.Agree(false))
                            .shown()
                            .getLast());
        }
    }

    @Nested
    class Own_lines {

        @Test
        void are_pending_then_stored_and_stand_where_the_daemon_put_them() {
            var story = talked().says("tea");
            var backlog = story.model().places().here().orElseThrow().backlog();
            assertEquals(Entry.State.PENDING, backlog.entries().getLast().state());

            story.hears("@msgid=m3 :bob!b@h PRIVMSG #lobby :later")
                    .hears("@label=p0;msgid=m4 :ann!ann@h PRIVMSG #lobby :tea");
            backlog = story.model().places().here().orElseThrow().backlog();
            assertEquals(
                    List.of("m1", "m2", "m3", "m4"),
                    backlog.entries().stream().map(Entry::id).filter(id -> !id.isEmpty()).toList());
            assertEquals(Entry.State.STORED, backlog.entries().getLast().state());
        }

        @Test
        void fail_or_stay_unsure() {
            var failed = talked().says("tea").hears("@label=p0 :d FAIL PRIVMSG X #lobby :no");
            assertEquals(
                    Entry.State.FAILED,
                    failed.model()
                            .places()
                            .here()
                            .orElseThrow()
                            .backlog()
                            .entries()
                            .getLast()
                            .state());

            var unsure = Story.inLobbyWithout(Capability.ONCE).says("tea").down();
            assertEquals(
                    Entry.State.UNSURE,
                    unsure.model()
                            .places()
                            .here()
                            .orElseThrow()
                            .backlog()
                            .entries()
                            .getLast()
                            .state());
        }

        @Test
        void in_an_answer_of_several_lines_are_known_by_its_label() {
            var story =
                    talked().says("tea")
                            .hears(
                                    "@label=p0 :d BATCH +z labeled-response",
                                    "@batch=z;msgid=m3 :ann!ann@h PRIVMSG #lobby :tea",
                                    "@batch=z :d 301 ann bob :gone",
                                    ":d BATCH -z");

            assertEquals(List.of(), story.model().outbox().waiting());
        }
    }
}
