package chat.parley.protocol;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The parameters of `PASSWD <old password> :<new password>`. Whoever gets one closes it.
///
/// What stands before the first space and colon is the old one, so that either may have spaces;
/// without a colon the old one ends at the first space.
public record PasswordPair(Secret old, Secret wanted) implements AutoCloseable {

    private static final byte[] COMMAND = {'P', 'A', 'S', 'S', 'W', 'D', ' '};
    private static final byte[] SEPARATOR = {' ', ':'};
    private static final byte[] LINE_END = {'\r', '\n'};

    /// Both; empty if one of them is missing. The parameters are wiped.
    public static Optional<PasswordPair> of(Secret params) {
        try (params) {
            var chars = params.reveal();
            var colon = spaceAndColon(chars);
            var space = colon > 0 ? colon : space(chars);
            var next = colon > 0 ? colon + 2 : space + 1;
            return space < 1 || next >= chars.length
                    ? Optional.empty()
                    : Optional.of(
                            new PasswordPair(
                                    params.slice(0, space), params.slice(next, chars.length)));
        }
    }

    /// The new one alone, where the old one was shown by logging in: all there is, but for an old
    /// one with a colon behind it. The parameters are wiped.
    public static Secret wantedIn(Secret params) {
        try (params) {
            var chars = params.reveal();
            if (params.startsWith(':')) {
                return params.slice(1, chars.length);
            }
            var colon = spaceAndColon(chars);
            return params.slice(colon < 1 ? 0 : colon + 2, chars.length);
        }
    }

    /// The line that says this, in UTF-8 with its ending; the caller wipes it.
    ///
    /// @param old empty where it was shown by logging in
    @SuppressWarnings("ByteBufferBackingArray") // encode() makes a buffer of its own array, at 0
    public static byte[] line(Optional<Secret> old, Secret wanted) {
        var first = old.map(secret -> utf8(secret)).orElseGet(() -> ByteBuffer.allocate(0));
        var second = utf8(wanted);
        var line = ByteBuffer.allocate(first.remaining() + second.remaining() + 16);
        line.put(COMMAND)
                .put(first)
                .put(SEPARATOR, old.isPresent() ? 0 : 1, old.isPresent() ? 2 : 1);
        line.put(second).put(LINE_END);
        var bytes = Arrays.copyOf(line.array(), line.position());
        Arrays.fill(first.array(), (byte) 0);
        Arrays.fill(second.array(), (byte) 0);
        Arrays.fill(line.array(), (byte) 0);
        return bytes;
    }

    private static ByteBuffer utf8(Secret secret) {
        return StandardCharsets.UTF_8.encode(CharBuffer.wrap(secret.reveal()));
    }

    private static int spaceAndColon(char[] chars) {
        for (var i = 0; i + 1 < chars.length && chars[0] != ':'; i++) {
            if (chars[i] == ' ' && chars[i + 1] == ':') {
                return i;
            }
        }
        return -1;
    }

    private static int space(char[] chars) {
        for (var i = 0; i < chars.length && chars[0] != ':'; i++) {
            if (chars[i] == ' ') {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() {
        old.close();
        wanted.close();
    }

    @Override
    public String toString() {
        return "PasswordPair[hidden]";
    }
}
