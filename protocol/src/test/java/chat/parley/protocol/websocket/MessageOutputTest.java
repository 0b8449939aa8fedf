package chat.parley.protocol.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageOutputTest {

    private final List<byte[]> writes = new ArrayList<>();

    private final MessageOutput output =
            new MessageOutput(
                    new ByteArrayOutputStream() {
                        @Override
                        public void write(byte[] bytes) {
                            writes.add(bytes.clone());
                        }
                    },
                    Opcode.TEXT);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] frames(String... lines) {
        var frames = new ByteArrayOutputStream();
        for (var line : lines) {
            frames.writeBytes(
                    FrameHeader.unmasked(Opcode.TEXT, bytes(line).length).frame(bytes(line)));
        }
        return frames.toByteArray();
    }

    @Test
    void each_line_is_a_message_without_its_line_ending() throws IOException {
        output.write(bytes("PING x\r\n"));
        assertArrayEquals(frames("PING x"), writes.getFirst());
    }

    @Test
    void the_lines_of_one_write_go_out_in_one() throws IOException {
        var longer = "x".repeat(70_000);
        output.write(bytes("PING ü\r\n" + longer + "\r\nPING y\n\r\n"));
        assertEquals(1, writes.size());
        assertArrayEquals(frames("PING ü", longer, "PING y", ""), writes.getFirst());
    }

    @Test
    void a_line_waits_for_its_end() throws IOException {
        for (var piece : List.of("PING x\r\nPI", "N", "G y\r", "\nPING z\r\n")) {
            output.write(bytes(piece));
        }
        assertEquals(2, writes.size());
        assertArrayEquals(frames("PING x"), writes.get(0));
        assertArrayEquals(frames("PING y", "PING z"), writes.get(1));
    }

    @Test
    void nothing_is_written_for_nothing() throws IOException {
        output.write(new byte[0]);
        output.write('P');
        assertEquals(List.of(), writes);
    }

    @Test
    void only_the_part_that_is_named_is_looked_at() throws IOException {
        output.write(bytes("no\r\nPING x\r\nno\r\n"), 4, 8);
        assertArrayEquals(frames("PING x"), writes.getFirst());
    }
}
