package chat.parley.client.link;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.BCSSLSocket;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/// TLS 1.3 and 1.2 by Bouncy Castle, with what we choose and not what happens to be the default.
final class TlsClient {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /// The last two stay: without a group for the certificate's own key the handshake fails.
    private static final String[] GROUPS = {"X25519MLKEM768", "x25519", "secp256r1", "secp384r1"};

    private static final String[] SUITES = {
        "TLS_AES_256_GCM_SHA384",
        "TLS_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    };

    /// Bouncy Castle logs each handshake; the terminal belongs to the conversation. A strong
    /// reference, or the level is forgotten with the logger.
    private static final Logger NOISE = Logger.getLogger("org.bouncycastle");

    static {
        NOISE.setLevel(Level.OFF);
    }

    private TlsClient() {}

    /// Wraps the socket; the caller starts the handshake, inside a deadline.
    ///
    /// @param own shown if the daemon asks for a certificate
    static SSLSocket over(
            GatedSocket plain, ServerAddress server, Judge judge, Optional<ClientKey> own)
            throws IOException {
        try {
            var context =
                    SSLContext.getInstance(
                            "TLS", new BouncyCastleJsseProvider(false, new BothProviders()));
            var keys = own.map(key -> new KeyManager[] {key.manager()}).orElse(null);
            context.init(keys, new TrustManager[] {judge}, new SecureRandom());
            var socket =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(plain, server.host(), server.port(), true);
            var supported = Arrays.asList(socket.getSupportedCipherSuites());
            var parameters =
                    new BCSSLParameters(
                            Stream.of(SUITES).filter(supported::contains).toArray(String[]::new),
                            PROTOCOLS);
            parameters.setNamedGroups(GROUPS);
            ((BCSSLSocket) socket).setParameters(parameters);
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }
}
