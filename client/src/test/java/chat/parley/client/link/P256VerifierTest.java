package chat.parley.client.link;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class P256VerifierTest {

    private static final byte[] TEXT = "the handshake".getBytes(StandardCharsets.US_ASCII);

    /// The order of the group (SEC 2, 2.4.2).
    private static final String ORDER =
            "00ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

    private final KeyPair keys;

    P256VerifierTest() throws GeneralSecurityException {
        keys = Certificates.key("secp256r1");
    }

    private byte[] signed() throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(TEXT);
        return signature.sign();
    }

    private boolean takes(byte[] text, byte[] signature) throws IOException {
        var verifier = P256Verifier.of(keys.getPublic()).orElseThrow();
        verifier.getOutputStream().write(text);
        return verifier.verifySignature(signature);
    }

    @Nested
    class A_signature {

        @Test
        void of_the_JDKs_is_taken() throws Exception {
            for (var i = 0; i < 50; i++) { // with and without leading zeros
                assertTrue(takes(TEXT, signed()));
            }
        }

        @Test
        void of_another_text_is_not() throws Exception {
            var other = TEXT.clone();
            other[0] ^= 1;
            assertFalse(takes(other, signed()));
        }

        @Test
        void of_another_key_is_not() throws Exception {
            var foreign = Signature.getInstance("SHA256withECDSA");
            foreign.initSign(Certificates.key("secp256r1").getPrivate());
            foreign.update(TEXT);
            assertFalse(takes(TEXT, foreign.sign()));
        }

        @Test
        void changed_in_any_byte_is_not() throws Exception {
            var signed = signed();
            for (var at = 0; at < signed.length; at++) {
                var changed = signed.clone();
                changed[at] ^= 1;
                assertFalse(takes(TEXT, changed), "byte " + at);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "", // nothing
                    "00",
                    "3000", // no numbers
                    "3006020100020100", // r = s = 0 (CVE-2022-21449)
                    "3006020100020101",
                    "3006020101020100",
                    "30060201ff020101", // below 0
                    "3026022100ORDER020101", // r or s of the order itself, as good as 0
                    "3026020101022100ORDER",
                    "308206020101020101"
                })
        void that_is_none_is_not(String hex) throws Exception {
            var whole = hex.replace("2100ORDER", "21" + ORDER);
            assertFalse(takes(TEXT, HexFormat.of().parseHex(whole)));
        }
    }

    @Nested
    class A_key {

        @ParameterizedTest
        @ValueSource(strings = {"secp384r1", "RSA", "Ed25519"})
        void of_another_kind_is_left_to_the_JDK(String kind) throws Exception {
            assertTrue(P256Verifier.of(Certificates.key(kind).getPublic()).isEmpty());
        }

        @Test
        void off_the_curve_is_refused() {
            var at = ((ECPublicKey) keys.getPublic()).getW();
            var off = new ECPoint(at.getAffineX(), at.getAffineY().add(BigInteger.ONE));
            assertThrows(IllegalArgumentException.class, () -> P256Verifier.of(at(off)));
        }

        private ECPublicKey at(ECPoint point) {
            return new ECPublicKey() {
                private static final long serialVersionUID = 1;

                @Override
                public ECPoint getW() {
                    return point;
                }

                @Override
                public ECParameterSpec getParams() {
                    return ((ECPublicKey) keys.getPublic()).getParams();
                }

                @Override
                public String getAlgorithm() {
                    return "EC";
                }

                @Override
                public String getFormat() {
                    return "X.509";
                }

                @Override
                public byte[] getEncoded() {
                    return new byte[0];
                }
            };
        }
    }
}
