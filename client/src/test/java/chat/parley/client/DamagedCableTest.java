package chat.parley.client;

import static chat.parley.client.Piped.numbers;
import static chat.parley.client.Piped.say;
import static chat.parley.client.Piped.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Talking, sending and following over a network that is late or changes a byte.
@Timeout(120)
class DamagedCableTest extends OverACable {

    private static final String SENTENCE =
            "the link broke: something between here and there changed what was sent on its way;"
                    + " next attempt in 1 s";

    /// Whether it was said where ann is; what is of other places names them.
    private static boolean isHere(String line, String said) {
        return line.matches("\\d\\d:\\d\\d " + said);
    }

    /// The lines a client of ann's shows, up to and with this one.
    private static List<String> upTo(Running ann, String said) throws InterruptedException {
        var lines = new ArrayList<String>();
        do {
            lines.add(ann.line());
        } while (!isHere(lines.getLast(), said));
        return lines;
    }

    private static long times(List<String> lines, String said) {
        return lines.stream().filter(line -> isHere(line, said)).count();
    }

    @Nested
    class Talk {

        @Test
        void hears_once_what_was_damaged_and_says_what_happened() throws Exception {
            try (var bob = piped.login("bob")) {
                bob.send("JOIN #heard");
                var ann = piped.running();
                ann.type("/join #heard\n");
                bob.expect(":ann!* JOIN #heard");
                say(bob, "#heard", 0, 1);
                upTo(ann, "bob  0");

                piped.cable().damage(Cable.Way.TO_THE_CLIENT);
                say(bob, "#heard", 1, 4);
                var lines = upTo(ann, "bob  3");
                say(bob, "#heard", 4, 5);
                lines.addAll(upTo(ann, "bob  4"));

                assertTrue(
                        lines.contains("!! " + SENTENCE + " (Enter tries now)"), lines::toString);
                assertTrue(lines.contains("-- the link is back"), lines::toString);
                for (var i = 1; i < 5; i++) {
                    assertEquals(1, times(lines, "bob  " + i), lines::toString);
                }
                ann.type("/quit\n");
                assertEquals(0, ann.code());
            }
        }

        @Test
        void says_once_what_was_damaged() throws Exception {
            try (var bob = piped.login("bob")) {
                bob.send("JOIN #said");
                var ann = piped.running();
                ann.type("/join #said\n");
                bob.expect(":ann!* JOIN #said");
                say(bob, "#said", 0, 1);
                upTo(ann, "bob  0"); // so she knows that she is there

                piped.cable().damage(Cable.Way.TO_THE_DAEMON);
                ann.type("1\n2\n3\n");
                bob.expect(":ann!* PRIVMSG #said :3");
                var lines = upTo(ann, "ann  3");

                assertTrue(
                        lines.contains("!! " + SENTENCE + " (Enter tries now)"), lines::toString);
                assertEquals(numbers(0, 4), piped.said("#said"));
                ann.type("/quit\n");
                assertEquals(0, ann.code());
            }
        }
    }

    @Nested
    class Send {

        @Test
        void is_done_over_a_slow_line() {
            piped.cable().slow();

            assertEquals(new Run(0, "", ""), piped.parley("0\n1\n2\n", "send", "#slowly"));
            assertEquals(numbers(0, 3), piped.said("#slowly"));
        }

        @ParameterizedTest
        @EnumSource
        void says_nothing_twice_and_loses_nothing_when_a_byte_was_damaged(Cable.Way way)
                throws Exception {
            var place = "#damaged-" + way.name().toLowerCase(Locale.ROOT);
            var send = piped.running("send", place);
            send.type("0\n");
            send.says("kept so far: 1");

            piped.cable().damage(way);
            send.type("1\n2\n");
            send.typesNoMore();

            assertEquals(0, send.code());
            assertEquals(numbers(0, 3), piped.said(place));
        }
    }

    @Nested
    class Tail {

        @Test
        void follows_over_a_slow_line() throws Exception {
            try (var bob = piped.login("bob")) {
                bob.send("JOIN #late");
                piped.cable().slow();
                var tail = piped.running("tail", "#late", "-f", "--json", "-n", "50");
                bob.expect(":ann!* JOIN #late");
                say(bob, "#late", 0, 50);

                for (var number : numbers(0, 50)) {
                    assertEquals(number, text(tail.line()));
                }
                assertEquals(0, tail.code());
            }
        }

        @Test
        void prints_each_message_once_though_one_was_damaged() throws Exception {
            try (var bob = piped.login("bob")) {
                bob.send("JOIN #tail");
                var tail = piped.running("tail", "#tail", "-f", "--json", "-n", "50");
                bob.expect(":ann!* JOIN #tail");
                say(bob, "#tail", 0, 1);
                assertEquals("0", text(tail.line()));

                piped.cable().damage(Cable.Way.TO_THE_CLIENT);
                say(bob, "#tail", 1, 25);
                tail.says("parley: " + SENTENCE);
                say(bob, "#tail", 25, 50);

                for (var number : numbers(1, 50)) {
                    assertEquals(number, text(tail.line()));
                }
                assertEquals(0, tail.code());
            }
        }
    }
}
