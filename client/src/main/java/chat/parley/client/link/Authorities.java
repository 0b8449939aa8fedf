package chat.parley.client.link;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Certificate authorities, and whether they vouch for a chain of certificates.
///
/// Only the chain: whether it names the right server is [ServerName]'s.
final class Authorities {

    /// Where systems keep theirs; an administrator's own authority is added there.
    private static final List<Path> SYSTEM =
            List.of(
                    Path.of("/etc/ssl/certs/ca-certificates.crt"),
                    Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
                    Path.of("/etc/ssl/cert.pem"));

    private final X509TrustManager manager;

    private Authorities(X509TrustManager manager) {
        this.manager = manager;
    }

    /// The system's own; Java's where the system has no file of them.
    static Authorities ofTheSystem() throws IOException {
        for (var bundle : SYSTEM) {
            if (Files.isReadable(bundle)) {
                return in(bundle);
            }
        }
        try {
            return of(null);
        } catch (GeneralSecurityException e) {
            throw new IOException("no certificate authorities: " + e.getMessage(), e);
        }
    }

    /// Those in a file of PEM certificates.
    static Authorities in(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException(file + " holds no certificate in PEM form");
            }
            return of(keyStore(certificates));
        } catch (NoSuchFileException _) {
            throw new IOException("there is no file " + file);
        } catch (CertificateException e) {
            throw new IOException(file + " holds no certificates in PEM form", e);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static KeyStore keyStore(Collection<? extends Certificate> certificates)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var number = 0;
        for (var certificate : certificates) {
            store.setCertificateEntry("authority " + number++, certificate);
        }
        return store;
    }

    private static Authorities of(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return new Authorities(x509);
            }
        }
        throw new IllegalStateException("PKIX makes managers for X.509");
    }

    /// Why they do not vouch for it; empty if they do.
    Optional<Doubt> doubt(X509Certificate[] chain) {
        try {
            manager.checkServerTrusted(chain, "UNKNOWN");
            chain[0].checkValidity(); // Java does not ask that of one that is an authority itself
            return Optional.empty();
        } catch (CertificateException _) {
            return Optional.of(whatIsWrong(chain));
        }
    }

    /// What Java says of a certificate may hold words of whoever made it, so it is not told.
    private static Doubt whatIsWrong(X509Certificate[] chain) {
        for (var certificate : chain) {
            try {
                certificate.checkValidity();
            } catch (CertificateExpiredException _) {
                return Doubt.expired(certificate);
            } catch (CertificateNotYetValidException _) {
                return Doubt.notYetValid(certificate);
            }
        }
        return chain[0].getSubjectX500Principal().equals(chain[0].getIssuerX500Principal())
                ? Doubt.signedByItself()
                : Doubt.unknownAuthority();
    }
}
