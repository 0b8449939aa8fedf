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

/// Lines that hold passwords, read without ever making a string of one. Takes not one byte more
/// from the stream than the lines it was asked for.
final class SecretLines {

    /// In bytes; a longer line is no password anybody types.
    private static final int LONGEST = 4_096;

    private final InputStream in;
    private boolean ended;

    SecretLines(InputStream in) {
        this.in = in;
    }

    /// Whether there was nothing left to read.
    boolean isEnded() {
        return ended;
    }

    /// The next line without its end. Empty at the end, and for a line that is too long or not
    /// UTF-8; [#isEnded] tells which.
    Optional<Secret> next() throws IOException {
        var bytes = new byte[LONGEST];
        var length = 0;
        try {
            for (var b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    ended = length == 0;
                    break;
                }
                if (length < LONGEST) {
                    bytes[length] = (byte) b;
                }
                length++;
            }
            if (length > LONGEST || ended) {
                return Optional.empty();
            }
            var end = length > 0 && bytes[length - 1] == '\r' ? length - 1 : length;
            return Optional.of(decoded(ByteBuffer.wrap(bytes, 0, end)));
        } catch (CharacterCodingException _) { // the admin's mistake, told as a value
            return Optional.empty();
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static Secret decoded(ByteBuffer bytes) throws CharacterCodingException {
        var chars = CharBuffer.allocate(bytes.remaining());
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            var result = decoder.decode(bytes, chars, true);
            if (result.isError()) {
                result.throwException();
            }
            return new Secret(Arrays.copyOf(chars.array(), chars.position()));
        } finally {
            Arrays.fill(chars.array(), '\0');
        }
    }
}
