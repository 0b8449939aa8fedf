package chat.parley.daemon.tls;

import chat.parley.daemon.config.ConfigProblem;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/// What must be so of a key and its certificates before a client is shown them: it is of a kind
/// that clients understand, the two belong together, each certificate is signed by the next one,
/// and it may be used for a TLS server.
///
/// @param source the file that holds the key
/// @param chain the daemon's own certificate first
record ServerKeyChecks(Path source, PrivateKey key, List<X509Certificate> chain) {

    static final String WHAT_TO_USE = "use an ECDSA P-256 or an RSA key of 2048 bits or more";

    private static final int SHORTEST_RSA = 2048;
    private static final int DIGITAL_SIGNATURE = 0;

    /// serverAuth, and any purpose.
    private static final List<String> FOR_SERVERS = List.of("1.3.6.1.5.5.7.3.1", "2.5.29.37.0");

    ServerKeyChecks(ServerKey read) {
        this(read.source(), read.key(), read.chain());
    }

    /// What TLS has a signature for. Of curves the three that clients know.
    void kind() throws ConfigProblem {
        switch (chain.getFirst().getPublicKey()) {
            case RSAPublicKey rsa when rsa.getModulus().bitLength() < SHORTEST_RSA ->
                    throw problem(
                            "an RSA key of %d bits, which clients refuse"
                                    .formatted(rsa.getModulus().bitLength()),
                            WHAT_TO_USE);
            case RSAPublicKey _, ECPublicKey _ -> {}
            case EdECPublicKey ed when ed.getParams().getName().equals("Ed25519") -> {}
            case PublicKey other ->
                    throw problem(
                            "a key of the kind %s, which clients refuse"
                                    .formatted(other.getAlgorithm()),
                            WHAT_TO_USE);
        }
    }

    void pair() throws ConfigProblem {
        if (!belongTogether()) {
            throw problem(
                    "the key does not belong to the certificate of " + subject(0),
                    "the daemon's own certificate comes first in its file, and the key is the one"
                            + " it was made with");
        }
    }

    private boolean belongTogether() {
        var algorithm =
                switch (key) {
                    case ECPrivateKey _ -> "SHA256withECDSA";
                    case RSAPrivateKey _ -> "SHA256withRSA";
                    case PrivateKey _ -> "Ed25519";
                };
        var sample = new byte[32];
        try {
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(sample);
            var verifying = Signature.getInstance(algorithm);
            verifying.initVerify(chain.getFirst().getPublicKey());
            verifying.update(sample);
            return verifying.verify(signing.sign());
        } catch (GeneralSecurityException _) {
            return false; // of different kinds
        }
    }

    /// RFC 5246, 7.4.2. Some clients sort it out, and others do not.
    void order() throws ConfigProblem {
        for (var i = 1; i < chain.size(); i++) {
            if (!isSignedBy(chain.get(i - 1), chain.get(i))) {
                throw problem(
                        "certificate %d in the file, of %s, is not the one that signed certificate"
                                        .formatted(i + 1, subject(i))
                                + " %d, of %s".formatted(i, subject(i - 1)),
                        "the daemon's own comes first, then the one that signed it, and so on; from"
                                + " an ACME client take fullchain.pem");
            }
        }
    }

    private static boolean isSignedBy(X509Certificate signed, X509Certificate by) {
        if (!signed.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
            return false;
        }
        try {
            signed.verify(by.getPublicKey());
            return true;
        } catch (NoSuchAlgorithmException _) {
            return true; // nothing here can tell; the names agree
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    /// For one that is to take another's place.
    void dates(Instant now) throws ConfigProblem {
        var from = chain.getFirst().getNotBefore().toInstant();
        var until = chain.getFirst().getNotAfter().toInstant();
        if (now.isAfter(until)) {
            throw problem(
                    "the certificate of %s has expired, on %s".formatted(subject(0), until),
                    "put the renewed one there");
        }
        if (now.isBefore(from)) {
            throw problem(
                    "the certificate of %s is not valid before %s".formatted(subject(0), from),
                    "correct this machine's clock, or say REHASH (or send SIGHUP) after that time");
        }
    }

    /// RFC 5280, 4.2.1.3 and 4.2.1.12: what is not said is not forbidden.
    void use() throws ConfigProblem {
        var certificate = chain.getFirst();
        var bits = certificate.getKeyUsage();
        List<String> purposes;
        try {
            purposes = certificate.getExtendedKeyUsage();
        } catch (CertificateParsingException _) {
            purposes = List.of();
        }
        if ((bits != null && !bits[DIGITAL_SIGNATURE])
                || (purposes != null && Collections.disjoint(purposes, FOR_SERVERS))) {
            throw problem(
                    "the certificate of " + subject(0) + " is not meant for TLS servers",
                    "ask for one with keyUsage digitalSignature and extendedKeyUsage serverAuth");
        }
    }

    private String subject(int i) {
        return chain.get(i).getSubjectX500Principal().getName();
    }

    private ConfigProblem problem(String what, String hint) {
        return new ConfigProblem(source.toString(), what, hint);
    }
}
