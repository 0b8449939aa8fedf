package chat.parley.daemon.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The names that a certificate is good for: the DNS names among its subject alternative names (RFC
/// 6125; the common name counts for nothing). A pure value.
///
/// @param dns in lower case, in the certificate's order; `*.example.org` is any one label there
/// @param addresses for people; no client asks for one by name
record HostNames(List<String> dns, List<String> addresses) {

    private static final int DNS = 2; // RFC 5280, 4.2.1.6: the tags of GeneralName
    private static final int ADDRESS = 7;

    HostNames {
        dns = List.copyOf(dns);
        addresses = List.copyOf(addresses);
    }

    static HostNames of(X509Certificate certificate) throws CertificateParsingException {
        return new HostNames(of(certificate, DNS), of(certificate, ADDRESS));
    }

    private static List<String> of(X509Certificate certificate, int kind)
            throws CertificateParsingException {
        var all = certificate.getSubjectAlternativeNames();
        return all == null
                ? List.of()
                : all.stream()
                        .filter(name -> name.get(0).equals(kind))
                        .map(name -> name.get(1).toString().toLowerCase(Locale.ROOT))
                        .map(name -> name.replaceAll("[^\\x21-\\x7e]", "?"))
                        .toList();
    }

    /// Whether it is one of them to the letter.
    boolean name(String host) {
        return dns.contains(host.toLowerCase(Locale.ROOT));
    }

    /// Whether one of them with a star stands for it (RFC 6125, 6.4.3: one whole label, the first).
    boolean cover(String host) {
        var dot = host.indexOf('.');
        return dot > 0 && name("*" + host.substring(dot));
    }

    /// A name that somebody could ask for.
    Optional<String> first() {
        return dns.stream()
                .map(name -> name.startsWith("*.") ? "any" + name.substring(1) : name)
                .findFirst();
    }

    /// For people.
    @Override
    public String toString() {
        var all =
                String.join(", ", dns) + (dns.isEmpty() ? "" : ", ") + String.join(", ", addresses);
        return all.isEmpty() ? "no names" : all.replaceFirst(", $", "");
    }
}
