package chat.parley.daemon.tls;

import chat.parley.daemon.admin.DevelopmentCertificate;
import chat.parley.daemon.config.DaemonConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;

/// Certificates and keys for tests, as the files an admin has.
public final class TestKeys {

    private TestKeys() {}

    /// A new development certificate for localhost, as `daemon.crt` and `daemon.key`.
    public static DaemonConfig.Tls.Pem in(Path dir) {
        try {
            var made = DevelopmentCertificate.of(List.of("localhost", "127.0.0.1"), 1);
            return write(dir, made);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static DaemonConfig.Tls.Pem write(Path dir, DevelopmentCertificate made)
            throws IOException, GeneralSecurityException {
        var certificate = dir.resolve("daemon.crt");
        var key = dir.resolve("daemon.key");
        Files.writeString(certificate, pem("CERTIFICATE", made.certificate().getEncoded()));
        Files.writeString(key, pem("PRIVATE KEY", made.key().getPrivate().getEncoded()));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return new DaemonConfig.Tls.Pem(certificate, key);
    }

    static String pem(String what, byte[] encoded) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(what, lines.encodeToString(encoded), what);
    }
}
