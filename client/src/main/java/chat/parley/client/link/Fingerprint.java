package chat.parley.client.link;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// What a public key is known by: the SHA-256 of its SubjectPublicKeyInfo, as `sha256/BASE64`.
///
/// Of the key and not of the certificate, so that a renewed certificate with the same key is the
/// same server.
public record Fingerprint(String text) {

    private static final String PREFIX = "sha256/";
    private static final int LENGTH = 32;

    public Fingerprint {
        if (!isFingerprint(text)) {
            throw new IllegalArgumentException("a fingerprint is sha256/ and 32 bytes in base64");
        }
    }

    static Fingerprint of(X509Certificate certificate) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(certificate.getPublicKey().getEncoded());
            return new Fingerprint(PREFIX + Base64.getEncoder().encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Empty if the text is none. The padding may be left out.
    public static Optional<Fingerprint> parse(String text) {
        var padded = text.endsWith("=") ? text : text + "=";
        return isFingerprint(padded) ? Optional.of(new Fingerprint(padded)) : Optional.empty();
    }

    private static boolean isFingerprint(String text) {
        if (!text.startsWith(PREFIX)) {
            return false;
        }
        try {
            var base64 = text.substring(PREFIX.length());
            var bytes = Base64.getDecoder().decode(base64);
            // One way to write each: no stray bits in the last character.
            return bytes.length == LENGTH
                    && Arrays.equals(
                            Base64.getEncoder().encode(bytes),
                            base64.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
