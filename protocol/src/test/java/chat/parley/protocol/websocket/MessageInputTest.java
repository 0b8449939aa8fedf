package chat.parley.protocol.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.ByteSize;
import chat.parley.protocol.Frame;
import chat.parley.protocol.LineReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageInputTest {

    private final List<String> pings = new ArrayList<>();

    private MessageInput input(Frames frames, Optional<SubProtocol> agreed) {
        return new MessageInput(
                new ByteArrayInputStream(frames.bytes()),
                agreed,
                payload -> pings.add(new String(payload, StandardCharsets.UTF_8)));
    }

    private String lines(Frames frames) throws IOException {
        var whole = read(frames, 1 << 16);
        pings.clear();
        assertEquals(whole, read(frames, 1), "however much is asked for");
        return whole;
    }

    private String read(Frames frames, int atOnce) throws IOException {
        var input = input(frames, Optional.empty());
        var lines = new StringBuilder();
        var buffer = new byte[atOnce];
        for (var count = input.read(buffer); count >= 0; count = input.read(buffer)) {
            assertTrue(count > 0);
            lines.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        }
        return new String(
                lines.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private CloseCode refused(Frames frames, Optional<SubProtocol> agreed) {
        var input = input(frames, agreed);
        return assertThrows(BrokenFraming.class, () -> input.readAllBytes()).code();
    }

    private CloseCode refused(Frames frames) {
        return refused(frames, Optional.empty());
    }

    @Nested
    class A_message {

        @Test
        void is_a_line() throws IOException {
            assertEquals(
                    "NICK ann\nPING ü\n", lines(new Frames().text("NICK ann").binary("PING ü")));
        }

        @Test
        void may_come_in_fragments_some_of_them_empty() throws IOException {
            assertEquals(
                    "NICK ann\nPING x\n",
                    lines(
                            new Frames()
                                    .begin(Opcode.TEXT, "NI")
                                    .goOn("")
                                    .goOn("CK a")
                                    .end("nn")
                                    .begin(Opcode.TEXT, "")
                                    .goOn("PING x")
                                    .end("")));
        }

        @Test
        void that_is_empty_is_an_empty_line() throws IOException {
            assertEquals("\n\n", lines(new Frames().text("").begin(Opcode.TEXT, "").end("")));
        }

        @Test
        void is_never_two_lines() throws IOException {
            assertEquals(
                    "PING x\rPING y\n\r\r\rA\n",
                    lines(
                            new Frames()
                                    .text("PING x\nPING y")
                                    .begin(Opcode.TEXT, "\n")
                                    .goOn("\n")
                                    .goOn("")
                                    .end("\nA")));
        }

        @Test
        void may_end_like_a_line() throws IOException {
            assertEquals(
                    "PING x\r\nPING y\nPING z\n\n",
                    lines(
                            new Frames()
                                    .text("PING x\r\n")
                                    .begin(Opcode.TEXT, "PING y\n")
                                    .end("")
                                    .begin(Opcode.TEXT, "PING z")
                                    .end("\n")
                                    .text("\n")));
        }

        @Test
        void that_is_cut_off_is_no_line() throws IOException {
            assertEquals("NICK ann", lines(new Frames().begin(Opcode.TEXT, "NICK ann")));
            assertEquals("NICK", lines(new Frames().raw("81 88 00 00 00 00 4e 49 43 4b")));
        }
    }

    @Nested
    class A_client_is_refused_that {

        @ParameterizedTest
        @CsvSource({
            "does not mask, 81 01 41",
            "does not mask a ping, 89 00",
            "continues nothing, 80 81 00 00 00 00 41",
            "begins anew inside a message, 01 80 00 00 00 00 81 80 00 00 00 00",
            "closes with half a code, 88 81 00 00 00 00 03",
            "closes with a code that is not for the wire, 88 82 00 00 00 00 03 ed",
            "closes with code 0, 88 82 00 00 00 00 00 00",
            "closes with code 5000, 88 82 00 00 00 00 13 88",
        })
        void breaks_the_framing_for_it(String how, String hex) {
            assertEquals(CloseCode.PROTOCOL_ERROR, refused(new Frames().raw(hex)), how);
        }

        @Test
        void sends_another_sort_than_was_agreed_on() {
            assertEquals(
                    CloseCode.UNSUPPORTED_DATA,
                    refused(new Frames().binary("PING x"), Optional.of(SubProtocol.TEXT)));
            assertEquals(
                    CloseCode.UNSUPPORTED_DATA,
                    refused(new Frames().text("PING x"), Optional.of(SubProtocol.BINARY)));
        }

        @Test
        void sends_a_message_in_fragments_without_end() {
            var frames = new Frames().begin(Opcode.TEXT, "");
            for (var i = 0; i < MessageInput.MOST_FRAMES; i++) {
                frames.goOn("");
            }
            assertEquals(CloseCode.POLICY, refused(frames));
        }

        @Test
        void pings_without_end_inside_a_message() {
            var frames = new Frames().begin(Opcode.TEXT, "");
            for (var i = 0; i < MessageInput.MOST_FRAMES; i++) {
                frames.ping("");
            }
            assertEquals(CloseCode.POLICY, refused(frames));
        }

        @Test
        void gives_a_reason_that_is_not_UTF_8() {
            assertEquals(
                    CloseCode.INVALID_DATA,
                    refused(new Frames().raw("88 83 00 00 00 00 03 e8 ff")));
        }
    }

    @Nested
    class Text {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ff", "c0 af", "c1 bf", "e0 80 af", "ed a0 80", "f0 80 80 80", "f4 90 80 80",
                    "f5 80 80 80", "80", "c3 41", "e2 82 41", "c3", "e2 82", "f0 9f 8d"
                })
        void that_is_not_UTF_8_is_refused_however_it_comes(String hex) {
            var bytes = new Frames().raw(hex).bytes();
            assertEquals(
                    CloseCode.INVALID_DATA, refused(new Frames().frame(true, Opcode.TEXT, bytes)));
            var pieces = new Frames().begin(Opcode.TEXT, "");
            for (var each : bytes) {
                pieces.frame(false, Opcode.CONTINUATION, new byte[] {each});
            }
            assertEquals(CloseCode.INVALID_DATA, refused(pieces.end("")));
        }

        @Test
        void may_be_cut_inside_a_character() throws IOException {
            var tea = "🍵 \u07ff\u0800\uffff\ud7ff\ue000\udbff\udfff";
            var pieces = new Frames().begin(Opcode.TEXT, "");
            for (var each : tea.getBytes(StandardCharsets.UTF_8)) {
                pieces.frame(false, Opcode.CONTINUATION, new byte[] {each});
            }
            assertEquals(tea + "\n", lines(pieces.end("")));
        }

        @Test
        void has_no_say_in_binary_messages() throws IOException {
            var input =
                    input(
                            new Frames().frame(true, Opcode.BINARY, new byte[] {(byte) 0xff}),
                            Optional.of(SubProtocol.BINARY));
            assertArrayEquals(new byte[] {(byte) 0xff, '\n'}, input.readAllBytes());
        }
    }

    @Nested
    class A_control_frame {

        @Test
        void costs_what_an_empty_line_costs() throws IOException {
            assertEquals(
                    "NICK ann\n\n\nPING x\n",
                    lines(
                            new Frames()
                                    .text("NICK ann")
                                    .ping("one")
                                    .frame(true, Opcode.PONG, "unasked")
                                    .text("PING x")));
            assertEquals(List.of("one"), pings);
        }

        @Test
        void inside_a_message_waits_for_its_end() throws IOException {
            assertEquals(
                    "NICK ann\n\n\n",
                    lines(
                            new Frames()
                                    .begin(Opcode.TEXT, "NICK")
                                    .ping("one")
                                    .goOn(" a")
                                    .ping("two")
                                    .end("nn")));
            assertEquals(List.of("one", "two"), pings);
        }

        @Test
        void that_closes_is_the_end_and_is_answered_with_its_code() throws IOException {
            var input = input(new Frames().raw("88 82 00 00 00 00 03 e9 ff ff"), Optional.empty());
            assertEquals(-1, input.read());
            assertArrayEquals(new byte[] {3, (byte) 0xe9}, input.closeAnswer().orElseThrow());
            assertEquals(-1, input.read());
        }

        @Test
        void that_closes_without_a_code_is_answered_without() throws IOException {
            var input = input(new Frames().raw("88 80 00 00 00 00"), Optional.empty());
            assertEquals(-1, input.read());
            assertEquals(0, input.closeAnswer().orElseThrow().length);
        }

        @Test
        void that_never_comes_leaves_nothing_to_answer() throws IOException {
            var input = input(new Frames().text("PING x"), Optional.empty());
            input.readAllBytes();
            assertTrue(input.closeAnswer().isEmpty());
        }
    }

    @Nested
    class With_a_line_reader_on_top {

        private List<Frame> frames(Frames sent) throws IOException {
            var limits =
                    new LineReader.Limits(
                            ByteSize.ofBytes(16), ByteSize.ofBytes(16), ByteSize.ofBytes(64));
            var reader = new LineReader(input(sent, Optional.empty()), limits, Set.of());
            var frames = new ArrayList<Frame>();
            do {
                frames.add(reader.next());
            } while (!(frames.getLast() instanceof Frame.End)
                    && !(frames.getLast() instanceof Frame.Endless));
            return frames;
        }

        /// IRCv3 WebSocket: "Maximum message size is reduced by two bytes accordingly".
        @Test
        void a_message_may_be_two_bytes_shorter_than_a_line() throws IOException {
            assertEquals(
                    List.of(
                            new Frame.Line("x".repeat(14)),
                            new Frame.Oversized(16),
                            new Frame.Line("PING x"),
                            new Frame.End()),
                    frames(new Frames().text("x".repeat(14)).text("x".repeat(15)).text("PING x")));
        }

        @Test
        void a_message_without_end_ends_the_reading_whatever_length_it_says() throws IOException {
            var endless =
                    new Frames()
                            .raw("82 ff 7f ff ff ff ff ff ff ff 00 00 00 00")
                            .raw("41".repeat(100));
            assertEquals(List.of(new Frame.Endless(64)), frames(endless));
            var pieces = new Frames().begin(Opcode.TEXT, "");
            for (var i = 0; i < 100; i++) {
                pieces.goOn("x");
            }
            assertEquals(List.of(new Frame.Endless(64)), frames(pieces));
        }
    }
}
