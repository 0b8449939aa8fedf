package chat.parley.protocol.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RsaPssTest {

    private static final byte[] TEXT = "what was said".getBytes(US_ASCII);

    private final RsaPss pss = new RsaPss();
    private final KeyPair keys = rsa();

    private static KeyPair rsa() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static PSSParameterSpec with(String hash, int salt) {
        return new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "SHA256WITHRSAANDMGF1, SHA-256, 32",
        "SHA384WITHRSAANDMGF1, SHA-384, 48",
        "SHA512WITHRSAANDMGF1, SHA-512, 64"
    })
    void each_name_signs_and_verifies_as_the_jdks_one_name_with_that_hash(
            String name, String hash, int salt) throws GeneralSecurityException {
        var signer = Signature.getInstance(name, pss);
        signer.setParameter(with(hash, salt));
        signer.initSign(keys.getPrivate());
        signer.update(TEXT);
        var signed = signer.sign();

        var jdk = Signature.getInstance("RSASSA-PSS");
        jdk.setParameter(with(hash, salt));
        jdk.initVerify(keys.getPublic());
        jdk.update(TEXT);
        assertTrue(jdk.verify(signed));

        var verifier = Signature.getInstance(name, pss);
        verifier.setParameter(with(hash, salt));
        verifier.initVerify(keys.getPublic());
        for (var next : TEXT) {
            verifier.update(next);
        }
        assertTrue(verifier.verify(signed));
        verifier.update(TEXT, 1, TEXT.length - 1);
        assertFalse(verifier.verify(signed));
    }

    @Test
    void its_parameters_are_those_it_was_given() throws GeneralSecurityException {
        var signer = Signature.getInstance("SHA384WITHRSAANDMGF1", pss);
        signer.setParameter(with("SHA-384", 48));
        var shown = signer.getParameters().getParameterSpec(PSSParameterSpec.class);
        assertEquals("SHA-384", shown.getDigestAlgorithm());
        assertEquals(48, shown.getSaltLength());
    }

    @Test
    void a_name_is_the_same_in_small_letters() {
        assertTrue(pss.has("SHA256withRSAandMGF1"));
        assertFalse(pss.has("SHA1WITHRSAANDMGF1"));
        assertFalse(pss.has("SHA256withRSA"));
    }

    @Test
    void without_a_hash_nothing_is_signed() throws GeneralSecurityException {
        var signer = Signature.getInstance("SHA256WITHRSAANDMGF1", pss);
        signer.initSign(keys.getPrivate());
        assertThrows(GeneralSecurityException.class, () -> signer.update(TEXT));
    }

    @Test
    void what_is_no_parameter_of_pss_is_refused() throws GeneralSecurityException {
        var signer = Signature.getInstance("SHA256WITHRSAANDMGF1", pss);
        assertThrows(
                InvalidAlgorithmParameterException.class,
                () -> signer.setParameter(new ECGenParameterSpec("secp256r1")));
    }

    @Test
    void a_key_of_another_kind_is_refused() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        var other = generator.generateKeyPair();
        var verifier = Signature.getInstance("SHA256WITHRSAANDMGF1", pss);
        assertThrows(GeneralSecurityException.class, () -> verifier.initVerify(other.getPublic()));
    }
}
