package chat.parley.daemon.auth;

import java.util.Arrays;

/// Bytes as letters and digits that people can type (RFC 4648, section 6), without padding: what
/// authenticator apps take. Immutable, any thread.
final class Base32 {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32() {}

    static String encode(byte[] bytes) {
        var text = new StringBuilder((bytes.length * 8 + BITS - 1) / BITS);
        var held = 0;
        var bits = 0;
        for (var b : bytes) {
            held = (held << 8) | (b & 0xff);
            bits += 8;
            while (bits >= BITS) {
                bits -= BITS;
                text.append(ALPHABET.charAt((held >> bits) & 31));
            }
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt((held << (BITS - bits)) & 31));
        }
        return text.toString();
    }

    /// @throws IllegalArgumentException if it is not what [#encode] makes
    static byte[] decode(String text) {
        var bytes = new byte[text.length() * BITS / 8];
        var held = 0;
        var bits = 0;
        var at = 0;
        for (var i = 0; i < text.length(); i++) {
            var value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) {
                Arrays.fill(bytes, (byte) 0);
                throw new IllegalArgumentException("not base32");
            }
            held = (held << BITS) | value;
            bits += BITS;
            if (bits >= 8) {
                bits -= 8;
                bytes[at++] = (byte) (held >> bits);
            }
        }
        return bytes;
    }
}
