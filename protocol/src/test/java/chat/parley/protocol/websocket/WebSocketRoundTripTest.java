package chat.parley.protocol.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.RepeatedTest;

/// Lines come out as they went in, however they are cut. A failure names its seed; `-Dseed=…` runs
/// it again.
class WebSocketRoundTripTest {

    private static final String PIECES = "aB 7#:@üÿ€\u0800\uffff🍵\r\0\u200b";

    private final long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

    @RepeatedTest(20)
    void what_a_client_sends_in_fragments_with_pings_between_is_the_lines_again()
            throws IOException {
        var frames = new Frames();
        var expected = new StringBuilder();
        var pings = new ArrayList<byte[]>();
        for (var i = 0; i < 100; i++) {
            var line = line();
            var bytes = line.getBytes(StandardCharsets.UTF_8);
            var opcode = random.nextBoolean() ? Opcode.TEXT : Opcode.BINARY;
            expected.append(line).append('\n');
            for (var from = 0; ; ) {
                var to = Math.min(bytes.length, from + random.nextInt(40));
                var last = to == bytes.length && random.nextBoolean();
                frames.frame(last, opcode, Arrays.copyOfRange(bytes, from, to));
                opcode = Opcode.CONTINUATION;
                from = to;
                if (random.nextInt(8) == 0) {
                    var payload = new byte[random.nextInt(126)];
                    random.nextBytes(payload);
                    frames.frame(true, Opcode.PING, payload);
                    pings.add(payload);
                    expected.append('\n');
                }
                if (last) {
                    break;
                }
            }
        }
        var heard = new ArrayList<byte[]>();
        var input =
                new MessageInput(
                        new ByteArrayInputStream(frames.bytes()), Optional.empty(), heard::add);
        assertEquals(withoutEmpty(expected.toString()), withoutEmpty(all(input)), "-Dseed=" + seed);
        assertArrayEquals(pings.toArray(), heard.toArray(), "-Dseed=" + seed);
    }

    /// Where the empty lines of pings stand depends on the fragments.
    private static String withoutEmpty(String lines) {
        return lines.replaceAll("\n+", "\n");
    }

    private String all(MessageInput input) throws IOException {
        var all = new ByteArrayOutputStream();
        var buffer = new byte[100];
        while (true) {
            var offset = random.nextInt(10);
            var count = input.read(buffer, offset, 1 + random.nextInt(90));
            if (count < 0) {
                return all.toString(StandardCharsets.UTF_8);
            }
            all.write(buffer, offset, count);
        }
    }

    @RepeatedTest(20)
    void what_the_server_says_in_pieces_is_the_lines_again() throws IOException {
        var lines = new StringBuilder();
        for (var i = 0; i < 100; i++) {
            lines.append(line()).append("x\r\n");
        }
        var bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        var wire = new ByteArrayOutputStream();
        var output = new MessageOutput(wire, Opcode.TEXT);
        for (var from = 0; from < bytes.length; ) {
            var count = Math.min(bytes.length - from, random.nextInt(500));
            output.write(bytes, from, count);
            from += count;
        }
        var in = new ByteArrayInputStream(wire.toByteArray());
        var again = new StringBuilder();
        for (var header = FrameHeader.read(in); header.isPresent(); header = FrameHeader.read(in)) {
            assertEquals(FrameHeader.unmasked(Opcode.TEXT, header.get().length()), header.get());
            var payload = in.readNBytes((int) header.get().length());
            again.append(new String(payload, StandardCharsets.UTF_8)).append("\r\n");
        }
        assertEquals(lines.toString(), again.toString(), "-Dseed=" + seed);
    }

    private String line() {
        var line = new StringBuilder();
        var characters = PIECES.codePoints().toArray();
        for (var i = random.nextInt(random.nextInt(10) == 0 ? 20_000 : 200); i > 0; i--) {
            line.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return line.toString();
    }
}
