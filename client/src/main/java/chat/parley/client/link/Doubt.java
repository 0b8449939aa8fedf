package chat.parley.client.link;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Why somebody is not believed, and what to do about it. In our own words: what a certificate says
/// is the word of whoever made it.
///
/// @param why as the end of "You have not met it before: …"
/// @param next a whole sentence
public record Doubt(String why, String next) {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /// Of a certificate's names so many are shown.
    private static final int SHOWN = 4;

    static Doubt expired(X509Certificate certificate) {
        return new Doubt(
                "its certificate expired on " + time(certificate.getNotAfter().toInstant()),
                "The daemon's admin has to renew it"
                        + ", unless this machine's clock is wrong: it says "
                        + time(Instant.now())
                        + ".");
    }

    static Doubt notYetValid(X509Certificate certificate) {
        return new Doubt(
                "its certificate is valid only from "
                        + time(certificate.getNotBefore().toInstant()),
                "Look at this machine's clock: it says " + time(Instant.now()) + ".");
    }

    static Doubt signedByItself() {
        return new Doubt(
                "its certificate is signed by itself",
                "Ask the daemon's admin for the certificate and name it by --ca, or give the key's"
                        + " fingerprint.");
    }

    static Doubt unknownAuthority() {
        return new Doubt(
                "no authority known here vouches for its certificate",
                "Ask the daemon's admin for the authority's certificate and name it by --ca.");
    }

    static Doubt otherName(X509Certificate certificate, String host) {
        var names = names(certificate).stream().filter(Doubt::isPlain).limit(SHOWN).toList();
        return new Doubt(
                "its certificate is valid, but not for "
                        + host
                        + (names.isEmpty() ? "" : ": it is for " + String.join(", ", names)),
                "Connect by a name that it has, or have the daemon's admin add this one.");
    }

    static Doubt otherKey(Fingerprint wanted) {
        return new Doubt(
                "it is not the key that was given: " + wanted,
                "Ask the daemon's admin which is right before you give another.");
    }

    /// A file of ours that cannot be read.
    static Doubt cannotTell(String problem) {
        return new Doubt(problem, "Mend that first: nobody is trusted until then.");
    }

    /// As it stands in our messages.
    static String time(Instant when) {
        return MINUTE.format(when);
    }

    /// All names and addresses, as whoever made it wrote them.
    static List<String> names(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .flatMap(Collection::stream)
                            .filter(String.class::isInstance)
                            .map(Objects::toString)
                            .toList();
        } catch (CertificateParsingException _) { // whoever made it: it names nobody
            return List.of();
        }
    }

    private static boolean isPlain(String name) {
        return name.matches("[A-Za-z0-9.:*_-]{1,253}");
    }
}
