package chat.parley.protocol.tls;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The JDK's RSA-PSS signatures (RFC 8017, section 8.1) by the names that Bouncy Castle's TLS asks
/// for, as `SHA256WITHRSAANDMGF1`; the JDK has one name for all of them, and wants the hash as a
/// parameter, which Bouncy Castle's TLS gives anyway.
///
/// A provider because what asks goes back to the provider of what it was given. Passed by hand,
/// never registered. Any thread.
public final class RsaPss extends Provider {

    private static final long serialVersionUID = 1;

    private static final Set<String> NAMES =
            Set.of("SHA256WITHRSAANDMGF1", "SHA384WITHRSAANDMGF1", "SHA512WITHRSAANDMGF1");

    public RsaPss() {
        super("ParleyRsaPss", "1", "RSASSA-PSS of the JDK by the names of TLS libraries");
        NAMES.forEach(name -> putService(new Named(this, name)));
    }

    /// Whether a signature of that name is here; capitals or not.
    public boolean has(String algorithm) {
        return getService("Signature", algorithm) != null;
    }

    private static final class Named extends Service {

        Named(Provider provider, String name) {
            super(provider, "Signature", name, Jdk.class.getName(), List.of(), Map.of());
        }

        @Override
        public Object newInstance(@Nullable Object none) throws NoSuchAlgorithmException {
            return new Jdk(Signature.getInstance("RSASSA-PSS"));
        }
    }

    /// Passes everything on.
    private static final class Jdk extends SignatureSpi {

        private final Signature signature;

        Jdk(Signature signature) {
            this.signature = signature;
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            signature.initVerify(key);
        }

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            signature.initSign(key);
        }

        @Override
        protected void engineInitSign(PrivateKey key, SecureRandom random)
                throws InvalidKeyException {
            signature.initSign(key, random);
        }

        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters)
                throws InvalidAlgorithmParameterException {
            signature.setParameter(parameters);
        }

        @Override
        protected AlgorithmParameters engineGetParameters() {
            return signature.getParameters();
        }

        @Override
        protected void engineUpdate(byte next) throws SignatureException {
            signature.update(next);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int from, int count) throws SignatureException {
            signature.update(bytes, from, count);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            return signature.sign();
        }

        @Override
        protected boolean engineVerify(byte[] signed) throws SignatureException {
            return signature.verify(signed);
        }

        /// What this was before there were specifications of parameters; nobody calls it.
        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new InvalidParameterException(name);
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new InvalidParameterException(name);
        }
    }
}
