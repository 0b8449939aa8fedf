package chat.parley.protocol.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameHeaderTest {

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static FrameHeader read(String hex) throws IOException {
        return FrameHeader.read(new ByteArrayInputStream(bytes(hex))).orElseThrow();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Nested
    class The_examples_of_RFC_6455_5_7 {

        @Test
        void a_single_frame_unmasked_text_message() throws IOException {
            assertEquals(FrameHeader.unmasked(Opcode.TEXT, 5), read("81 05 48 65 6c 6c 6f"));
            assertArrayEquals(
                    bytes("81 05 48 65 6c 6c 6f"),
                    FrameHeader.unmasked(Opcode.TEXT, 5).frame(ascii("Hello")));
        }

        @Test
        void a_single_frame_masked_text_message() throws IOException {
            var header = new FrameHeader(true, Opcode.TEXT, 5, Frames.MASK);
            assertEquals(header, read("81 85 37 fa 21 3d 7f 9f 4d 51 58"));
            assertArrayEquals(
                    bytes("81 85 37 fa 21 3d 7f 9f 4d 51 58"), header.frame(ascii("Hello")));

            var payload = bytes("7f 9f 4d 51 58");
            Frames.MASK.orElseThrow().apply(payload, 0, 5, 0);
            assertArrayEquals(ascii("Hello"), payload);
        }

        @Test
        void a_fragmented_unmasked_text_message() throws IOException {
            assertEquals(
                    new FrameHeader(false, Opcode.TEXT, 3, Optional.empty()),
                    read("01 03 48 65 6c"));
            assertEquals(FrameHeader.unmasked(Opcode.CONTINUATION, 2), read("80 02 6c 6f"));
        }

        @Test
        void an_unmasked_ping_and_its_masked_pong() throws IOException {
            assertEquals(FrameHeader.unmasked(Opcode.PING, 5), read("89 05 48 65 6c 6c 6f"));
            assertEquals(
                    new FrameHeader(true, Opcode.PONG, 5, Frames.MASK),
                    read("8a 85 37 fa 21 3d 7f 9f 4d 51 58"));
        }

        @Test
        void two_hundred_and_fifty_six_bytes_of_binary() throws IOException {
            var header = FrameHeader.unmasked(Opcode.BINARY, 256);
            assertEquals(header, read("82 7e 01 00"));
            assertArrayEquals(bytes("82 7e 01 00"), printed(header));
        }

        @Test
        void sixty_four_KiB_of_binary() throws IOException {
            var header = FrameHeader.unmasked(Opcode.BINARY, 65_536);
            assertEquals(header, read("82 7f 00 00 00 00 00 01 00 00"));
            assertArrayEquals(bytes("82 7f 00 00 00 00 00 01 00 00"), printed(header));
        }
    }

    private static byte[] printed(FrameHeader header) {
        var buffer = ByteBuffer.allocate(header.size());
        header.printTo(buffer);
        assertEquals(0, buffer.remaining());
        return buffer.array();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 125, 126, 127, 65_535, 65_536, Integer.MAX_VALUE, Long.MAX_VALUE})
    void a_length_is_printed_and_read_the_same(long length) throws IOException {
        for (var mask : new Optional<?>[] {Optional.empty(), Frames.MASK}) {
            var header =
                    new FrameHeader(
                            false,
                            Opcode.BINARY,
                            length,
                            mask.isEmpty() ? Optional.empty() : Frames.MASK);
            assertEquals(header, read(HexFormat.of().formatHex(printed(header))));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "first reserved bit, c1 85 37 fa 21 3d",
        "second reserved bit, a1 85 37 fa 21 3d",
        "third reserved bit, 91 85 37 fa 21 3d",
        "reserved data opcode, 83 85 37 fa 21 3d",
        "reserved control opcode, 8b 85 37 fa 21 3d",
        "control frame in fragments, 09 85 37 fa 21 3d",
        "control frame of 126 bytes, 89 fe 00 7e 37 fa 21 3d",
        "125 in two bytes, 82 fe 00 7d 37 fa 21 3d",
        "65535 in eight bytes, 82 ff 00 00 00 00 00 00 ff ff 37 fa 21 3d",
        "the highest bit of eight bytes, 82 ff 80 00 00 00 00 00 00 00 37 fa 21 3d",
        "all bits, ff ff ff ff ff ff ff ff ff ff ff ff ff ff",
    })
    void refuses(String what, String hex) {
        var broken = assertThrows(BrokenFraming.class, () -> read(hex), what);
        assertEquals(CloseCode.PROTOCOL_ERROR, broken.code());
    }

    @Test
    void the_end_of_the_stream_is_no_header_before_one_and_a_broken_wire_inside_one()
            throws IOException {
        var whole = bytes("82 fe 01 00 37 fa 21 3d");
        for (var length = 0; length < whole.length; length++) {
            var in = new ByteArrayInputStream(whole, 0, length);
            if (length == 0) {
                assertEquals(Optional.empty(), FrameHeader.read(in));
            } else {
                assertThrows(EOFException.class, () -> FrameHeader.read(in));
            }
        }
    }

    @Test
    void a_mask_goes_on_where_it_was() {
        var mask = Frames.MASK.orElseThrow();
        var whole = ascii("How is the tea today?");
        var pieces = whole.clone();
        mask.apply(whole, 0, whole.length, 0);
        for (var i = 0; i < pieces.length; i++) {
            mask.apply(pieces, i, 1, i);
        }
        assertArrayEquals(whole, pieces);
    }
}
