package chat.parley.daemon.tls;

import chat.parley.daemon.config.DaemonConfig;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority of a test's own.
public final class TestAuthority {

    /// What a certificate is asked for.
    ///
    /// @param kind `P-256`, `P-384`, `RSA` and bits, or `Ed25519`
    public record Wish(
            List<String> names, String kind, KeyPurposeId purpose, Instant from, Instant until) {

        public static Wish server(String... names) {
            var now = Instant.now();
            return new Wish(
                    List.of(names),
                    "P-256",
                    KeyPurposeId.id_kp_serverAuth,
                    now.minus(Duration.ofDays(1)),
                    now.plus(Duration.ofDays(90)));
        }

        public static Wish client(String name) {
            return server(name).forUse(KeyPurposeId.id_kp_clientAuth);
        }

        public Wish ofKind(String other) {
            return new Wish(names, other, purpose, from, until);
        }

        public Wish forUse(KeyPurposeId other) {
            return new Wish(names, kind, other, from, until);
        }

        public Wish valid(Instant since, Instant to) {
            return new Wish(names, kind, purpose, since, to);
        }
    }

    /// A key and its certificates, its own first.
    public record Issued(PrivateKey key, List<X509Certificate> chain) {

        public String certificates() {
            return chain.stream().map(TestAuthority::pem).reduce("", String::concat);
        }

        /// As `NAME.crt` and `NAME.key`, each in its place at once.
        public DaemonConfig.Tls.Pem write(Path dir, String name) {
            var files =
                    new DaemonConfig.Tls.Pem(
                            dir.resolve(name + ".crt"), dir.resolve(name + ".key"));
            put(files.certificate(), certificates());
            put(files.key(), TestKeys.pem("PRIVATE KEY", key.getEncoded()));
            return files;
        }
    }

    private final X500Name name;
    private final KeyPair keys;
    private final List<X509Certificate> above;

    private TestAuthority(X500Name name, KeyPair keys, List<X509Certificate> above) {
        this.name = name;
        this.keys = keys;
        this.above = above;
    }

    /// One that nobody has signed.
    public static TestAuthority root(String name) {
        var subject = new X500Name("CN=" + name);
        var keys = keys("P-256");
        var itself = signed(subject, keys.getPrivate(), subject, keys, authority(), forAYear());
        return new TestAuthority(subject, keys, List.of(itself));
    }

    /// Somebody who signs with a certificate that is not for signing.
    public static TestAuthority by(Issued member) {
        var certificate = member.chain().getFirst();
        return new TestAuthority(
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
                new KeyPair(certificate.getPublicKey(), member.key()),
                member.chain());
    }

    /// One that this one has signed.
    public TestAuthority below(String subordinate) {
        var subject = new X500Name("CN=" + subordinate);
        var pair = keys("P-256");
        var certificate = signed(name, keys.getPrivate(), subject, pair, authority(), forAYear());
        return new TestAuthority(
                subject, pair, Stream.concat(Stream.of(certificate), above.stream()).toList());
    }

    public X509Certificate certificate() {
        return above.getFirst();
    }

    /// The chain ends before the root.
    public Issued issue(Wish wish) {
        var pair = keys(wish.kind());
        var subject = new X500Name("CN=" + wish.names().getFirst());
        var alternatives =
                wish.names().stream()
                        .map(each -> new GeneralName(GeneralName.dNSName, each))
                        .toArray(GeneralName[]::new);
        var extensions =
                List.of(
                        new Wanted(
                                Extension.subjectAlternativeName, new GeneralNames(alternatives)),
                        new Wanted(
                                Extension.extendedKeyUsage, new ExtendedKeyUsage(wish.purpose())),
                        new Wanted(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature)));
        var certificate =
                signed(
                        name,
                        keys.getPrivate(),
                        subject,
                        pair,
                        extensions,
                        List.of(wish.from(), wish.until()));
        var chain = new ArrayList<>(List.of(certificate));
        chain.addAll(above.subList(0, above.size() - 1));
        return new Issued(pair.getPrivate(), chain);
    }

    private record Wanted(
            org.bouncycastle.asn1.ASN1ObjectIdentifier id,
            org.bouncycastle.asn1.ASN1Encodable value) {}

    private static List<Wanted> authority() {
        return List.of(
                new Wanted(Extension.basicConstraints, new BasicConstraints(true)),
                new Wanted(
                        Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
    }

    private static List<Instant> forAYear() {
        var now = Instant.now();
        return List.of(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(365)));
    }

    private static X509Certificate signed(
            X500Name issuer,
            PrivateKey by,
            X500Name subject,
            KeyPair pair,
            List<Wanted> extensions,
            List<Instant> valid) {
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            issuer,
                            new BigInteger(120, ThreadLocalRandom.current()),
                            Date.from(valid.getFirst()),
                            Date.from(valid.getLast()),
                            subject,
                            pair.getPublic());
            for (var each : extensions) {
                builder.addExtension(each.id(), true, each.value());
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(by);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    public static KeyPair keys(String kind) {
        try {
            if (kind.startsWith("RSA")) {
                var generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(Integer.parseInt(kind.substring(4)));
                return generator.generateKeyPair();
            }
            if (kind.startsWith("P-")) {
                var generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp" + kind.substring(2) + "r1"));
                return generator.generateKeyPair();
            }
            return KeyPairGenerator.getInstance(kind).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static String pem(X509Certificate certificate) {
        try {
            return TestKeys.pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// A file that nobody sees half written, mode 600.
    public static void put(Path file, String text) {
        try {
            var made = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(made, text);
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
            Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
