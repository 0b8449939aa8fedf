package chat.parley.client.ui;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The first line of a stream as characters that can be wiped, and not a byte more of it.
public final class Lines {

    private Lines() {}

    /// Without its line ending. Empty for an empty line, or if the stream has none.
    ///
    /// @throws IOException also if it is longer than `longest` bytes, or not UTF-8
    public static Optional<char[]> firstOf(InputStream in, int longest) throws IOException {
        var bytes = new byte[longest + 1];
        try {
            var length = 0;
            for (var b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
                if (length == longest) {
                    throw new IOException("the line is longer than " + longest + " bytes");
                }
                bytes[length++] = (byte) b;
            }
            if (length > 0 && bytes[length - 1] == '\r') {
                length--;
            }
            if (length == 0) {
                return Optional.empty();
            }
            var decoded =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            var chars = new char[decoded.remaining()];
            decoded.get(chars);
            Arrays.fill(decoded.array(), '\0');
            return Optional.of(chars);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
