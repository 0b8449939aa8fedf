package chat.parley.daemon.auth;

import chat.parley.protocol.PasswordAndCode;
import chat.parley.protocol.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Arrays;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Codes that go with the time (RFC 6238): HMAC-SHA-1, six digits, a new one every 30 seconds, as
/// every authenticator app does by default. SHA-1 is no weakness here: what was found against it
/// are collisions, and HMAC does not rest on there being none (RFC 6238, 1.2 and 5.1; RFC 4226,
/// B.1).
///
/// Immutable, any thread.
final class Totp {

    /// How long one code lasts.
    static final int SECONDS = 30;

    /// A code of the step before and of the one after is taken too: clocks differ, and people type
    /// slowly (RFC 6238, 5.2).
    private static final int WINDOW = 1;

    private static final int MODULUS = 1_000_000; // six digits

    private Totp() {}

    /// The number of the step that the time is in.
    static long step(Clock clock) {
        return Math.floorDiv(clock.instant().getEpochSecond(), SECONDS);
    }

    /// The code of one step. Whoever gets it wipes it.
    ///
    /// @param key the bytes that the app was given
    static char[] code(byte[] key, long step) {
        var hash = mac("HmacSHA1", key, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        var offset = hash[hash.length - 1] & 0xf; // RFC 4226, 5.3: dynamic truncation
        var number = (ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff) % MODULUS;
        var digits = new char[PasswordAndCode.DIGITS];
        for (var i = digits.length - 1; i >= 0; i--) {
            digits[i] = (char) ('0' + number % 10);
            number /= 10;
        }
        Arrays.fill(hash, (byte) 0);
        return digits;
    }

    /// The step whose code this is, if it is one of those that are taken now. It takes as long
    /// whether it is one or not, and whichever it is.
    static OptionalLong match(byte[] key, Secret code, long now) {
        var found = OptionalLong.empty();
        for (var step = now - WINDOW; step <= now + WINDOW; step++) {
            try (var expected = new Secret(code(key, step))) {
                if (code.isSameAs(expected)) {
                    found = OptionalLong.of(step);
                }
            }
        }
        return found;
    }

    static byte[] mac(String algorithm, byte[] key, byte[] input) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // each Java platform has both
        }
    }
}
