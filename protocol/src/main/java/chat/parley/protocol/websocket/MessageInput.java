package chat.parley.protocol.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a client's messages hold, as a stream of lines: each message is one, and ends with a line
/// feed here. Belongs to the thread that reads it.
///
/// Nothing is gathered: bytes are unmasked in the reader's own buffer as they come, so whoever
/// bounds the line bounds the message, however many fragments it has. A line feed inside a message
/// becomes a carriage return, which no line may hold: so a message is one line or is refused, and
/// never two. (Legacy clients end a message like a line; that is passed over.)
///
/// A ping or pong is an empty line, so it costs its sender what an empty line costs, and shows that
/// somebody is there. In the middle of a message it waits for the message's end.
public final class MessageInput extends InputStream {

    /// What one message may come in. Fragments may be empty, and then no other bound sees them.
    static final int MOST_FRAMES = 4096;

    private final InputStream in;
    private final Optional<SubProtocol> agreed;
    private final Consumer<byte[]> pinged;

    private FrameHeader frame = FrameHeader.unmasked(Opcode.BINARY, 0); // no message yet
    private long position; // in the payload of the frame
    private Opcode message = Opcode.BINARY; // of the message
    private int frames; // of the message, the control frames between them included
    private int controls; // that wait for the end of the message
    private Utf8Check text = new Utf8Check();
    private boolean feedHeld; // a line feed that may be the last byte of the message
    private int feeds; // line feeds to hand out next
    private boolean ended;
    private volatile byte @Nullable [] closeAnswer; // the one field that others read

    /// @param agreed what the client was promised; without one it may send what it likes
    /// @param pinged told of each ping's payload, which its pong carries
    public MessageInput(InputStream in, Optional<SubProtocol> agreed, Consumer<byte[]> pinged) {
        this.in = in;
        this.agreed = agreed;
        this.pinged = pinged;
    }

    /// What the answer to the client's close frame has in it, if it sent one. Any thread.
    public Optional<byte[]> closeAnswer() {
        return Optional.ofNullable(closeAnswer);
    }

    @Override
    public int available() throws IOException {
        return feeds > 0 ? feeds : in.available();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /// @throws BrokenFraming when what comes is not WebSocket, or not what was agreed on
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (!ended) {
                if (feeds > 0) {
                    return handOutFeeds(into, offset, length);
                }
                if (position == frame.length()) {
                    next();
                    continue;
                }
                var count = payload(into, offset, length);
                if (count > 0) { // else it was a line feed that is held
                    return count;
                }
            }
        } catch (EOFException _) {
            ended = true; // without a word, or in the middle of one
        }
        return -1;
    }

    private int handOutFeeds(byte[] into, int offset, int length) {
        var count = Math.min(feeds, length);
        Arrays.fill(into, offset, offset + count, (byte) '\n');
        feeds -= count;
        return count;
    }

    private int payload(byte[] into, int offset, int length) throws IOException {
        if (feedHeld) { // it was not the last byte
            feedHeld = false;
            into[offset] = '\r';
            return 1;
        }
        var left = frame.length() - position;
        var count = in.read(into, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException();
        }
        var from = position;
        frame.mask().ifPresent(mask -> mask.apply(into, offset, count, from));
        position += count;
        if (message == Opcode.TEXT && !text.accepts(into, offset, count)) {
            throw notUtf8();
        }
        var kept = withoutFeeds(into, offset, count);
        if (position == frame.length()) {
            frameRead();
        }
        return kept;
    }

    /// How many bytes are left when a line feed at the very end of the frame is held back.
    private int withoutFeeds(byte[] bytes, int offset, int count) {
        var end = offset + count;
        feedHeld = position == frame.length() && bytes[end - 1] == '\n';
        var kept = feedHeld ? count - 1 : count;
        for (var i = offset; i < offset + kept; i++) {
            if (bytes[i] == '\n') {
                bytes[i] = '\r';
            }
        }
        return kept;
    }

    private void frameRead() throws BrokenFraming {
        if (!frame.last()) {
            return;
        }
        if (message == Opcode.TEXT && !text.isWhole()) {
            throw notUtf8();
        }
        feeds = 1 + controls;
        feedHeld = false;
        controls = 0;
        frames = 0;
    }

    private void next() throws IOException {
        var header = FrameHeader.read(in).orElseThrow(EOFException::new);
        if (header.mask().isEmpty()) { // RFC 6455 5.1
            throw BrokenFraming.protocol("frames from a client are masked");
        }
        if (header.opcode().isControl()) {
            control(header);
        } else {
            data(header);
        }
    }

    private void data(FrameHeader header) throws BrokenFraming {
        var goesOn = header.opcode() == Opcode.CONTINUATION;
        if (goesOn != inMessage()) {
            throw BrokenFraming.protocol(
                    goesOn
                            ? "a continuation of no message"
                            : "a new message before the end of the last");
        }
        if (!goesOn) {
            begin(header.opcode());
        }
        countFrame();
        frame = header;
        position = 0;
        if (header.length() == 0) {
            frameRead();
        }
    }

    private boolean inMessage() {
        return frames > 0;
    }

    private void begin(Opcode opcode) throws BrokenFraming {
        if (agreed.isPresent() && agreed.get().opcode() != opcode) {
            throw new BrokenFraming(
                    CloseCode.UNSUPPORTED_DATA, agreed.get().wire() + " was agreed on");
        }
        message = opcode;
        text = new Utf8Check();
    }

    private void countFrame() throws BrokenFraming {
        if (++frames > MOST_FRAMES) {
            throw new BrokenFraming(
                    CloseCode.POLICY, "a message in more than " + MOST_FRAMES + " frames");
        }
    }

    private void control(FrameHeader header) throws IOException {
        var payload = FrameHeader.exactly(in, (int) header.length());
        header.mask().ifPresent(mask -> mask.apply(payload, 0, payload.length, 0));
        if (header.opcode() == Opcode.CLOSE) {
            closeAnswer = ClosePayload.answerTo(payload);
            ended = true;
            return;
        }
        if (header.opcode() == Opcode.PING) {
            pinged.accept(payload);
        }
        if (inMessage()) {
            countFrame();
            controls++;
        } else {
            feeds++;
        }
    }

    /// RFC 6455 8.1: whoever sends text that is not UTF-8 is failed.
    private static BrokenFraming notUtf8() {
        return new BrokenFraming(CloseCode.INVALID_DATA, "a text message that is not UTF-8");
    }
}
