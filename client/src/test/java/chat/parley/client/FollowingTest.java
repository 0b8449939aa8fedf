package chat.parley.client;

import static chat.parley.client.Piped.id;
import static chat.parley.client.Piped.numbers;
import static chat.parley.client.Piped.say;
import static chat.parley.client.Piped.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `parley tail --follow` and `--since` with a daemon, and the network between them that is not
/// always there.
@Timeout(120)
class FollowingTest extends OverACable {

    @Nested
    class Following {

        @Test
        void prints_each_message_once_whatever_happens_to_the_link() throws Exception {
            try (var bob = piped.login("bob")) {
                bob.send("JOIN #cut");
                var tail = piped.running("tail", "#cut", "-f", "--json", "-n", "500");
                bob.expect(":ann!* JOIN #cut");
                say(bob, "#cut", 0, 1);
                assertEquals("0", text(tail.line()));

                piped.cable().pullOut();
                tail.says("parley: the link broke");
                say(bob, "#cut", 1, 251);
                piped.cable().plugIn();
                // It comes back while more is said, and asks for three pages at least.
                say(bob, "#cut", 251, 500);

                var heard = new ArrayList<String>();
                for (var i = 1; i < 500; i++) {
                    heard.add(text(tail.line()));
                }
                assertEquals(numbers(1, 500), heard);
                assertEquals(0, tail.code());
            }
        }

        @Test
        void goes_on_after_a_message_that_was_taken_back_meanwhile() throws Exception {
            try (var bob = piped.login("bob", "message-tags", "echo-message")) {
                bob.send("JOIN #redacted");
                var tail = piped.running("tail", "#redacted", "--follow", "--json", "-n", "3");
                bob.expect(":ann!* JOIN #redacted");
                say(bob, "#redacted", 0, 1);
                var id = id(tail.line());

                piped.cable().pullOut();
                bob.send("REDACT #redacted " + id);
                say(bob, "#redacted", 1, 2);
                piped.cable().plugIn();

                assertEquals("1", text(tail.line()));
                say(bob, "#redacted", 2, 3);
                assertEquals("2", text(tail.line()));
                assertEquals(0, tail.code());
            }
        }

        @Test
        void follows_several_places_and_a_conversation() throws Exception {
            try (var bob = piped.login("bob")) {
                bob.send("JOIN #left");
                bob.send("JOIN #right");
                var tail = piped.running("tail", "#left", "#right", "bob", "-f", "-n", "5");
                bob.expect(":ann!* JOIN #left");
                bob.expect(":ann!* JOIN #right");
                bob.send("PRIVMSG #left :one");
                assertTrue(tail.line().endsWith(" #left bob  one"));
                bob.send("PRIVMSG #right :two");
                assertTrue(tail.line().endsWith(" #right bob  two"));
                bob.send("PRIVMSG ann :zero"); // what is printed shows that it has begun there
                assertTrue(tail.line().endsWith(" bob  zero"));
                piped.cable().pullOut();
                bob.send("PRIVMSG ann :three");
                bob.send("PRIVMSG #left :four");
                bob.settle();
                piped.cable().plugIn();
                var rest = tail.line() + tail.line();
                assertTrue(rest.contains("bob  three") && rest.contains("bob  four"), rest);
                assertEquals(0, tail.code());
            }
        }
    }

    @Nested
    class Since {

        @Test
        void a_message_prints_what_came_after_it_and_ends() throws Exception {
            try (var bob = piped.login("bob")) {
                bob.send("JOIN #since");
                say(bob, "#since", 0, 130);
                assertEquals(0, piped.parley("", "send", "#since", "130").code());
                var all = piped.parley("", "history", "#since", "--json").lines();
                assertEquals(numbers(81, 131), all.stream().map(Piped::text).toList());
                var id = id(all.getFirst());

                var run = piped.parley("", "tail", "#since", "--json", "--since", id);

                assertEquals(0, run.code(), run::err);
                assertEquals(numbers(82, 131), run.lines().stream().map(Piped::text).toList());
                var everything = piped.parley("", "tail", "#since", "--since", "1d", "--json");
                assertEquals(131, everything.lines().size());
            }
        }

        @Test
        void a_message_that_is_not_there_ends_with_1() {
            var run = piped.parley("", "tail", "#lobby", "--since", "msgid=999999-zz");

            assertEquals(1, run.code());
            assertTrue(run.err().contains("no such message"), run::err);
        }
    }
}
