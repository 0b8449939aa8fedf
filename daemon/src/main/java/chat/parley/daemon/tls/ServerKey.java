package chat.parley.daemon.tls;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The daemon's private key with the certificates that speak for it, checked: the two belong
/// together, the key is of a kind that every client understands, and nobody else on the machine can
/// read it.
///
/// @param source the file that holds the key
/// @param chain the daemon's own certificate first
record ServerKey(Path source, PrivateKey key, List<X509Certificate> chain) {

    private static final Logger LOG = LoggerFactory.getLogger(ServerKey.class);

    ServerKey {
        chain = List.copyOf(chain);
    }

    static ServerKey read(DaemonConfig.Tls files) throws ConfigProblem {
        var found =
                switch (files) {
                    case DaemonConfig.Tls.Pem pem -> PemFiles.read(pem);
                    case DaemonConfig.Tls.Pkcs12 keystore -> KeystoreFile.read(keystore);
                };
        found.requireUsableKind();
        found.requireOnePair();
        found.warnOfDates(Instant.now());
        return found;
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }

    KeyManager[] managers(Provider provider) throws GeneralSecurityException {
        var inMemory = new char[0];
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("daemon", key, inMemory, chain.toArray(X509Certificate[]::new));
            var factory = KeyManagerFactory.getInstance("PKIX", provider);
            factory.init(store, inMemory);
            return factory.getKeyManagers();
        } catch (IOException e) {
            throw new GeneralSecurityException(e); // an empty keystore is read from nothing
        }
    }

    /// Ed25519 certificates, say, failed with OpenSSL 3.0, curl, Python and the JDK.
    private void requireUsableKind() throws ConfigProblem {
        if (!List.of("EC", "RSA").contains(key.getAlgorithm())) {
            throw new ConfigProblem(
                    source.toString(),
                    "a key of the kind " + key.getAlgorithm() + ", which many clients refuse",
                    "use an ECDSA P-256 or an RSA key of 2048 bits or more");
        }
    }

    private void requireOnePair() throws ConfigProblem {
        if (!belongTogether()) {
            throw new ConfigProblem(
                    source.toString(),
                    "the key does not belong to the certificate of "
                            + certificate().getSubjectX500Principal(),
                    "the daemon's own certificate comes first in its file, and the key is the one"
                            + " it was made with");
        }
    }

    private boolean belongTogether() {
        var algorithm = "SHA256with" + (key.getAlgorithm().equals("EC") ? "ECDSA" : "RSA");
        var sample = new byte[32];
        try {
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(sample);
            var verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certificate().getPublicKey());
            verifying.update(sample);
            return verifying.verify(signing.sign());
        } catch (GeneralSecurityException _) {
            return false; // of different kinds
        }
    }

    /// A daemon whose certificate has expired is better than none: clients that pin the key come
    /// in.
    private void warnOfDates(Instant now) {
        var from = certificate().getNotBefore().toInstant();
        var until = certificate().getNotAfter().toInstant();
        if (now.isAfter(until)) {
            LOG.atWarn().addKeyValue("expired", until).log("the certificate has expired");
        } else if (now.isBefore(from)) {
            LOG.atWarn().addKeyValue("valid-from", from).log("the certificate is not valid yet");
        }
    }
}
