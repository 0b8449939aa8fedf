package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is typed right after `/join`, before the daemon could answer.
@Timeout(60)
class JoiningChannelsTest extends OverACable {

    @Test
    void is_said_in_the_new_channel_over_a_slow_line() {
        piped.cable().slow();

        var run = piped.parley("/join #slow\nmilk?\n/multi one\\ntwo\n");

        assertEquals(0, run.code(), run::err);
        assertEquals(List.of("milk?", "one\\u000atwo"), piped.said("#slow"));
        assertFalse(piped.said("#lobby").contains("milk?"));
    }

    @Test
    void is_said_nowhere_when_the_channel_is_closed() {
        try (var bob = piped.login("bob")) {
            bob.send("JOIN #closed");
            bob.send("MODE #closed +i");
            bob.settle();

            var run = piped.parley("/join #closed\nfor few\n");

            assertEquals(0, run.code(), run::err);
            assertTrue(run.out().contains("!! not said in #closed: for few\n"), run::out);
            bob.send("MODE #closed -i");
            bob.settle();
            assertEquals(List.of(), piped.said("#closed"));
            assertFalse(piped.said("#lobby").contains("for few"));
        }
    }

    @Test
    void is_said_in_the_new_channel_when_the_link_breaks_before_the_answer() throws Exception {
        var ann = piped.running();
        ann.type("here\n");
        ann.upTo("ann  here");

        piped.cable().mute();
        ann.type("/join #cut\nmilk?\n");
        piped.cable().pullOut();
        piped.cable().plugIn();

        ann.upTo("ann  milk?");
        ann.type("/quit\n");
        assertEquals(0, ann.code());
        assertEquals(List.of("milk?"), piped.said("#cut"));
        assertFalse(piped.said("#lobby").contains("milk?"));
    }
}
