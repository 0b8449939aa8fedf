package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Talking by the client with the daemon, over real TLS: scripts of lines as they are typed.
@Timeout(60)
class TalkingTest extends WithADaemon {

    @Nested
    class Talk {

        @Test
        void shows_how_it_is_secured_the_post_quantum_group_first(@TempDir Path home) {
            var run = parley(home, "ann", "/tls\n");

            assertEquals(0, run.code(), run.err());
            assertTrue(
                    run.out()
                            .contains(
                                    "-- connection   TLSv1.3 TLS_AES_256_GCM_SHA384"
                                            + " X25519MLKEM768\n"),
                    run.out());
            assertTrue(run.out().contains("-- key          sha256/"), run.out());
            assertTrue(run.out().contains("-- trusted      an authority in "), run.out());
        }

        @Test
        void says_what_is_typed_and_shows_it_when_it_is_kept(@TempDir Path home) {
            try (var bob = daemon.login("bob")) {
                var run = parley(home, "ann", "good morning\n/me waves\n//not a command\n");

                assertEquals(0, run.code(), run::err);
                bob.expect(":ann!* PRIVMSG #lobby :good morning");
                bob.expect(":ann!* PRIVMSG #lobby :\u0001ACTION waves\u0001");
                bob.expect(":ann!* PRIVMSG #lobby :/not a command");
                var text = run.out();
                assertTrue(text.contains("ann  good morning\n"), text);
                assertTrue(text.contains("* ann waves\n"), text);
            }
        }
    }

    @Nested
    class What_was_said_before {

        @Test
        void is_shown_to_who_comes_and_older_lines_are_there_to_ask_for(@TempDir Path home) {
            try (var bob = daemon.login("bob")) {
                bob.send("JOIN #past");
                bob.expect(":bob!* JOIN #past");
                for (var text : List.of("one", "two", "three")) {
                    bob.send("PRIVMSG #past :" + text);
                }
                bob.settle();

                var run = parley(home, "cat", "/join #past\n/lines\n");

                assertEquals(0, run.code(), run::err);
                var shown = run.out();
                assertTrue(shown.contains("-- #past: new since you were here --\n"), shown);
                assertTrue(
                        shown.contains("#past bob  one\n") || shown.contains(" bob  one\n"), shown);
                assertTrue(shown.contains(" bob  three\n"), shown);
            }
        }

        @Test
        void is_found_by_its_words(@TempDir Path home) {
            try (var bob = daemon.login("bob")) {
                bob.send("PRIVMSG #lobby :where is the samovar?");
                bob.settle();

                var run = parley(home, "cat", "/search samovar\n");

                assertTrue(run.out().contains("-- found --\n"), run.out());
                assertTrue(run.out().contains("bob  where is the samovar?\n"), run.out());
            }
        }
    }

    @Nested
    class Several_lines {

        @Test
        void are_one_message_with_one_echo(@TempDir Path home) {
            try (var bob = daemon.login("bob", "draft/multiline", "batch", "message-tags")) {
                var run = parley(home, "ann", "/multi one\\ntwo\n");

                assertEquals(0, run.code(), run::err);
                bob.expect("@* :ann!* BATCH +* draft/multiline :#lobby");
                bob.expect("@batch=* :ann!* PRIVMSG #lobby :one");
                bob.expect("@batch=* :ann!* PRIVMSG #lobby :two");
                assertTrue(run.out().contains("ann  one"), run.out());
            }
        }
    }

    @Nested
    class Somebody_who_is_away {

        @Test
        void is_told_once_when_it_is_back_and_the_speaker_sees_no_error(@TempDir Path home) {
            var ann = parley(home, "ann", "/msg eve are you there?\n");
            assertEquals(0, ann.code(), ann::err);
            assertTrue(ann.out().contains("(to eve) ann  are you there?"), ann.out());
            assertTrue(!ann.out().contains("!!"), ann.out());
            assertEquals(new Run(0, "", ""), parley(home, "ann", "", "send", "eve", "call me"));

            var first = parley(home, "eve", "", "tail", "ann", "--json", "--count", "2");
            assertEquals(0, first.code(), first::err);
            assertTrue(first.lines().getFirst().startsWith("{\"time\":\"20"), first.out());
            assertTrue(first.lines().getFirst().endsWith("\"are you there?\"}"), first.out());
            assertTrue(first.lines().getLast().endsWith("\"call me\"}"), first.out());

            assertEquals(new Run(0, "", ""), parley(home, "ann", "", "send", "eve", "thanks"));
            var second = parley(home, "eve", "", "tail", "ann", "--json", "--count", "1");
            assertTrue(second.out().strip().endsWith("\"thanks\"}"), second.out());
        }
    }
}
