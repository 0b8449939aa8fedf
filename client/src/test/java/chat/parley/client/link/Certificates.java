package chat.parley.client.link;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Certificates as good and as bad as a test needs them.
final class Certificates {

    /// A key and its certificate.
    record Identity(KeyPair key, X509Certificate certificate) {}

    private Certificates() {}

    static KeyPair key() throws GeneralSecurityException {
        return key("secp256r1");
    }

    /// @param kind RSA, Ed25519, or a curve
    static KeyPair key(String kind) throws GeneralSecurityException {
        if (kind.startsWith("secp")) {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(kind));
            return generator.generateKeyPair();
        }
        return KeyPairGenerator.getInstance(kind).generateKeyPair();
    }

    static Identity authority(String name) throws GeneralSecurityException {
        var key = key();
        return new Identity(
                key, certificate("CN=" + name, key, "CN=" + name, key, List.of(), true, 1));
    }

    /// A server's, signed by this authority.
    static Identity signedBy(Identity authority, String commonName, GeneralName... names)
            throws GeneralSecurityException {
        var key = key();
        var issuer = authority.certificate().getSubjectX500Principal().getName();
        return new Identity(
                key,
                certificate(
                        "CN=" + commonName,
                        key,
                        issuer,
                        authority.key(),
                        List.of(names),
                        false,
                        1));
    }

    /// A server's, signed by itself.
    static Identity selfSigned(KeyPair key, int days, GeneralName... names)
            throws GeneralSecurityException {
        return new Identity(
                key, certificate("CN=self", key, "CN=self", key, List.of(names), false, days));
    }

    /// A server's, signed by itself, that is valid from tomorrow on.
    static Identity early(KeyPair key, GeneralName... names) throws GeneralSecurityException {
        var tomorrow = Instant.now().plus(Duration.ofDays(1));
        return new Identity(
                key,
                certificate(
                        "CN=self",
                        key,
                        "CN=self",
                        key,
                        List.of(names),
                        false,
                        tomorrow,
                        tomorrow.plus(Duration.ofDays(1))));
    }

    static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    static GeneralName ip(String address) {
        return new GeneralName(GeneralName.iPAddress, address);
    }

    private static X509Certificate certificate(
            String subject,
            KeyPair key,
            String issuer,
            KeyPair signer,
            List<GeneralName> names,
            boolean isAuthority,
            int days)
            throws GeneralSecurityException {
        var now = Instant.now();
        return certificate(
                subject,
                key,
                issuer,
                signer,
                names,
                isAuthority,
                now.minus(Duration.ofDays(30)),
                now.plus(Duration.ofDays(days)));
    }

    private static X509Certificate certificate(
            String subject,
            KeyPair key,
            String issuer,
            KeyPair signer,
            List<GeneralName> names,
            boolean isAuthority,
            Instant from,
            Instant until)
            throws GeneralSecurityException {
        var builder =
                new JcaX509v3CertificateBuilder(
                        new X500Name(issuer),
                        BigInteger.valueOf(from.toEpochMilli()),
                        Date.from(from),
                        Date.from(until),
                        new X500Name(subject),
                        key.getPublic());
        try {
            builder.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder(signature(signer.getPrivate()))
                                            .build(signer.getPrivate())));
        } catch (IOException | OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static String signature(PrivateKey key) {
        return switch (key) {
            case RSAPrivateKey _ -> "SHA256withRSA";
            case EdECPrivateKey _ -> "Ed25519";
            default -> "SHA256withECDSA";
        };
    }
}
