package chat.parley.daemon.tls;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.bouncycastle.jsse.BCSSLSocket;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/// The daemon's TLS: its key, and what it speaks. Made once at the start; any thread may use it.
///
/// Everything is pinned here rather than left to the JVM's security properties: TLS 1.3 and 1.2,
/// suites with forward secrecy and authenticated encryption only, and key exchange that also a
/// quantum computer cannot undo later for peers that know how.
///
/// Bouncy Castle speaks TLS; AES-GCM and the curves are the JDK's own, which is 30 times as fast at
/// the one thing that is done for every line. No provider is registered with the JVM.
public final class ServerTls {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /// In the order of preference, which is ours and not the peer's.
    private static final List<String> SUITES =
            List.of(
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    private static final String[] GROUPS = {"X25519MLKEM768", "x25519", "secp256r1"};

    private final SSLContext context;
    private final X509Certificate certificate;

    private ServerTls(SSLContext context, X509Certificate certificate) {
        this.context = context;
        this.certificate = certificate;
    }

    /// Reads the admin's files.
    public static ServerTls of(DaemonConfig.Tls files) throws ConfigProblem {
        var key = ServerKey.read(files);
        try {
            var provider = new BouncyCastleJsseProvider();
            var context = SSLContext.getInstance("TLS", provider);
            var trust = new TrustManager[] {new AnyClient()};
            context.init(key.managers(provider), trust, new SecureRandom());
            return new ServerTls(context, key.certificate());
        } catch (GeneralSecurityException e) {
            throw new ConfigProblem(
                    key.source().toString(),
                    "the key cannot be used for TLS (" + e.getMessage() + ")",
                    "use an ECDSA P-256 or an RSA key of 2048 bits or more");
        }
    }

    public SSLContext context() {
        return context;
    }

    /// The daemon's own certificate.
    public X509Certificate certificate() {
        return certificate;
    }

    /// What each server socket speaks.
    public SSLParameters parameters() {
        var supported = Set.of(context.getSupportedSSLParameters().getCipherSuites());
        var parameters = new SSLParameters();
        parameters.setProtocols(PROTOCOLS.clone());
        parameters.setCipherSuites(
                SUITES.stream().filter(supported::contains).toArray(String[]::new));
        parameters.setUseCipherSuitesOrder(true);
        parameters.setNamedGroups(GROUPS.clone());
        parameters.setWantClientAuth(true);
        return parameters;
    }

    /// Makes the order of the groups ours too, for which the JDK has no parameter.
    public static void preferOwnGroups(SSLSocket socket) {
        if (socket instanceof BCSSLSocket ours) {
            var parameters = ours.getParameters();
            parameters.setUseNamedGroupsOrder(true);
            ours.setParameters(parameters);
        }
    }
}
