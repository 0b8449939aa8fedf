package chat.parley.distribution;

import java.security.CodeSigner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.util.HexFormat;

/// Whoever holds the certificate with this SHA-256 digest.
record Signer(String sha256) {

    /// "Legion of the Bouncy Castle Inc.", from the JCE Code Signing CA, valid until December 2030.
    /// When a release has another one, compare it with what the project publishes, then change it
    /// here, in a commit that does nothing else.
    static final Signer BOUNCY_CASTLE =
            new Signer("7c3b84e39bab35b23044ada94939fde3c817b0d4214e02d2185ebed98e4620d9");

    boolean made(CodeSigner signature) {
        try {
            var certificate = signature.getSignerCertPath().getCertificates().getFirst();
            var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest).equals(sha256);
        } catch (CertificateEncodingException _) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
