package chat.parley.daemon.admin;

import chat.parley.protocol.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// Lines that hold passwords, read without ever making a string of one. Takes not one byte more
/// from the stream than the lines it was asked for.
final class SecretLines {

    /// In bytes; a longer line is no password anybody types.
    private static final int LONGEST = 4_096;

    /// A line that is no secret. Nobody has so many certificates.
    private static final int LONGEST_TEXT = 64 * 1_024;

    private static final int NOTHING = -2;

    private final InputStream in;
    private int ahead = NOTHING; // the byte that was looked at
    private boolean ended;

    SecretLines(InputStream in) {
        this.in = in;
    }

    /// Whether there was nothing left to read.
    boolean isEnded() {
        return ended;
    }

    /// Whether the next line begins so. For who reads on: this takes a byte from the stream.
    boolean nextBeginsWith(char first) throws IOException {
        ahead = read();
        return ahead == first;
    }

    /// The next line without its end. Empty at the end, and for a line that is too long or not
    /// UTF-8; [#isEnded] tells which.
    Optional<Secret> next() throws IOException {
        return next(LONGEST, Secret::new);
    }

    /// The same of a line that holds no password, so that a string may be made of it.
    Optional<String> nextText() throws IOException {
        return next(LONGEST_TEXT, String::new);
    }

    /// @param make takes the characters over
    private <T> Optional<T> next(int longest, Function<char[], T> make) throws IOException {
        var bytes = new byte[longest];
        var length = 0;
        try {
            for (var b = read(); b != '\n'; b = read()) {
                if (b < 0) {
                    ended = length == 0;
                    break;
                }
                if (length < longest) {
                    bytes[length] = (byte) b;
                }
                length++;
            }
            if (length > longest || ended) {
                return Optional.empty();
            }
            var end = length > 0 && bytes[length - 1] == '\r' ? length - 1 : length;
            return Optional.of(make.apply(decoded(ByteBuffer.wrap(bytes, 0, end))));
        } catch (CharacterCodingException _) { // the admin's mistake, told as a value
            return Optional.empty();
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private int read() throws IOException {
        var next = ahead == NOTHING ? in.read() : ahead;
        ahead = NOTHING;
        return next;
    }

    private static char[] decoded(ByteBuffer bytes) throws CharacterCodingException {
        var chars = CharBuffer.allocate(bytes.remaining());
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            var result = decoder.decode(bytes, chars, true);
            if (result.isError()) {
                result.throwException();
            }
            return Arrays.copyOf(chars.array(), chars.position());
        } finally {
            Arrays.fill(chars.array(), '\0');
        }
    }
}
