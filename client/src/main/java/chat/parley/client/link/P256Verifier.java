package chat.parley.client.link;

import java.io.OutputStream;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.io.SignerOutputStream;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.tls.crypto.Tls13Verifier;

/// The daemon's signature of a handshake, if it is ECDSA on P-256 with SHA-256 (RFC 8446 4.2.3),
/// verified by Bouncy Castle.
///
/// The JDK makes a table before its first one, which pays where there are many: a client verifies
/// one, and waits 35 ms for it (docs/adr/0049). All that is looked at is public, so it does not
/// matter what the time taken tells. For one handshake, on its thread.
final class P256Verifier implements Tls13Verifier {

    private final SignerOutputStream signed;

    private P256Verifier(ECPublicKeyParameters key) {
        var signer = new DSADigestSigner(new ECDSASigner(), new SHA256Digest());
        signer.init(false, key);
        signed = new SignerOutputStream(signer);
    }

    /// Nothing for a key on another curve.
    ///
    /// @throws IllegalArgumentException if it is no point of the curve
    static Optional<P256Verifier> of(PublicKey key) {
        var curve = new ECDomainParameters(CustomNamedCurves.getByName("P-256"));
        if (!(key instanceof ECPublicKey ec) || !isOrder(ec, curve.getN())) {
            return Optional.empty();
        }
        var at = ec.getW();
        var point = curve.getCurve().createPoint(at.getAffineX(), at.getAffineY());
        return Optional.of(new P256Verifier(new ECPublicKeyParameters(point, curve)));
    }

    private static boolean isOrder(ECPublicKey key, BigInteger order) {
        return key.getParams().getOrder().equals(order);
    }

    @Override
    public OutputStream getOutputStream() {
        return signed;
    }

    @Override
    public boolean verifySignature(byte[] signature) {
        return signed.getSigner().verifySignature(signature);
    }
}
