package chat.parley.daemon.tls;

import chat.parley.daemon.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Who must have signed a client's certificate, if the admin says so (`tls.client-authorities`).
///
/// It decides whether a certificate counts, never whether a handshake succeeds: whoever shows one
/// that does not count may still log in by password. Nothing is asked of the network: a certificate
/// that was called back is unbound by the admin.
///
/// Any thread.
final class ClientAuthorities {

    private final List<X509Certificate> certificates;
    private final X509TrustManager trust;

    private ClientAuthorities(List<X509Certificate> certificates)
            throws GeneralSecurityException, IOException {
        this.certificates = List.copyOf(certificates);
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (var each : certificates) {
            store.setCertificateEntry("authority-" + store.size(), each);
        }
        // The JDK's own: it checks path, dates and the use for TLS clients.
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        trust = (X509TrustManager) factory.getTrustManagers()[0];
    }

    static ClientAuthorities read(Path file) throws ConfigProblem {
        var found = PemFiles.certificates(file);
        try {
            return new ClientAuthorities(found);
        } catch (GeneralSecurityException | IOException e) {
            throw new ConfigProblem(
                    file.toString(),
                    "these certificates cannot be used (" + e.getMessage() + ")",
                    "list the authorities' certificates as PEM, one after the other");
        }
    }

    /// Whether one of them has signed it, or one that they have signed.
    ///
    /// @param chain as the client sent it, its own certificate first
    boolean vouchFor(X509Certificate[] chain) {
        try {
            trust.checkClientTrusted(chain.clone(), chain[0].getPublicKey().getAlgorithm());
            return true;
        } catch (CertificateException | IllegalArgumentException _) {
            return false;
        }
    }

    X509Certificate[] certificates() {
        return certificates.toArray(X509Certificate[]::new);
    }

    boolean sameAs(ClientAuthorities other) {
        return certificates.equals(other.certificates);
    }

    @Override
    public String toString() {
        return Arrays.toString(
                certificates.stream().map(c -> c.getSubjectX500Principal().getName()).toArray());
    }
}
