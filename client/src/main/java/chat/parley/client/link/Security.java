package chat.parley.client.link;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// How a connection is secured, and who is at the other end. What stands in the certificate is the
/// word of whoever made it: to be made harmless before it is shown.
///
/// @param group the keys are agreed in; empty where it cannot be told
/// @param names the certificate's subject alternative names
/// @param certificate the SHA-256 of the whole certificate, as other clients pin it
/// @param trustedBy who or what vouches
public record Security(
        String protocol,
        String suite,
        Optional<String> group,
        Fingerprint key,
        String certificate,
        String subject,
        List<String> names,
        String issuer,
        Instant from,
        Instant until,
        String trustedBy) {

    public Security {
        names = List.copyOf(names);
    }

    static Security of(
            String protocol,
            String suite,
            Optional<String> group,
            X509Certificate certificate,
            String trustedBy) {
        return new Security(
                protocol,
                suite,
                group,
                Fingerprint.of(certificate),
                digest(certificate),
                certificate.getSubjectX500Principal().getName(),
                Doubt.names(certificate),
                certificate.getIssuerX500Principal().getName(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                trustedBy);
    }

    private static String digest(X509Certificate certificate) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("it came encoded, and every Java has SHA-256", e);
        }
    }

    /// Protocol, cipher suite and group on one line.
    public String inShort() {
        return protocol + " " + suite + group.map(name -> " " + name).orElse("");
    }

    /// One thing a line, for a person.
    public List<String> lines() {
        return lines(trustedBy);
    }

    /// The same with what else there is to say about trust.
    public List<String> lines(String trust) {
        var itself = subject.equals(issuer) ? "itself" : issuer;
        return List.of(
                "connection   " + inShort(),
                "key          " + key,
                "certificate  for " + (names.isEmpty() ? subject : String.join(", ", names)),
                "             signed by " + itself,
                "             from " + Doubt.time(from) + " until " + Doubt.time(until),
                "             SHA-256 " + certificate,
                "trusted      " + trust);
    }
}
