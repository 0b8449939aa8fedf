package chat.parley.client.link;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Whether a certificate names a server: RFC 9525, by its subject alternative names alone.
///
/// The common name never counts. Bouncy Castle 1.84 takes it where there is no dNSName
/// (CVE-2026-59638), so this check is our own and its endpoint identification is left off.
final class ServerName {

    private static final int DNS_NAME = 2; // RFC 5280 4.2.1.6, GeneralName
    private static final int IP_ADDRESS = 7;

    private ServerName() {}

    static boolean isIn(X509Certificate certificate, String host) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            if (names == null) {
                return false;
            }
            return isAddress(host)
                    ? names.stream().anyMatch(name -> isAddress(name, host))
                    : names.stream().anyMatch(name -> isName(name, host));
        } catch (CertificateParsingException _) { // whoever made it: it names nobody
            return false;
        }
    }

    private static boolean isName(List<?> name, String host) {
        if (!Objects.equals(name.get(0), DNS_NAME) || !(name.get(1) instanceof String presented)) {
            return false;
        }
        var wanted = canonical(host);
        var given = canonical(presented);
        if (given.startsWith("*.")) {
            // RFC 9525 6.3: the wildcard is the whole left-most label and stands for one label.
            var dot = wanted.indexOf('.');
            var rest = given.substring(1);
            return dot > 0 && rest.indexOf('.', 1) > 0 && wanted.substring(dot).equals(rest);
        }
        return !given.isEmpty() && given.indexOf('*') < 0 && given.equals(wanted);
    }

    private static boolean isAddress(List<?> name, String host) {
        if (!Objects.equals(name.get(0), IP_ADDRESS)
                || !(name.get(1) instanceof String presented)) {
            return false;
        }
        try {
            // Both are literal addresses, so nothing is looked up.
            return isAddress(presented)
                    && Arrays.equals(
                            InetAddress.getByName(presented).getAddress(),
                            InetAddress.getByName(host).getAddress());
        } catch (UnknownHostException _) {
            return false;
        }
    }

    /// Whether a host is a literal address; a name that ends in a digit is none.
    static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }

    private static String canonical(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        var bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        if (bare.chars().allMatch(c -> c < 128)) {
            return bare;
        }
        try {
            return IDN.toASCII(bare).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            return bare;
        }
    }
}
