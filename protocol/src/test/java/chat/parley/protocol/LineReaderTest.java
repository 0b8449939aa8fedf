package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.LineReader.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    private static final int TAGS = 40;
    private static final int LINE = 20;
    private static final int ABANDON = 1000;
    private static final Limits LIMITS =
            new Limits(new ByteSize(TAGS), new ByteSize(LINE), new ByteSize(ABANDON));
    private static final Set<String> SENSITIVE = Set.of("PASS", "AUTHENTICATE");
    private static final String END = "End";

    /// What the reader makes of these bytes, the same however they arrive.
    private static List<String> framesOf(byte[] bytes) throws IOException {
        var whole = framesOf(new ByteArrayInputStream(bytes));
        for (var atOnce : new int[] {1, 2, 3, 7, 1023}) {
            assertEquals(whole, framesOf(new Dripping(bytes, atOnce)), atOnce + " bytes at once");
        }
        return whole;
    }

    private static List<String> framesOf(String text) throws IOException {
        return framesOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> framesOf(InputStream in) throws IOException {
        var reader = new LineReader(in, LIMITS, SENSITIVE);
        var frames = new ArrayList<String>();
        while (frames.isEmpty() || !frames.getLast().startsWith("En")) { // End, Endless
            frames.add(shown(reader.next()));
        }
        return frames;
    }

    private static String shown(Frame frame) {
        return switch (frame) {
            case Frame.Line(var text) -> "«" + text + "»";
            case Frame.Sensitive(var head, var command, var params) ->
                    "secret " + command + " «" + head + "» «" + new String(params.reveal()) + "»";
            case Frame.Oversized(var limit) -> "Oversized " + limit;
            case Frame.Endless(var limit) -> "Endless " + limit;
            case Frame.NotUtf8(var head) -> "NotUtf8 «" + head + "»";
            case Frame.End _ -> END;
        };
    }

    /// Gives at most so many bytes at once.
    private static final class Dripping extends InputStream {

        private final ByteArrayInputStream in;
        private final int atOnce;

        Dripping(byte[] bytes, int atOnce) {
            this.in = new ByteArrayInputStream(bytes);
            this.atOnce = atOnce;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return in.read(into, offset, Math.min(length, atOnce));
        }
    }

    @Nested
    class A_line {

        @Test
        void ends_with_CR_LF_or_LF_alone() throws IOException {
            assertEquals(List.of("«PING a»", "«PING b»", END), framesOf("PING a\r\nPING b\n"));
        }

        @Test
        void loses_one_carriage_return_at_its_end_and_keeps_all_others() throws IOException {
            assertEquals(List.of("«a\rb\r»", END), framesOf("a\rb\r\r\n"));
        }

        @Test
        void may_be_empty() throws IOException {
            assertEquals(List.of("«»", "«»", END), framesOf("\r\n\n"));
        }

        @Test
        void that_never_ends_before_the_peer_closes_is_not_a_line() throws IOException {
            assertEquals(List.of("«PING»", END), framesOf("PING\r\nQUIT"));
        }

        @Test
        void keeps_characters_of_several_bytes_together() throws IOException {
            assertEquals(List.of("«Grüße 🍵»", END), framesOf("Grüße 🍵\r\n"));
        }
    }

    @Nested
    class A_line_at_the_limit {

        @Test
        void is_whole() throws IOException {
            var longest = "x".repeat(LINE - 2);

            assertEquals(List.of("«" + longest + "»", END), framesOf(longest + "\r\n"));
        }

        @Test
        void counts_its_line_ending_as_two_bytes_however_it_ends() throws IOException {
            assertEquals(List.of("Oversized " + LINE, END), framesOf("x".repeat(LINE - 1) + "\n"));
        }

        @Test
        void counts_bytes_not_characters() throws IOException {
            var longest = "ü".repeat((LINE - 2) / 2);

            assertEquals(
                    List.of("«" + longest + "»", "Oversized " + LINE, END),
                    framesOf(longest + "\r\n" + longest + "x\r\n"));
        }
    }

    @Nested
    class A_line_over_the_limit {

        @Test
        void is_reported_once_and_the_next_line_is_whole() throws IOException {
            for (var length :
                    new int[] {LINE - 1, LINE, TAGS + LINE, TAGS + LINE + 1, ABANDON - 1}) {
                assertEquals(
                        List.of("Oversized " + LINE, "«PING»", END),
                        framesOf("x".repeat(length) + "\r\nPING\r\n"),
                        "length " + length);
            }
        }

        @Test
        void is_skipped_when_it_is_not_UTF_8_too() throws IOException {
            var bytes = new byte[LINE * 2];
            java.util.Arrays.fill(bytes, (byte) 0xff);
            bytes[bytes.length - 1] = '\n';

            assertEquals(List.of("Oversized " + LINE, END), framesOf(bytes));
        }

        @Test
        void is_the_end_when_the_peer_closes_inside_it() throws IOException {
            assertEquals(List.of(END), framesOf("x".repeat(ABANDON - 1)));
        }

        @Test
        void is_given_up_when_its_end_does_not_come() throws IOException {
            assertEquals(List.of("Endless " + ABANDON), framesOf("x".repeat(ABANDON + 2000)));
        }

        @Test
        void is_given_up_at_the_same_byte_however_the_bytes_arrive() throws IOException {
            var limits = new Limits(new ByteSize(TAGS), new ByteSize(LINE), new ByteSize(3000));
            for (var length : new int[] {2999, 3000, 3001}) {
                var bytes = ("x".repeat(length) + "\n").getBytes(StandardCharsets.UTF_8);
                for (var atOnce : new int[] {1, 100, 10_000}) {
                    var reader = new LineReader(new Dripping(bytes, atOnce), limits, SENSITIVE);
                    assertEquals(
                            length <= 3000 ? new Frame.Oversized(LINE) : new Frame.Endless(3000),
                            reader.next(),
                            length + " by " + atOnce);
                }
            }
        }
    }

    @Nested
    class Tags {

        @Test
        void have_a_limit_of_their_own() throws IOException {
            var tags = "@" + "t".repeat(TAGS - 2) + " ";
            var body = "x".repeat(LINE - 2);

            assertEquals(List.of("«" + tags + body + "»", END), framesOf(tags + body + "\r\n"));
        }

        @Test
        void over_their_limit_are_refused_although_the_line_is_short() throws IOException {
            assertEquals(
                    List.of("Oversized " + TAGS, "«PING»", END),
                    framesOf("@" + "t".repeat(TAGS - 1) + " A\r\nPING\r\n"));
        }

        @Test
        void lend_no_room_to_the_rest() throws IOException {
            assertEquals(
                    List.of("Oversized " + LINE, END), framesOf("@a " + "x".repeat(LINE) + "\r\n"));
        }

        @Test
        void take_no_room_from_the_rest() throws IOException {
            assertEquals(
                    List.of("Oversized " + LINE, "«PING»", END),
                    framesOf("x".repeat(TAGS) + "\r\nPING\r\n"));
        }

        @Test
        void without_end_are_given_up() throws IOException {
            assertEquals(List.of("Endless " + ABANDON), framesOf("@" + "t".repeat(ABANDON + 2000)));
        }

        @Test
        void padded_with_spaces_are_counted_with_them() throws IOException {
            assertEquals(
                    List.of("Oversized " + TAGS, END),
                    framesOf("@a" + " ".repeat(TAGS) + "PING\r\n"));
        }
    }

    @Nested
    class What_is_not_UTF_8 {

        @Test
        void is_reported_and_the_next_line_is_whole() throws IOException {
            var out = new ByteArrayOutputStream();
            out.writeBytes(new byte[] {'P', (byte) 0xc3, '\n'}); // cut off
            out.writeBytes(new byte[] {(byte) 0xc0, (byte) 0x80, '\n'}); // an overlong NUL
            out.writeBytes(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80, '\n'}); // half a pair
            out.writeBytes(new byte[] {'P', 'I', 'N', 'G', '\n'});

            assertEquals(
                    List.of("NotUtf8 «»", "NotUtf8 «»", "NotUtf8 «»", "«PING»", END),
                    framesOf(out.toByteArray()));
        }

        @Test
        void is_reported_inside_a_secret_too() throws IOException {
            var line = "PASS a:".getBytes(StandardCharsets.UTF_8);
            var out = new ByteArrayOutputStream();
            out.writeBytes(line);
            out.writeBytes(new byte[] {(byte) 0xff, '\n'});

            assertEquals(List.of("NotUtf8 «PASS»", END), framesOf(out.toByteArray()));
        }

        @Test
        void is_reported_with_its_tags_and_its_command() throws IOException {
            var out = new ByteArrayOutputStream();
            out.writeBytes("@label=1 PRIVMSG #tea :".getBytes(StandardCharsets.UTF_8));
            out.writeBytes(new byte[] {(byte) 0xaa, '\n'});

            assertEquals(List.of("NotUtf8 «@label=1 PRIVMSG»", END), framesOf(out.toByteArray()));
        }
    }

    @Nested
    class A_sensitive_line {

        @Test
        void never_becomes_a_line_of_text() throws IOException {
            assertEquals(
                    List.of("secret PASS «PASS» «ann:milk»", "«PING»", END),
                    framesOf("PASS ann:milk\r\nPING\r\n"));
        }

        @Test
        void is_known_in_any_case_and_behind_tags_and_source() throws IOException {
            assertEquals(
                    List.of("secret PASS «@a=1 :me pAsS» «x»", END),
                    framesOf("@a=1 :me pAsS x\r\n"));
        }

        @Test
        void is_known_behind_too_many_spaces() throws IOException {
            assertEquals(
                    List.of("secret PASS «  :me  pass» «x  y »", END),
                    framesOf("  :me  pass  x  y \r\n"));
        }

        @Test
        void may_be_without_parameters() throws IOException {
            assertEquals(List.of("secret PASS «PASS» «»", END), framesOf("PASS\r\n"));
        }

        @Test
        void does_not_print_its_secret() throws IOException {
            var in = new ByteArrayInputStream("PASS ann:milk\n".getBytes(StandardCharsets.UTF_8));
            var frame = new LineReader(in, LIMITS, SENSITIVE).next();

            assertEquals("Sensitive[PASS]", frame.toString());
        }

        @Test
        void is_wiped_by_closing_it() throws IOException {
            var in = new ByteArrayInputStream("PASS milk\n".getBytes(StandardCharsets.UTF_8));
            var frame =
                    assertInstanceOf(
                            Frame.Sensitive.class, new LineReader(in, LIMITS, SENSITIVE).next());
            frame.close();

            assertEquals("\0\0\0\0", new String(frame.params().reveal()));
        }

        @Test
        void over_the_limit_is_not_read_at_all() throws IOException {
            assertEquals(
                    List.of("Oversized " + LINE, END), framesOf("PASS " + "x".repeat(LINE) + "\n"));
        }
    }

    @Nested
    class Its_buffer {

        /// Remembers the arrays it was asked to fill.
        private static final class Spy extends InputStream {

            private final ByteArrayInputStream in;
            private byte[] last = {};
            private int largest;

            Spy(String text) {
                in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public int read() {
                return in.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                last = into;
                largest = Math.max(largest, into.length);
                return in.read(into, offset, length);
            }
        }

        @Test
        void holds_nothing_of_a_line_that_was_handed_out() throws IOException {
            var spy = new Spy("PASS ann:milk\r\nPI");
            var reader = new LineReader(spy, LIMITS, SENSITIVE);
            assertInstanceOf(Frame.Sensitive.class, reader.next());

            assertFalse(new String(spy.last, StandardCharsets.ISO_8859_1).contains("ann"));
            assertTrue(new String(spy.last, StandardCharsets.ISO_8859_1).contains("PI"));
        }

        @Test
        void holds_nothing_of_a_line_that_was_too_long() throws IOException {
            var spy = new Spy("milk".repeat(LINE) + "\nPI");
            assertInstanceOf(Frame.Oversized.class, new LineReader(spy, LIMITS, SENSITIVE).next());

            assertFalse(new String(spy.last, StandardCharsets.ISO_8859_1).contains("milk"));
        }

        @Test
        void is_never_much_larger_than_the_longest_line() throws IOException {
            var limits = Limits.of(new ByteSize(4096), new ByteSize(512));
            var spy = new Spy("x".repeat(16_000) + "\nPING\n");
            var reader = new LineReader(spy, limits, SENSITIVE);
            assertEquals(new Frame.Oversized(512), reader.next());

            assertTrue(spy.largest <= 4096 + 512, "largest: " + spy.largest);
        }

        @Test
        void is_small_again_after_a_long_line() throws IOException {
            var limits = Limits.of(new ByteSize(4096), new ByteSize(512));
            var spy = new Spy("@" + "t".repeat(4000) + " PING\n");
            var reader = new LineReader(spy, limits, SENSITIVE);
            assertInstanceOf(Frame.Line.class, reader.next());
            assertEquals(new Frame.End(), reader.next());

            assertEquals(4096, spy.largest);
            assertEquals(1024, spy.last.length);
        }
    }

    @Nested
    class Limits_that_change {

        @Test
        void hold_from_the_next_line_on() throws IOException {
            var text = "x".repeat(100) + "\n" + "y".repeat(100) + "\n" + "z".repeat(100) + "\n";
            var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            var reader = new LineReader(in, LIMITS, SENSITIVE);
            assertEquals(new Frame.Oversized(LINE), reader.next());
            reader.limit(Limits.of(new ByteSize(0), new ByteSize(512)));
            assertEquals(new Frame.Line("y".repeat(100)), reader.next());
            reader.limit(LIMITS);
            assertEquals(new Frame.Oversized(LINE), reader.next());
        }

        @Test
        void may_be_lower_than_what_waits_in_the_buffer() throws IOException {
            var text = "PING\n" + "x".repeat(3000) + "\nPONG\n";
            var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            var reader =
                    new LineReader(
                            in, Limits.of(new ByteSize(4096), new ByteSize(4096)), SENSITIVE);
            assertEquals(new Frame.Line("PING"), reader.next());
            reader.limit(Limits.of(new ByteSize(10), new ByteSize(100)));
            assertEquals(new Frame.Oversized(100), reader.next());
            assertEquals(new Frame.Line("PONG"), reader.next());
        }
    }

    @Nested
    class Has_line {

        @Test
        void is_true_once_another_whole_line_was_read_along() throws IOException {
            var in = new ByteArrayInputStream("A\nB\nC".getBytes(StandardCharsets.UTF_8));
            var reader = new LineReader(in, LIMITS, SENSITIVE);
            assertFalse(reader.hasLine());
            assertEquals(new Frame.Line("A"), reader.next());
            assertTrue(reader.hasLine());
            assertEquals(new Frame.Line("B"), reader.next());
            assertFalse(reader.hasLine());
        }
    }
}
