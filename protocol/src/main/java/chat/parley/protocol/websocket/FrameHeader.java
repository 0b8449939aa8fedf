package chat.parley.protocol.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/// What stands before the payload of a frame: RFC 6455 5.2. There are no extensions here, so the
/// three reserved bits are 0.
///
/// @param last whether the message ends with this frame
/// @param length of the payload, in bytes
/// @param mask what the payload is masked with, as a client's is and a server's is not
public record FrameHeader(boolean last, Opcode opcode, long length, Optional<Mask> mask) {

    /// Four bytes, each payload byte XORed with one after the other: RFC 6455 5.3.
    public record Mask(int key) {

        /// Masks, or unmasks, some of a payload in place.
        ///
        /// @param position how far into the payload the first byte is
        public void apply(byte[] bytes, int offset, int count, long position) {
            for (var i = 0; i < count; i++) {
                var shift = 24 - 8 * (int) ((position + i) & 3);
                bytes[offset + i] ^= (byte) (key >>> shift);
            }
        }
    }

    /// RFC 6455 5.5: "All control frames MUST have a payload length of 125 bytes or less and MUST
    /// NOT be fragmented."
    public static final int LONGEST_CONTROL = 125;

    private static final int LAST = 0x80;
    private static final int RESERVED = 0x70;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES_FOLLOW = 126;
    private static final int EIGHT_BYTES_FOLLOW = 127;

    public FrameHeader {
        if (length < 0 || (opcode.isControl() && (!last || length > LONGEST_CONTROL))) {
            throw new IllegalArgumentException("no such frame: " + opcode + " of " + length);
        }
    }

    /// A whole message in one frame, as a server sends it.
    public static FrameHeader unmasked(Opcode opcode, long length) {
        return new FrameHeader(true, opcode, length, Optional.empty());
    }

    /// Waits for the next frame. Empty if the stream ends before it.
    ///
    /// @throws BrokenFraming if it is none
    /// @throws EOFException if the stream ends inside it
    public static Optional<FrameHeader> read(InputStream in) throws IOException {
        var first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        if ((first & RESERVED) != 0) {
            throw BrokenFraming.protocol("reserved bits are set, and no extension was agreed on");
        }
        var last = (first & LAST) != 0;
        var opcode =
                Opcode.of(first & 0xf)
                        .orElseThrow(() -> BrokenFraming.protocol("a reserved opcode"));
        var second = number(in, 1);
        var length = length(in, (int) second & 0x7f);
        if (opcode.isControl() && !last) {
            throw BrokenFraming.protocol("a control frame in fragments");
        }
        if (opcode.isControl() && length > LONGEST_CONTROL) {
            throw BrokenFraming.protocol("a control frame of more than 125 bytes");
        }
        return Optional.of(new FrameHeader(last, opcode, length, mask(in, (int) second)));
    }

    /// RFC 6455 5.2: "in all cases, the minimal number of bytes MUST be used to encode the length".
    private static long length(InputStream in, int announced) throws IOException {
        var length =
                switch (announced) {
                    case TWO_BYTES_FOLLOW -> number(in, 2);
                    case EIGHT_BYTES_FOLLOW -> number(in, 8);
                    default -> announced;
                };
        if (length < 0) {
            throw BrokenFraming.protocol("a length of 64 bits");
        }
        if ((announced == TWO_BYTES_FOLLOW && length < TWO_BYTES_FOLLOW)
                || (announced == EIGHT_BYTES_FOLLOW && length <= 0xffff)) {
            throw BrokenFraming.protocol("a length in more bytes than it needs");
        }
        return length;
    }

    private static Optional<Mask> mask(InputStream in, int second) throws IOException {
        return (second & MASKED) == 0
                ? Optional.empty()
                : Optional.of(new Mask((int) number(in, 4)));
    }

    private static long number(InputStream in, int bytes) throws IOException {
        var number = 0L;
        for (var each : exactly(in, bytes)) {
            number = (number << 8) | (each & 0xff);
        }
        return number;
    }

    /// @throws EOFException if the stream ends before
    static byte[] exactly(InputStream in, int count) throws IOException {
        var bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the stream ends inside a frame");
        }
        return bytes;
    }

    /// How long the header is, in bytes.
    public int size() {
        return 2 + lengthBytes() + (mask.isPresent() ? 4 : 0);
    }

    private int lengthBytes() {
        if (length < TWO_BYTES_FOLLOW) {
            return 0;
        }
        return length <= 0xffff ? 2 : 8;
    }

    /// Writes the header, and leaves the buffer behind it.
    public void printTo(ByteBuffer into) {
        var masked = mask.isPresent() ? MASKED : 0;
        into.put((byte) (opcode.number() | (last ? LAST : 0)));
        switch (lengthBytes()) {
            case 0 -> into.put((byte) (masked | (int) length));
            case 2 -> into.put((byte) (masked | TWO_BYTES_FOLLOW)).putShort((short) length);
            default -> into.put((byte) (masked | EIGHT_BYTES_FOLLOW)).putLong(length);
        }
        mask.ifPresent(it -> into.putInt(it.key()));
    }

    /// The whole frame.
    ///
    /// @param payload as it is meant; it is masked here, and the array stays as it is
    public byte[] frame(byte[] payload) {
        var frame = ByteBuffer.allocate(size() + payload.length);
        printTo(frame);
        var begin = frame.position();
        frame.put(payload);
        mask.ifPresent(it -> it.apply(frame.array(), begin, payload.length, 0));
        return frame.array();
    }
}
