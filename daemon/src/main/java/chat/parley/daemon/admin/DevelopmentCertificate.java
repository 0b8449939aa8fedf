package chat.parley.daemon.admin;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A new key and a certificate that it signed itself, for a daemon without a certificate authority.
///
/// ECDSA P-256, because every client understands it. The certificate can be used for a TLS server
/// and for nothing else; it cannot sign others.
public record DevelopmentCertificate(KeyPair key, X509Certificate certificate) {

    /// The longest that clients on some systems accept.
    static final int LONGEST_DAYS = 825;

    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    /// @param names host names and addresses; the first becomes the subject
    public static DevelopmentCertificate of(List<String> names, int days)
            throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var key = generator.generateKeyPair();
        try {
            return new DevelopmentCertificate(key, selfSigned(key, names, days));
        } catch (IOException | OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static X509Certificate selfSigned(KeyPair key, List<String> names, int days)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        var subject = new X500NameBuilder().addRDN(BCStyle.CN, names.getFirst()).build();
        var from = Instant.now().minus(CLOCKS_DIFFER);
        var until = from.plus(Duration.ofDays(days));
        var serial = new BigInteger(127, new SecureRandom()).setBit(126); // positive and long
        var builder =
                new JcaX509v3CertificateBuilder(
                        subject,
                        serial,
                        Date.from(from),
                        Date.from(until),
                        subject,
                        key.getPublic());
        var alternatives =
                names.stream().map(DevelopmentCertificate::generalName).toArray(GeneralName[]::new);
        var keyId = new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(Extension.subjectKeyIdentifier, false, keyId);
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static GeneralName generalName(String name) {
        var kind = HostNames.isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName;
        return new GeneralName(kind, name);
    }

    /// What a browser or OpenSSL calls the fingerprint: SHA-256 of the whole certificate.
    String fingerprint() throws GeneralSecurityException {
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(sha256(certificate.getEncoded()));
    }

    /// What Parley's client pins: SHA-256 of the public key, which a renewed certificate can keep.
    String pin() throws GeneralSecurityException {
        var digest = sha256(certificate.getPublicKey().getEncoded());
        return "sha256/" + Base64.getEncoder().encodeToString(digest);
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
