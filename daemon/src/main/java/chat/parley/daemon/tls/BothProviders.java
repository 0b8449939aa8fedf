package chat.parley.daemon.tls;

import chat.parley.protocol.tls.RsaPss;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.jcajce.util.JcaJceHelper;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/// Where Bouncy Castle's TLS gets its arithmetic: from the JDK; by other names what the JDK has
/// only under one of its own ([RsaPss]: without it a certificate with an RSA key is not shown to
/// whoever speaks 1.3, and one of a client's is not understood); and Ed25519 from Bouncy Castle.
final class BothProviders extends JcaTlsCryptoProvider {

    private static final String ED25519 = "Ed25519";

    @Override
    public JcaJceHelper getHelper() {
        return new Helper();
    }

    @Override
    public JcaTlsCrypto create(SecureRandom forKeys, SecureRandom forNonces) {
        return new Crypto(getHelper(), forKeys, forNonces);
    }

    /// Made when somebody needs it: it takes longer than a handshake.
    private static final class Second {
        static final Provider PROVIDER = new BouncyCastleProvider();
    }

    /// A key of the JDK's as Bouncy Castle's TLS signs with it: Ed25519 by a key of its own, as it
    /// does not know the JDK's name for these.
    static PrivateKey asUsed(PrivateKey key) throws GeneralSecurityException {
        if (!(key instanceof EdECPrivateKey)) {
            return key;
        }
        var encoded = key.getEncoded();
        try {
            return KeyFactory.getInstance(ED25519, Second.PROVIDER)
                    .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static final class Crypto extends JcaTlsCrypto {

        private final TlsNonceGenerator nonces;

        Crypto(JcaJceHelper helper, SecureRandom forKeys, SecureRandom forNonces) {
            super(helper, forKeys, forNonces);
            nonces =
                    size -> {
                        var nonce = new byte[size];
                        forNonces.nextBytes(nonce);
                        return nonce;
                    };
        }

        /// One for all, which Bouncy Castle keeps apart from the one for keys: one for each
        /// connection, to draw the 32 bytes of its handshake from, would take 1 KiB as long as the
        /// connection is there. Records of TLS 1.3 and of AEAD suites need none.
        @Override
        public TlsNonceGenerator createNonceGenerator(byte[] alsoFrom) {
            return nonces;
        }
    }

    private static final class Helper extends DefaultJcaJceHelper {

        private final RsaPss pss = new RsaPss();
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
            if (algorithm.equals(ED25519)) {
                return Signature.getInstance(algorithm, Second.PROVIDER);
            }
            return pss.has(algorithm)
                    ? Signature.getInstance(algorithm, pss)
                    : super.createSignature(algorithm);
        }
    }
}
