package chat.parley.client.link;

import chat.parley.protocol.tls.RsaPss;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.jcajce.util.JcaJceHelper;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.crypto.Tls13Verifier;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;

/// Where Bouncy Castle's TLS gets its arithmetic: from the JDK; by other names what the JDK has
/// only under one of its own ([RsaPss]: without it a server with an RSA key cannot be talked to);
/// and Ed25519 from Bouncy Castle. The daemon does the same (docs/adr/0036).
final class BothProviders extends JcaTlsCryptoProvider {

    private static final String ED25519 = "Ed25519";

    @Override
    public JcaJceHelper getHelper() {
        return new Helper();
    }

    @Override
    public JcaTlsCrypto create(SecureRandom keys, SecureRandom nonces) {
        return new JcaTlsCrypto(getHelper(), keys, nonces) {
            @Override
            protected Tls13Verifier createTls13Verifier(
                    String algorithm, @Nullable AlgorithmParameterSpec parameter, PublicKey key)
                    throws IOException {
                if (algorithm.equals("SHA256WITHECDSA")) {
                    var verifier = P256Verifier.of(key);
                    if (verifier.isPresent()) {
                        return verifier.get();
                    }
                }
                return super.createTls13Verifier(algorithm, parameter, key);
            }
        };
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

    private static final class Helper extends DefaultJcaJceHelper {

        private final RsaPss pss = new RsaPss();

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
