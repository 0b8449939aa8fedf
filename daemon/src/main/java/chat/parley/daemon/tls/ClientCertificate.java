package chat.parley.daemon.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import org.bouncycastle.asn1.x509.Certificate;

/// A certificate that a client has shown, as far as it counts here: by its key, and until when.
///
/// That the peer holds the key, TLS has proved. Names in it are not looked at: it opens what an
/// admin bound its key to, and nothing else (SASL EXTERNAL), and only if one of the admin's
/// authorities has signed it, where there are any. It is known by the SHA-256 of its
/// SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) in lower-case hex, so that a certificate renewed with
/// the same key stays bound.
///
/// @param fingerprint of the key
/// @param vouched whether it counts who signed it: so says an authority, or nobody is asked
public record ClientCertificate(String fingerprint, Instant from, Instant until, boolean vouched) {

    /// The digits of a fingerprint.
    public static final int DIGITS = 64;

    /// Whoever signed it.
    public static ClientCertificate of(X509Certificate certificate)
            throws CertificateEncodingException {
        return of(certificate, true);
    }

    static ClientCertificate of(X509Certificate certificate, boolean vouched)
            throws CertificateEncodingException {
        return new ClientCertificate(
                fingerprint(certificate.getEncoded()),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                vouched);
    }

    /// The bytes as they stand in the certificate: no key needs to be understood for this.
    private static String fingerprint(byte[] encoded) {
        var key = Certificate.getInstance(encoded).getSubjectPublicKeyInfo();
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded("DER"));
            return HexFormat.of().formatHex(digest);
        } catch (java.io.IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // it came encoded, and each JDK has SHA-256
        }
    }

    public boolean isValidAt(Instant now) {
        return !now.isBefore(from) && !now.isAfter(until);
    }
}
