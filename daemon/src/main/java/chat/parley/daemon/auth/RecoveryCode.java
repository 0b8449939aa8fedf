package chat.parley.daemon.auth;

import chat.parley.protocol.PasswordAndCode;
import chat.parley.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Codes for who has no app at hand: ten, each good once, `xxxxx-xxxxx` in base32, 50 bits at
/// random.
///
/// Kept is HMAC-SHA-256 under the account's own [TotpKey], which is salt and pepper at once: who
/// has the database without that key cannot even try, and who has the key needs no recovery code. A
/// slow hash would add nothing to that, and would tell by its price what was given.
public final class RecoveryCode {

    public static final int COUNT = 10;

    private static final byte[] PURPOSE = "recovery code ".getBytes(StandardCharsets.US_ASCII);

    private RecoveryCode() {}

    /// New ones, all different.
    public static List<String> make(SecureRandom random) {
        return Stream.generate(() -> one(random)).distinct().limit(COUNT).toList();
    }

    private static String one(SecureRandom random) {
        var bytes = new byte[7]; // 56 bits, of which ten characters take 50
        random.nextBytes(bytes);
        var text = Base32.encode(bytes).toLowerCase(Locale.ROOT);
        Arrays.fill(bytes, (byte) 0);
        return text.substring(0, PasswordAndCode.HALF)
                + "-"
                + text.substring(PasswordAndCode.HALF, 2 * PasswordAndCode.HALF);
    }

    /// What is kept of it.
    static String hash(TotpKey key, Secret code) {
        var chars = code.reveal();
        var input = Arrays.copyOf(PURPOSE, PURPOSE.length + chars.length);
        for (var i = 0; i < chars.length; i++) {
            input[PURPOSE.length + i] = (byte) chars[i]; // ASCII, or it is none
        }
        var hash = Totp.mac("HmacSHA256", key.bytes(), input);
        Arrays.fill(input, (byte) 0);
        return HexFormat.of().formatHex(hash);
    }

    /// The same of all that were made.
    static List<String> hashes(TotpKey key, List<String> codes) {
        return codes.stream()
                .map(code -> {
                    try (var secret = new Secret(code.toCharArray())) {
                        return hash(key, secret);
                    }
                })
                .toList();
    }
}
