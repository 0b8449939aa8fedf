package chat.parley.daemon.auth;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key that is not in the database, and without which a stored hash can be tried against no
/// password (NIST SP 800-63B-4, 3.1.1.2): HMAC-SHA-256 by it of the password's UTF-8 is what is
/// hashed.
///
/// Immutable, any thread. It lasts as long as the program, so the key itself is never wiped; what
/// is made of a password is.
final class Pepper {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int NAME_BYTES = 4;

    private final SecretKeySpec key;
    private final String name;

    /// @param key stays the caller's, who wipes it
    Pepper(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        name = HexFormat.of().formatHex(sha256(key), 0, NAME_BYTES);
    }

    /// As configured; empty unless it is.
    static Optional<Pepper> of(DaemonConfig config) throws ConfigProblem {
        var file = config.auth().pepperFile();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        var key = PepperFile.read(file.get(), config.dataDir());
        try {
            return Optional.of(new Pepper(key));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /// The first eight digits that `sha256sum` shows of the file.
    String name() {
        return name;
    }

    /// What is hashed in place of the password, as base64. The caller wipes it.
    byte[] keyed(char[] password) {
        var encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        var digest = new byte[0];
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(encoded.array(), encoded.arrayOffset(), encoded.limit());
            digest = mac.doFinal();
            return Base64.getEncoder().withoutPadding().encode(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        } finally {
            Arrays.fill(encoded.array(), (byte) 0);
            Arrays.fill(digest, (byte) 0);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    @Override
    public String toString() {
        return "Pepper[" + name + "]";
    }
}
