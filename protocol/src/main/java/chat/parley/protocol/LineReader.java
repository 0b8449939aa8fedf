package chat.parley.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/// Bytes to frames, with a hard bound: at most one line is in memory, whatever is sent.
///
/// A line ends with CR LF or LF alone. Belongs to the thread that reads the stream. What it has
/// handed out is overwritten in its own buffer, so no secret stays behind.
public final class LineReader {

    /// How long a line may be.
    ///
    /// @param tags the tags section, `@` and the space after it included (IRCv3 message-tags, "Size
    ///   limit": 4,096 for what a client sends)
    /// @param line the rest, line ending included (RFC 1459 2.3: 512)
    /// @param abandon how much of one line is read at most before its end is no longer waited for
    public record Limits(ByteSize tags, ByteSize line, ByteSize abandon) {

        /// Gives up on a line of twice what is allowed, and never before 16 KiB.
        public static Limits of(ByteSize tags, ByteSize line) {
            var allowed = (long) tags.bytes() + line.bytes();
            var abandon = Math.min(Integer.MAX_VALUE, Math.max(16 * 1024, 2 * allowed));
            return new Limits(tags, line, new ByteSize((int) abandon));
        }

        private int longest() {
            return (int) Math.min(Integer.MAX_VALUE - 16, (long) tags.bytes() + line.bytes());
        }
    }

    private static final int SMALL = 1024;
    private static final byte[] NONE = {};
    private static final int LINE_ENDING = 2;

    private final InputStream in;
    private final Set<String> sensitive;
    private final CharsetDecoder utf8 =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);

    private Limits limits;
    private byte[] buffer = NONE;
    private int start; // of the line that comes next
    private int end; // of what was read
    private int searched; // up to here there is no line feed

    /// @param sensitive the commands, in upper case, whose parameters become a [Frame.Sensitive]
    public LineReader(InputStream in, Limits limits, Set<String> sensitive) {
        this.in = in;
        this.limits = limits;
        this.sensitive = Set.copyOf(sensitive);
    }

    /// Changes the limits from the next line on.
    public void limit(Limits changed) {
        limits = changed;
    }

    /// Whether the next line is here already, so that [#next] will not wait.
    public boolean hasLine() {
        return lineFeed() >= 0;
    }

    /// Waits for the next line.
    public Frame next() throws IOException {
        while (true) {
            var feed = lineFeed();
            if (feed >= 0) {
                var frame = frame(start, withoutCarriageReturn(feed));
                discard(feed + 1);
                return frame;
            }
            if (end - start >= limits.longest()) {
                return skipLine();
            }
            if (!fill()) {
                return new Frame.End();
            }
        }
    }

    /// The position of the next line feed, or -1.
    private int lineFeed() {
        for (; searched < end; searched++) {
            if (buffer[searched] == '\n') {
                return searched;
            }
        }
        return -1;
    }

    private int withoutCarriageReturn(int feed) {
        return feed > start && buffer[feed - 1] == '\r' ? feed - 1 : feed;
    }

    private boolean fill() throws IOException {
        makeRoom();
        var count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            return false;
        }
        end += count;
        return true;
    }

    private void makeRoom() {
        if (end < buffer.length) {
            return;
        }
        if (buffer.length == 0) {
            buffer = new byte[SMALL];
            return;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            Arrays.fill(buffer, end - start, end, (byte) 0);
            end -= start;
            searched -= start;
            start = 0;
            return;
        }
        var larger = Arrays.copyOf(buffer, Math.min(2 * buffer.length, limits.longest()));
        Arrays.fill(buffer, (byte) 0);
        buffer = larger;
    }

    /// Forgets all before `next`, and gives the buffer back once it is empty: who is silent has
    /// none.
    private void discard(int next) {
        Arrays.fill(buffer, start, next, (byte) 0);
        start = next;
        searched = next;
        if (start == end) {
            start = 0;
            end = 0;
            searched = 0;
            buffer = NONE;
        }
    }

    private Frame skipLine() throws IOException {
        long skipped = (long) end - start;
        discard(end);
        while (skipped <= limits.abandon().bytes()) {
            if (!fill()) {
                return new Frame.End();
            }
            var feed = lineFeed();
            skipped += (long) (feed < 0 ? end : feed) - start;
            discard(feed < 0 ? end : feed + 1);
            if (feed >= 0 && skipped <= limits.abandon().bytes()) { // however the bytes arrived
                return new Frame.Oversized(limits.line().bytes());
            }
        }
        return new Frame.Endless(limits.abandon().bytes());
    }

    private Frame frame(int from, int to) {
        var body = endOfTags(from, to);
        if (body - from > limits.tags().bytes()) {
            return new Frame.Oversized(limits.tags().bytes());
        }
        if (to - body > limits.line().bytes() - LINE_ENDING) {
            return new Frame.Oversized(limits.line().bytes());
        }
        try {
            var commandStart = endOfSource(body, to);
            var commandEnd = endOfWord(commandStart, to);
            if (commandEnd - commandStart <= 16) {
                var command = decode(commandStart, commandEnd).toUpperCase(Locale.ROOT);
                if (sensitive.contains(command)) {
                    var params = endOfSpaces(commandEnd, to);
                    return new Frame.Sensitive(
                            decode(from, commandEnd), command, decodeSecret(params, to));
                }
            }
            return new Frame.Line(decode(from, to));
        } catch (CharacterCodingException _) {
            return new Frame.NotUtf8(head(from, body, to));
        }
    }

    private String head(int from, int body, int to) {
        try {
            return decode(from, endOfWord(endOfSource(body, to), to));
        } catch (CharacterCodingException _) {
            return "";
        }
    }

    private int endOfTags(int from, int to) {
        return from < to && buffer[from] == '@' ? endOfSpaces(endOfWord(from, to), to) : from;
    }

    private int endOfSource(int from, int to) {
        var word = endOfSpaces(from, to);
        return word < to && buffer[word] == ':' ? endOfSpaces(endOfWord(word, to), to) : word;
    }

    private int endOfWord(int from, int to) {
        var at = from;
        while (at < to && buffer[at] != ' ') {
            at++;
        }
        return at;
    }

    private int endOfSpaces(int from, int to) {
        var at = from;
        while (at < to && buffer[at] == ' ') {
            at++;
        }
        return at;
    }

    private String decode(int from, int to) throws CharacterCodingException {
        return utf8.decode(ByteBuffer.wrap(buffer, from, to - from)).toString();
    }

    private Secret decodeSecret(int from, int to) throws CharacterCodingException {
        CharBuffer decoded = utf8.decode(ByteBuffer.wrap(buffer, from, to - from));
        var chars = new char[decoded.remaining()];
        decoded.get(chars);
        Arrays.fill(decoded.array(), '\0');
        return new Secret(chars);
    }
}
