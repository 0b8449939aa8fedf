package chat.parley.daemon.tls;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A private key of the daemon's with the certificates that speak for it, checked: see
/// [ServerKeyChecks]. Never changed.
///
/// @param source the file that holds the key
/// @param chain the daemon's own certificate first
/// @param names what the certificate is good for
record ServerKey(Path source, PrivateKey key, List<X509Certificate> chain, HostNames names) {

    private static final String ED25519 = "Ed25519"; // the third of three kinds

    ServerKey {
        chain = List.copyOf(chain);
    }

    /// Reads the files and checks all but the dates.
    static ServerKey read(DaemonConfig.Tls.Files files) throws ConfigProblem {
        return switch (files) {
            case DaemonConfig.Tls.Pem pem -> PemFiles.read(pem);
            case DaemonConfig.Tls.Pkcs12 keystore -> KeystoreFile.read(keystore);
        };
    }

    /// @param source the file that holds the key
    static ServerKey of(Path source, PrivateKey key, List<X509Certificate> chain)
            throws ConfigProblem {
        var checks = new ServerKeyChecks(source, key, chain);
        checks.kind();
        checks.pair();
        checks.order();
        checks.use();
        try {
            return new ServerKey(
                    source, BothProviders.asUsed(key), chain, HostNames.of(chain.getFirst()));
        } catch (GeneralSecurityException e) {
            throw new ConfigProblem(
                    source.toString(),
                    "the key cannot be used for TLS (" + e.getMessage() + ")",
                    ServerKeyChecks.WHAT_TO_USE);
        }
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }

    Instant from() {
        return certificate().getNotBefore().toInstant();
    }

    Instant until() {
        return certificate().getNotAfter().toInstant();
    }

    /// Such as `ECDSA P-256` or `RSA 2048`.
    String kind() {
        return switch (certificate().getPublicKey()) {
            case ECPublicKey ec -> "ECDSA P-" + bits(ec);
            case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
            case PublicKey _ -> ED25519;
        };
    }

    /// What it can do, in the words of Bouncy Castle's TLS: for 1.3, and for suites of 1.2.
    Set<String> types() {
        return switch (certificate().getPublicKey()) {
            case ECPublicKey ec -> Set.of("EC/secp" + bits(ec) + "r1", "ECDHE_ECDSA");
            case RSAPublicKey _ -> Set.of("RSA", "ECDHE_RSA");
            case PublicKey _ -> Set.of(ED25519);
        };
    }

    /// The curve of its key, as TLS calls it, if it is on one.
    Optional<String> curve() {
        return certificate().getPublicKey() instanceof ECPublicKey ec
                ? Optional.of("secp" + bits(ec) + "r1")
                : Optional.empty();
    }

    /// The JDK knows no other curves of these sizes any more than the NIST's.
    private static int bits(ECPublicKey key) {
        return key.getParams().getOrder().bitLength();
    }

    /// Whether nothing changes when the one takes the other's place.
    boolean sameAs(ServerKey other) {
        return chain.equals(other.chain) && Arrays.equals(key.getEncoded(), other.key.getEncoded());
    }
}
