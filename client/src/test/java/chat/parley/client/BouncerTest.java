package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The modes for pipes at a bouncer.
@Timeout(60)
class BouncerTest extends AtABouncer {

    private static String said(int second, String text) {
        return "@batch=h;time=2026-11-21T09:00:%02d.500Z :bob!b@h PRIVMSG #tea :%s"
                .formatted(second, text);
    }

    private static void page(ScriptedDaemon.Peer peer, String... lines) throws IOException {
        peer.says("BATCH +h chathistory #tea");
        peer.says(lines);
        peer.says("BATCH -h");
    }

    private static List<String> texts(Run run) {
        return run.lines().stream().map(Piped::text).toList();
    }

    @Nested
    class History {

        @Test
        void goes_on_by_time_and_prints_each_line_once() throws Exception {
            var run =
                    parley(
                            peer -> {
                                peer.hears("CHATHISTORY LATEST #tea * ");
                                page(peer, said(3, "three"), said(3, "and three"), said(4, "four"));
                                peer.says("PONG d.test answered-0");
                                peer.hears(
                                        "CHATHISTORY BEFORE #tea timestamp=2026-11-21T09:00:03.501Z");
                                page(peer, said(2, "two"), said(3, "three"));
                                peer.says("PONG d.test answered-1");
                                peer.hears(
                                        "CHATHISTORY BEFORE #tea timestamp=2026-11-21T09:00:02.501Z");
                                page(peer, said(2, "two"));
                                peer.says("PONG d.test answered-2");
                            },
                            "history",
                            "#tea",
                            "--json");

            assertEquals(0, run.code(), run::err);
            assertEquals(List.of("two", "three", "and three", "four"), texts(run));
        }

        @Test
        void after_a_message_is_refused_with_what_to_give() throws Exception {
            var run =
                    parley(
                            peer -> peer.says("PONG d.test answered-0"),
                            "history",
                            "#tea",
                            "--since",
                            "msgid=some");

            assertEquals(1, run.code());
            assertTrue(run.err().contains("by their time alone; give a time"), run::err);
        }
    }

    @Nested
    class Tail {

        @Test
        void catches_up_by_time_and_takes_what_happened_then_for_the_past() throws Exception {
            var run =
                    parley(
                            peer -> {
                                peer.hears("CHATHISTORY AFTER #tea timestamp=");
                                peer.says(
                                        "@time=2026-11-21T09:00:05.500Z :bob!b@h PRIVMSG #tea :five");
                                page(
                                        peer,
                                        said(3, "three"),
                                        "@batch=h;time=2026-11-21T09:00:03.600Z :bob!b@h KICK #tea"
                                                + " ann :out",
                                        said(4, "four"),
                                        said(4, "four again"));
                                peer.hears(
                                        "CHATHISTORY AFTER #tea timestamp=2026-11-21T09:00:04.499Z");
                                page(peer, said(4, "four"), said(4, "four again"), said(5, "five"));
                                peer.hears(
                                        "CHATHISTORY AFTER #tea timestamp=2026-11-21T09:00:05.499Z");
                                page(peer, said(5, "five"));
                                peer.hears("CHATHISTORY AFTER #tea timestamp=");
                                page(peer, said(5, "five"));
                            },
                            "tail",
                            "#tea",
                            "--since",
                            "1h",
                            "--json");

            assertEquals(0, run.code(), run::err);
            assertEquals(List.of("three", "four", "four again", "five"), texts(run));
        }

        @Test
        void prints_two_lines_that_are_alike_twice() throws Exception {
            var run =
                    parley(
                            peer -> {
                                peer.hears("CHATHISTORY LATEST #tea");
                                page(peer);
                                var line = said(1, "ha").replace("batch=h;", "");
                                peer.says(line, line);
                            },
                            "tail",
                            "#tea",
                            "--follow",
                            "--json",
                            "-n",
                            "2");

            assertEquals(List.of("ha", "ha"), texts(run));
        }

        @Test
        void after_a_message_is_refused_with_what_to_give() throws Exception {
            var run =
                    parley(
                            peer -> {
                                peer.hears("CHATHISTORY AROUND #tea msgid=some");
                                peer.says("FAIL CHATHISTORY INVALID_PARAMS AROUND :Invalid bound");
                            },
                            "tail",
                            "#tea",
                            "--since",
                            "msgid=some");

            assertEquals(1, run.code());
            assertTrue(run.err().contains("by their time alone; give a time"), run::err);
        }
    }

    @Test
    void who_waits_for_the_end_of_the_list_and_not_for_the_pong() throws Exception {
        var run =
                parley(
                        peer -> {
                            peer.hears("WHO #tea");
                            peer.hears("PING ");
                            peer.says(
                                    "PONG d.test answered-0",
                                    ":d.test 354 ann 152 bob H 0 :Bob",
                                    ":d.test 315 ann #tea :End");
                        },
                        "who",
                        "#tea");

        assertEquals(new Run(0, "bob  Bob\n", ""), run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"520 ann #Tea :Not here", "481 ann WHO :Permission denied"})
    void who_ends_at_whatever_refuses_it(String refusal) throws Exception {
        var run =
                parley(
                        peer -> {
                            peer.hears("WHO #tea");
                            peer.says(":d.test 422 ann :No motd", ":d.test " + refusal);
                        },
                        "who",
                        "#tea");

        assertEquals(
                new Run(1, "", "parley: #tea: nobody is there, or you may not see who\n"), run);
    }

    @Test
    void search_that_needs_a_place_says_how_to_name_it() throws Exception {
        var run =
                parley(
                        peer -> {
                            peer.hears("SEARCH ");
                            peer.says(
                                    "FAIL SEARCH INVALID_PARAMS in :The in parameter is mandatory");
                        },
                        "search",
                        "tea");

        assertEquals(1, run.code());
        assertEquals("parley: this server searches one place at a time: --in '#tea'\n", run.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":d.test 400 * PRIVMSG :No such thing now",
                ":d.test 401 ann Bob :No such thing now",
                "FAIL PRIVMSG INVALID :No such thing now"
            })
    void send_tells_a_refusal_by_its_words(String refusal) throws Exception {
        var run =
                parley(
                        peer -> {
                            peer.hears("PRIVMSG ");
                            peer.says(refusal);
                        },
                        "send",
                        "bob",
                        "hi");

        assertEquals(new Run(1, "", "parley: not kept: No such thing now\n"), run);
    }

    @Test
    void send_says_no_label_that_was_not_agreed_on() throws Exception {
        var run =
                parley(
                        peer -> {
                            assertEquals("PRIVMSG bob :hi", peer.hears("PRIVMSG "));
                            peer.says(":d.test 422 ann :No motd"); // still of the greeting
                            peer.says(":ann!a@h PRIVMSG bob :hi");
                        },
                        "send",
                        "bob",
                        "hi");

        assertEquals(new Run(0, "", ""), run);
    }
}
