package chat.parley.client.link;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import org.bouncycastle.jsse.BCX509ExtendedKeyManager;
import org.bouncycastle.jsse.BCX509Key;
import org.jspecify.annotations.Nullable;

/// Shows the one certificate of a [ClientKey], whatever authorities the daemon names, to whoever
/// can take its kind. Asked by the thread that shakes hands.
final class ClientKeyChooser extends BCX509ExtendedKeyManager {

    private final List<X509Certificate> chain;
    private final PrivateKey key;
    private final String kind;

    /// @param chain the key's own certificate first
    /// @param algorithm of the key, as Java names it
    ClientKeyChooser(List<X509Certificate> chain, PrivateKey key, String algorithm) {
        this.chain = chain;
        this.key = key;
        this.kind =
                switch (algorithm) { // in the words of Bouncy Castle's TLS
                    case "EC", "RSA" -> algorithm;
                    default -> "Ed25519";
                };
    }

    @Override
    public @Nullable BCX509Key chooseClientKeyBC(
            String[] types, Principal @Nullable [] issuers, Socket socket) {
        for (var type : types) {
            if (type.equals(kind) || type.equals(kindAndCurve())) {
                return new Shown(type);
            }
        }
        return null;
    }

    private String kindAndCurve() {
        return chain.getFirst().getPublicKey() instanceof ECPublicKey ec
                ? "EC/secp" + ec.getParams().getOrder().bitLength() + "r1"
                : kind;
    }

    private final class Shown implements BCX509Key {

        private final String type;

        private Shown(String type) {
            this.type = type;
        }

        @Override
        public X509Certificate[] getCertificateChain() {
            return chain.toArray(X509Certificate[]::new);
        }

        @Override
        public String getKeyType() {
            return type;
        }

        @Override
        public PrivateKey getPrivateKey() {
            return key;
        }
    }

    @Override
    protected BCX509Key getKeyBC(String type, String alias) {
        throw notAsked();
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
        throw notAsked();
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
        throw notAsked();
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
        throw notAsked();
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
        throw notAsked();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        throw notAsked();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        throw notAsked();
    }

    private static UnsupportedOperationException notAsked() {
        return new UnsupportedOperationException(
                "a client with sockets is asked for its key and nothing else");
    }
}
