package chat.parley.protocol.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Whatever comes over the wire is lines or a refusal, and the same however it arrives. Normally
/// runs the inputs kept in `WebSocketFuzzTestInputs`; see CONTRIBUTING.
class WebSocketFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void bytes_give_the_same_lines_however_they_arrive(byte[] data) throws IOException {
        var agreed =
                switch (data.length % 3) {
                    case 0 -> Optional.<SubProtocol>empty();
                    case 1 -> Optional.of(SubProtocol.TEXT);
                    default -> Optional.of(SubProtocol.BINARY);
                };
        var lines = lines(data, Integer.MAX_VALUE, agreed);
        assertEquals(lines, lines(data, 1, agreed));
    }

    private static String lines(byte[] data, int atOnce, Optional<SubProtocol> agreed)
            throws IOException {
        var pings = new StringBuilder();
        var input =
                new MessageInput(
                        new Dripping(data, atOnce),
                        agreed,
                        payload -> {
                            assertTrue(payload.length <= FrameHeader.LONGEST_CONTROL);
                            pings.append(Arrays.toString(payload));
                        });
        var lines = new ByteArrayOutputStream();
        var end = "end";
        try {
            var buffer = new byte[Math.min(atOnce, 64)];
            for (var count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                assertTrue(count > 0);
                lines.write(buffer, 0, count);
            }
        } catch (BrokenFraming e) {
            end = e.code() + " " + e.what();
        }
        var text = lines.toString(StandardCharsets.ISO_8859_1);
        // A refusal may come in the middle of a line; what is whole before it is the same.
        return text.substring(0, text.lastIndexOf('\n') + 1) + pings + end;
    }

    @FuzzTest(maxDuration = "60s")
    void a_frame_header_is_printed_as_it_was_read(byte[] data) throws IOException {
        var in = new ByteArrayInputStream(data);
        try {
            var header = FrameHeader.read(in);
            if (header.isPresent()) {
                var size = header.get().size();
                assertEquals(data.length - in.available(), size);
                var printed = ByteBuffer.allocate(size);
                header.get().printTo(printed);
                assertTrue(Arrays.equals(printed.array(), 0, size, data, 0, size));
            }
        } catch (BrokenFraming | EOFException _) {
            // refused
        }
    }

    @FuzzTest(maxDuration = "60s")
    void a_request_is_a_WebSocket_or_refused_however_it_arrives(byte[] data) throws IOException {
        var upgrade = upgrade(data, Integer.MAX_VALUE);
        assertEquals(upgrade, upgrade(data, 1));
        if (upgrade.isPresent() && upgrade.get() instanceof Upgrade.Wanted wanted) {
            assertTrue(wanted.path().startsWith("/") && wanted.path().indexOf('?') < 0);
            wanted.origin().ifPresent(origin -> assertEquals(-1, origin.indexOf('\n')));
        }
    }

    private static Optional<Upgrade> upgrade(byte[] data, int atOnce) throws IOException {
        try {
            return Optional.of(
                    switch (RequestHead.read(new Dripping(data, atOnce))) {
                        case RequestHead.Read.Good(var head) -> Upgrade.of(head);
                        case RequestHead.Read.Bad(var why) -> new Upgrade.Refused(why);
                    });
        } catch (EOFException _) {
            return Optional.empty();
        }
    }

    private static final class Dripping extends ByteArrayInputStream {

        private final int atOnce;

        Dripping(byte[] data, int atOnce) {
            super(data);
            this.atOnce = atOnce;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, atOnce));
        }
    }
}
