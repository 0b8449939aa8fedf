package chat.parley.daemon.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Lets every client certificate through, because none is believed here.
///
/// TLS has proved that the peer holds the key; what counts later is whether its account has that
/// key on record (SASL EXTERNAL), and whether one of [ClientAuthorities] has signed it, if there
/// are any. Until then a certificate is worth nothing, and most peers send none.
///
/// The daemon connects to nobody with this context, so no server is ever trusted.
final class AnyClient extends X509ExtendedTrustManager {

    private final Supplier<X509Certificate[]> named;

    /// @param named whom the request for a certificate names, so that a client can choose among its
    ///   own; none for anybody
    AnyClient(Supplier<X509Certificate[]> named) {
        this.named = named;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException("the daemon is never a client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new UnsupportedOperationException("the daemon is never a client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("the daemon is never a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return named.get();
    }
}
