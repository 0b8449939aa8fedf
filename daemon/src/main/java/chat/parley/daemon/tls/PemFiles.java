package chat.parley.daemon.tls;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/// Reads a chain and a key from two PEM files, as certificate authorities and OpenSSL write them.
final class PemFiles {

    private static final String CERTIFICATE_HINT =
            "the file holds certificates one after the other, the daemon's own first, each from"
                    + " BEGIN CERTIFICATE to END CERTIFICATE";

    private PemFiles() {}

    static ServerKey read(DaemonConfig.Tls.Pem files) throws ConfigProblem {
        var chain = certificates(files.certificate());
        SecretFile.check(files.key());
        return ServerKey.of(files.key(), key(files.key()), chain);
    }

    /// All that are in it, at least one.
    static List<X509Certificate> certificates(Path file) throws ConfigProblem {
        SecretFile.requireReadable(file);
        var chain = new ArrayList<X509Certificate>();
        try {
            var converter = new JcaX509CertificateConverter();
            for (var found : objects(file)) {
                if (found instanceof X509CertificateHolder holder) {
                    chain.add(converter.getCertificate(holder));
                }
            }
        } catch (IOException | CertificateException e) {
            throw new ConfigProblem(
                    file.toString(), "not a PEM certificate (" + e + ")", CERTIFICATE_HINT);
        }
        if (chain.isEmpty()) {
            throw new ConfigProblem(file.toString(), "no certificate in it", CERTIFICATE_HINT);
        }
        return chain;
    }

    /// PKCS#8 (`BEGIN PRIVATE KEY`), or the older `BEGIN EC PRIVATE KEY` and `BEGIN RSA PRIVATE
    /// KEY`.
    private static PrivateKey key(Path file) throws ConfigProblem {
        var converter = new JcaPEMKeyConverter();
        try {
            for (var found : objects(file)) {
                switch (found) {
                    case PrivateKeyInfo key -> {
                        return converter.getPrivateKey(key);
                    }
                    case PEMKeyPair pair -> {
                        return converter.getPrivateKey(pair.getPrivateKeyInfo());
                    }
                    case PKCS8EncryptedPrivateKeyInfo _, PEMEncryptedKeyPair _ ->
                            throw new ConfigProblem(
                                    file.toString(),
                                    "the key is encrypted, and nobody is there to type the password"
                                            + " when the daemon starts",
                                    keyHint(file));
                    default -> {} // EC PARAMETERS, a certificate: the key comes after it
                }
            }
        } catch (IOException e) {
            throw new ConfigProblem(file.toString(), "not a PEM key (" + e + ")", keyHint(file));
        }
        throw new ConfigProblem(file.toString(), "no private key in it", keyHint(file));
    }

    /// The shell's umask keeps others from reading the new file.
    private static String keyHint(Path file) {
        return "write it as plain PEM with: (umask 077; openssl pkey -in %s -out %s.pem), and name that"
                        .formatted(file, file)
                + " file";
    }

    private static List<Object> objects(Path file) throws IOException {
        var found = new ArrayList<Object>();
        try (var parser = new PEMParser(Files.newBufferedReader(file))) {
            for (var next = parser.readObject(); next != null; next = parser.readObject()) {
                found.add(next);
            }
        }
        return found;
    }
}
