package chat.parley.client.link;

import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.jcajce.util.JcaJceHelper;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;

/// Where Bouncy Castle's TLS gets its arithmetic: from the JDK, and from Bouncy Castle what the JDK
/// has only under another name.
///
/// RSA signatures of TLS 1.3 (PSS) are such: without them a server with an RSA key cannot be talked
/// to. The daemon does the same (docs/adr/0036).
final class BothProviders extends JcaTlsCryptoProvider {

    @Override
    public JcaJceHelper getHelper() {
        return new Helper();
    }

    private static final class Helper extends DefaultJcaJceHelper {

        /// A key of one's own of this kind is Bouncy Castle's as well (see [ClientKey]).
        private static final String ED25519 = "Ed25519";

        /// Made when it is needed: that takes longer than most handshakes.
        private @Nullable BouncyCastleProvider second;

        private BouncyCastleProvider second() {
            var made = second;
            if (made == null) {
                made = new BouncyCastleProvider();
                second = made;
            }
            return made;
        }

        @Override
        public Signature createSignature(String algorithm) throws NoSuchAlgorithmException {
            if (algorithm.equals(ED25519)) {
                return Signature.getInstance(algorithm, second());
            }
            try {
                return super.createSignature(algorithm);
            } catch (NoSuchAlgorithmException _) {
                return Signature.getInstance(algorithm, second());
            }
        }
    }
}
