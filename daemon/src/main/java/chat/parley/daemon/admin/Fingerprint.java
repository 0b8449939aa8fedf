package chat.parley.daemon.admin;

import chat.parley.daemon.tls.ClientCertificate;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which key an admin means: by its fingerprint, or by a file with its certificate.
final class Fingerprint {

    private static final String PIN = "sha256/";

    private Fingerprint() {}

    /// The digits as they are stored; empty if what was given is none, and the person was told.
    ///
    /// @param digits as they were given, or nothing
    /// @param file with a certificate, or nothing; one of the two
    static Optional<String> read(UserTool tool, @Nullable String digits, @Nullable Path file)
            throws IOException {
        if ((digits == null) == (file == null)) {
            tool.say("give a FINGERPRINT, or --file CERT.PEM");
            return Optional.empty();
        }
        if (file != null) {
            return ofFile(tool, file);
        }
        var given = Objects.requireNonNullElse(digits, "");
        var found = given.startsWith(PIN) ? ofPin(given) : ofDigits(given);
        if (found.isEmpty()) {
            tool.say("a fingerprint is 64 hexadecimal digits; see --help for how to get one");
        }
        return found;
    }

    /// As they are stored; empty if these are none.
    static Optional<String> ofDigits(String given) {
        var digits = given.replace(":", "").toLowerCase(Locale.ROOT);
        return digits.length() == ClientCertificate.DIGITS
                        && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)
                ? Optional.of(digits)
                : Optional.empty();
    }

    private static Optional<String> ofPin(String given) {
        try {
            var hash = Base64.getDecoder().decode(given.substring(PIN.length()));
            return ofDigits(HexFormat.of().formatHex(hash));
        } catch (IllegalArgumentException _) { // not base64
            return Optional.empty();
        }
    }

    private static Optional<String> ofFile(UserTool tool, Path file) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var factory = CertificateFactory.getInstance("X.509");
            var certificate =
                    ClientCertificate.of((X509Certificate) factory.generateCertificate(in));
            if (!certificate.isValidAt(Instant.now())) {
                tool.say("this certificate is not valid today: with it nobody can log in");
            }
            return Optional.of(certificate.fingerprint());
        } catch (CertificateException e) {
            tool.say(file + " holds no certificate (PEM, from BEGIN CERTIFICATE to END)");
            return Optional.empty();
        }
    }
}
