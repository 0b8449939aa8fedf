package chat.parley.protocol.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What stands in a close frame: nothing, or a code and a reason. RFC 6455 5.5.1.
public final class ClosePayload {

    private static final int CODE = 2;

    private ClosePayload() {}

    /// A code and as much of the reason as fits; no character is cut.
    public static byte[] of(CloseCode code, String reason) {
        var text = reason.getBytes(StandardCharsets.UTF_8);
        var end = Math.min(text.length, FrameHeader.LONGEST_CONTROL - CODE);
        while (end < text.length && (text[end] & 0xc0) == 0x80) {
            end--;
        }
        return ByteBuffer.allocate(CODE + end)
                .putShort((short) code.number())
                .put(text, 0, end)
                .array();
    }

    /// What a close frame that answers this one has in it: its code, if it has one.
    ///
    /// @throws BrokenFraming if no peer may say this
    static byte[] answerTo(byte[] payload) throws BrokenFraming {
        if (payload.length == 0) {
            return payload;
        }
        if (payload.length < CODE) {
            throw BrokenFraming.protocol("a close frame with half a code");
        }
        if (!CloseCode.isForTheWire(ByteBuffer.wrap(payload).getShort() & 0xffff)) {
            throw BrokenFraming.protocol("a close code that is not for the wire");
        }
        var reason = new Utf8Check();
        if (!reason.accepts(payload, CODE, payload.length - CODE) || !reason.isWhole()) {
            throw new BrokenFraming(CloseCode.INVALID_DATA, "a reason that is not UTF-8");
        }
        return Arrays.copyOf(payload, CODE);
    }
}
