package chat.parley.protocol.websocket;

import chat.parley.protocol.websocket.FrameHeader.Mask;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// What a client sends, for tests.
final class Frames {

    static final Optional<Mask> MASK = Optional.of(new Mask(0x37fa213d)); // that of RFC 6455 5.7

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Frames text(String payload) {
        return frame(true, Opcode.TEXT, payload);
    }

    Frames binary(String payload) {
        return frame(true, Opcode.BINARY, payload);
    }

    Frames ping(String payload) {
        return frame(true, Opcode.PING, payload);
    }

    Frames begin(Opcode opcode, String payload) {
        return frame(false, opcode, payload);
    }

    Frames goOn(String payload) {
        return frame(false, Opcode.CONTINUATION, payload);
    }

    Frames end(String payload) {
        return frame(true, Opcode.CONTINUATION, payload);
    }

    Frames frame(boolean last, Opcode opcode, String payload) {
        return frame(last, opcode, payload.getBytes(StandardCharsets.UTF_8));
    }

    Frames frame(boolean last, Opcode opcode, byte[] payload) {
        bytes.writeBytes(new FrameHeader(last, opcode, payload.length, MASK).frame(payload));
        return this;
    }

    Frames raw(String hex) {
        bytes.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
