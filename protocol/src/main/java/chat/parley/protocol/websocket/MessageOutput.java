package chat.parley.protocol.websocket;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Lines to messages, one for each, without its CR LF: IRCv3 WebSocket, "WebSocket features and
/// encoding". Belongs to the thread that writes.
///
/// All the lines of one write go out in one write. A line whose end has not come yet waits for it,
/// so what else is written below always stands between two frames.
public final class MessageOutput extends OutputStream {

    private static final byte[] NOTHING = {};

    private final OutputStream out;
    private final Opcode kind;
    private byte[] begun = NOTHING; // a line without its end

    /// @param kind text or binary
    public MessageOutput(OutputStream out, Opcode kind) {
        this.out = out;
        this.kind = kind;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        if (begun.length == 0) {
            takeLines(from, offset, offset + length);
        } else {
            var joined = Arrays.copyOf(begun, begun.length + length);
            System.arraycopy(from, offset, joined, begun.length, length);
            takeLines(joined, 0, joined.length);
        }
    }

    private void takeLines(byte[] bytes, int from, int to) throws IOException {
        var size = 0;
        var rest = from;
        for (var feed = feed(bytes, rest, to); feed < to; feed = feed(bytes, rest, to)) {
            var length = lineEnd(bytes, rest, feed) - rest;
            size += header(length).size() + length;
            rest = feed + 1;
        }
        if (size > 0) {
            out.write(frames(bytes, from, rest, size));
        }
        begun = rest < to ? Arrays.copyOfRange(bytes, rest, to) : NOTHING;
    }

    private byte[] frames(byte[] bytes, int from, int to, int size) {
        var frames = new byte[size];
        var into = ByteBuffer.wrap(frames);
        for (var start = from; start < to; ) {
            var feed = feed(bytes, start, to);
            var length = lineEnd(bytes, start, feed) - start;
            header(length).printTo(into);
            into.put(bytes, start, length);
            start = feed + 1;
        }
        return frames;
    }

    private FrameHeader header(int length) {
        return FrameHeader.unmasked(kind, length);
    }

    /// The position of the next line feed, or of the end.
    private static int feed(byte[] bytes, int from, int to) {
        var at = from;
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private static int lineEnd(byte[] bytes, int start, int feed) {
        return feed > start && bytes[feed - 1] == '\r' ? feed - 1 : feed;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
