package chat.parley.bench.crowd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LinesTest {

    private static final int TEXT = 64;

    /// Each line, with `!` and its number in front if it has a mark.
    private static List<String> linesOf(String stream, int... cuts) {
        var found = new ArrayList<String>();
        var lines =
                new Lines(
                        (bytes, from, to, mark) -> {
                            var text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
                            found.add(mark < 0 ? text : "!" + Mark.number(bytes, mark));
                        },
                        TEXT);
        var bytes = stream.getBytes(StandardCharsets.UTF_8);
        var from = 0;
        for (var cut : cuts) {
            lines.received(Arrays.copyOfRange(bytes, from, cut), cut - from);
            from = cut;
        }
        lines.received(Arrays.copyOfRange(bytes, from, bytes.length), bytes.length - from);
        return found;
    }

    private static String said(int number) {
        var line = Mark.line("#tea", TEXT);
        Mark.write(line, Mark.at(line), 0, 0, number, 7);
        return ":ann!a@b " + new String(line, StandardCharsets.US_ASCII);
    }

    @Nested
    class A_stream {

        @Test
        void is_cut_into_its_lines_whatever_their_ending() {
            assertEquals(List.of("PING a", "PING b"), linesOf("PING a\r\nPING b\n\r\n"));
        }

        @Test
        void may_come_in_pieces_cut_anywhere() {
            var stream = "PING a\r\n" + said(1) + said(2) + ":x JOIN #tea\r\n" + said(3);
            var whole = List.of("PING a", "!1", "!2", ":x JOIN #tea", "!3");
            for (var cut = 0; cut <= stream.length(); cut++) {
                assertEquals(whole, linesOf(stream, cut), "cut at " + cut);
            }
        }

        @Test
        void may_come_in_many_pieces() {
            var stream = said(1) + "PING a\r\n" + said(2) + said(3);
            var random = new Random(1);
            for (var i = 0; i < 200; i++) {
                var cuts = random.ints(6, 0, stream.length()).sorted().toArray();
                assertEquals(List.of("!1", "PING a", "!2", "!3"), linesOf(stream, cuts));
            }
        }
    }

    @Nested
    class A_line {

        @Test
        void that_lost_its_end_does_not_take_the_next_one_with_it() {
            var broken = said(1).substring(0, 60) + "\r\n";

            assertEquals(List.of("!1", "!2"), linesOf(broken + said(2)));
        }

        @Test
        void without_end_is_refused() {
            assertThrows(IllegalStateException.class, () -> linesOf("x".repeat(70_000)));
        }
    }
}
