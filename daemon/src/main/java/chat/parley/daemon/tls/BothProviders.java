package chat.parley.daemon.tls;

import java.security.AlgorithmParameters;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.jcajce.util.JcaJceHelper;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/// Where Bouncy Castle's TLS gets its arithmetic: from the JDK, and from Bouncy Castle what the JDK
/// has only under another name.
///
/// RSA signatures of TLS 1.3 (PSS) are such: without them a certificate with an RSA key is not
/// shown to whoever speaks 1.3, and one of a client's is not understood. Ed25519 keys are Bouncy
/// Castle's own as well (see [ServerKey]).
final class BothProviders extends JcaTlsCryptoProvider {

    @Override
    public JcaJceHelper getHelper() {
        return new Helper();
    }

    private static final class Helper extends DefaultJcaJceHelper {

        private static final Set<String> ALWAYS = Set.of("Ed25519");

        private final BouncyCastleProvider second = new BouncyCastleProvider();
        private final Map<String, Provider> parameters = new ConcurrentHashMap<>(2);

        /// Asked for each record: looking through all providers took 3 % of the time of a daemon
        /// that sends small ones.
        @Override
        public AlgorithmParameters createAlgorithmParameters(String algorithm)
                throws NoSuchAlgorithmException {
            var known = parameters.get(algorithm);
            if (known != null) {
                return AlgorithmParameters.getInstance(algorithm, known);
            }
            var found = super.createAlgorithmParameters(algorithm);
            parameters.put(algorithm, found.getProvider());
            return found;
        }

        @Override
        public Signature createSignature(String algorithm) throws NoSuchAlgorithmException {
            if (ALWAYS.contains(algorithm)) {
                return Signature.getInstance(algorithm, second);
            }
            try {
                return super.createSignature(algorithm);
            } catch (NoSuchAlgorithmException _) {
                return Signature.getInstance(algorithm, second);
            }
        }
    }
}
