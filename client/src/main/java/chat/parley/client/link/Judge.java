package chat.parley.client.link;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Asks [Trust] in the middle of one handshake, ends the handshake on any doubt, and keeps what was
/// found. Belongs to the thread that shakes hands.
final class Judge extends X509ExtendedTrustManager {

    private final ServerAddress server;
    private final Trust trust;
    private @Nullable Verdict verdict;
    private @Nullable X509Certificate shown;

    Judge(ServerAddress server, Trust trust) {
        this.server = server;
        this.trust = trust;
    }

    /// Empty if the handshake did not come so far.
    Optional<Verdict> verdict() {
        return Optional.ofNullable(verdict);
    }

    /// Empty if the handshake did not come so far.
    Optional<X509Certificate> shown() {
        return Optional.ofNullable(shown);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("no certificate");
        }
        shown = chain[0];
        try {
            var found = trust.judge(server, chain);
            verdict = found;
            if (!(found instanceof Verdict.Trusted)) {
                throw new CertificateException("not trusted");
            }
        } catch (IOException e) {
            verdict =
                    new Verdict.Refused(
                            Fingerprint.of(chain[0]),
                            Doubt.cannotTell(String.valueOf(e.getMessage())));
            throw new CertificateException(e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
