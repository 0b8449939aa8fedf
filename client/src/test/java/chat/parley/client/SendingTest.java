package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `parley send` and a daemon, with the network between them that is not always there.
@Timeout(120)
class SendingTest extends OverACable {

    @Nested
    class Sending {

        @Test
        void says_nothing_twice_when_the_echo_was_lost() throws Exception {
            try (var bob = piped.login("bob")) {
                bob.send("JOIN #echo");
                var send = piped.running("send", "#echo");
                send.type("one\n");
                send.says("kept so far: 1");
                piped.cable().mute();
                send.type("two\nthree\n");
                send.typesNoMore();
                bob.expect(":ann!* PRIVMSG #echo :two");
                piped.cable().pullOut();
                piped.cable().plugIn();

                assertEquals(0, send.code());
                assertEquals(List.of("one", "two", "three"), piped.said("#echo"));
            }
        }

        @Test
        void that_takes_longer_than_it_may_ends_with_3() throws Exception {
            try (var bob = piped.login("bob")) {
                bob.send("JOIN #slow");
                piped.cable().mute();

                var run = piped.parley("", "send", "#slow", "hello", "--timeout", "300ms");

                assertEquals(3, run.code());
                assertEquals("parley: not sent: not within the time of --timeout\n", run.err());
            }
        }

        @Test
        void again_with_the_same_key_says_nothing_twice() {
            for (var i = 0; i < 2; i++) {
                assertEquals(
                        new Run(0, "", ""),
                        piped.parley("one\ntwo\n", "send", "#lobby", "--once", "report-7"));
            }
            assertEquals(
                    List.of("one", "two"),
                    piped.said("#lobby").stream().filter(t -> t.matches("one|two")).toList());
            var other = piped.parley("something else\n", "send", "#lobby", "--once", "report-7");
            assertEquals(1, other.code());
            assertTrue(other.err().startsWith("parley: not kept: "), other::err);
        }

        @Test
        void as_a_whole_is_one_message_of_several_lines() {
            var longLine = "ä ".repeat(300) + "end";
            var run = piped.parley("a\n\n  b\n" + longLine + "\n", "send", "#whole", "--whole");

            assertEquals(new Run(0, "", ""), run);
            assertEquals(List.of("a\\u000a\\u000a  b\\u000a" + longLine), piped.said("#whole"));
        }

        @Test
        void as_a_whole_is_refused_before_anything_is_sent_if_it_is_too_long() {
            var run = piped.parley("line\n".repeat(33), "send", "#toolong", "--whole");

            assertEquals(1, run.code());
            assertEquals(
                    "parley: not sent: the server takes 32 lines in one message, and this is 33;"
                            + " without --whole each line is one\n",
                    run.err());
            assertEquals(List.of(), piped.said("#toolong"));
        }

        @Test
        void what_is_not_there_or_not_text_ends_with_2() throws IOException {
            assertEquals(2, piped.parley("", "send", "#lobby", "--file", "/nowhere").code());
            var file = home.resolve("latin1");
            Files.write(file, new byte[] {'a', '\n', (byte) 0xE4, '\n'});
            var run = piped.parley("", "send", "#lobby", "--file", file.toString());
            assertEquals(2, run.code());
            assertTrue(run.err().contains("not UTF-8"), run::err);
        }
    }
}
