package chat.parley.protocol;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// What somebody with a second factor gives as a password: the password, and a code right after it.
///
/// The shape of the end decides, so there is never more than one way to read it:
///
/// 1. ends with six digits: these are a code of the authenticator app
/// 2. ends with `xxxxx-xxxxx`, letters `a` to `z` and digits `2` to `7`: a recovery code
/// 3. else there is no code, and all of it is the password
///
/// A recovery code has a hyphen where a code of the app has a digit, so 1 and 2 exclude each other.
/// A password that itself ends with digits is no exception: its owner types six more.
///
/// Whoever gets one closes it.
///
/// @param code empty if there is none; a recovery code in lower case
public record PasswordAndCode(Secret password, Secret code, Kind kind) implements AutoCloseable {

    /// What the code is.
    public enum Kind {
        NONE,
        APP,
        RECOVERY
    }

    /// How many digits the app shows.
    public static final int DIGITS = 6;

    /// Of a recovery code: so many characters, a hyphen, and as many again.
    public static final int HALF = 5;

    private static final int RECOVERY = 2 * HALF + 1;

    /// Takes copies: what was given stays the caller's.
    public static PasswordAndCode split(Secret given) {
        var chars = given.reveal();
        var isApp = isApp(chars);
        var isRecovery = isRecovery(chars);
        var length = isApp ? DIGITS : isRecovery ? RECOVERY : 0;
        var kind = isApp ? Kind.APP : isRecovery ? Kind.RECOVERY : Kind.NONE;
        var code = Arrays.copyOfRange(chars, chars.length - length, chars.length);
        for (var i = 0; i < code.length; i++) {
            code[i] = lower(code[i]);
        }
        return new PasswordAndCode(given.slice(0, chars.length - length), new Secret(code), kind);
    }

    /// All of it is the password.
    public static PasswordAndCode withoutCode(Secret given) {
        return new PasswordAndCode(given.copy(), new Secret(new char[0]), Kind.NONE);
    }

    /// As it goes over the wire: one right after the other, in UTF-8. The parts are wiped; the
    /// caller wipes the bytes.
    @SuppressWarnings("ByteBufferBackingArray") // encode() makes a buffer of its own array, at 0
    public static byte[] bytes(Secret... parts) {
        try (var all = Secret.join(List.of(parts))) {
            var encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(all.reveal()));
            var bytes = Arrays.copyOf(encoded.array(), encoded.remaining());
            Arrays.fill(encoded.array(), (byte) 0);
            return bytes;
        }
    }

    private static boolean isApp(char[] chars) {
        if (chars.length < DIGITS) {
            return false;
        }
        for (var i = chars.length - DIGITS; i < chars.length; i++) {
            if (chars[i] < '0' || chars[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isRecovery(char[] chars) {
        if (chars.length < RECOVERY) {
            return false;
        }
        for (var i = 0; i < RECOVERY; i++) {
            var c = lower(chars[chars.length - RECOVERY + i]);
            var isBase32 = (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7');
            if (i == HALF ? c != '-' : !isBase32) {
                return false;
            }
        }
        return true;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
    }

    @Override
    public void close() {
        password.close();
        code.close();
    }

    @Override
    public String toString() {
        return "PasswordAndCode[" + kind + "]";
    }
}
