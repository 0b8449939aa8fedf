package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.Message;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A message of several lines has a bound, whatever the lines are.
class AssemblyTest {

    private static final Message OPENING = Message.of("BATCH", "+x", "draft/multiline", "#a");

    private static Message line(String text) {
        return Message.from("bob!b@h", "PRIVMSG", "#a", text).withTag("batch", "x");
    }

    @Test
    void a_line_that_never_ends_is_passed_on_before_it_fills_the_memory() {
        var assembly = new Assembly();
        assembly.take(OPENING);
        var piece = line("x".repeat(400)).withTag("draft/multiline-concat", "");

        var taken = 0;
        while (assembly.take(piece).isEmpty()) {
            taken++;
            assertTrue(taken < 2000, "it grows for ever");
        }
    }

    /// What it is known by is kept when it is long gone.
    @Test
    void a_message_without_an_id_is_known_by_little_however_long_it_is() {
        var words = "x".repeat(400_000);
        var key = key("bob", words);

        assertEquals(64, key.length());
        assertEquals(key, key("bob", words));
        assertNotEquals(key, key("bob", words + "y"));
        assertNotEquals(key, key("cat", words));
    }

    private static String key(String who, String words) {
        var message =
                Message.from(who + "!b@h", "PRIVMSG", "#a", words)
                        .withTag("time", "2026-11-21T12:00:00.000Z");
        return new Assembly.Whole(List.of(message), Optional.empty()).key();
    }

    @Test
    void what_goes_on_where_a_line_ended_is_that_line() {
        var assembly = new Assembly();
        assembly.take(OPENING);
        assembly.take(line("one "));
        assembly.take(line("line").withTag("draft/multiline-concat", ""));
        assembly.take(line("another"));

        var whole = (Assembly.Whole) assembly.take(Message.of("BATCH", "-x")).orElseThrow();

        assertEquals(
                List.of("one line", "another"),
                whole.lines().stream().map(one -> one.param(1)).toList());
    }
}
