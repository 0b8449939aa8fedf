package chat.parley.client.link;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.security.auth.DestroyFailedException;

/// A certificate of one's own and its private key, to be shown to the daemon: for SASL EXTERNAL.
///
/// What was read of the key is wiped; the key itself as far as Java can. For one thread.
public final class ClientKey implements AutoCloseable {

    private static final Set<PosixFilePermission> FOREIGN =
            EnumSet.complementOf(
                    EnumSet.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE));
    private static final int LARGEST = 64 * 1024;
    private static final String BEGIN_CERTIFICATE = "-----BEGIN CERTIFICATE-----";

    private final List<X509Certificate> chain;
    private final PrivateKey key;
    private final PrivateKey asUsed;
    private final Path file;

    private ClientKey(List<X509Certificate> chain, PrivateKey key, PrivateKey asUsed, Path file) {
        this.chain = List.copyOf(chain);
        this.key = key;
        this.asUsed = asUsed;
        this.file = file;
    }

    /// @param certificate a PEM file: one's own certificate, perhaps those that signed it after it
    /// @param key a PEM file with a PKCS#8 key; may be the same file
    /// @throws IOException if they cannot be used; its message is for the person
    public static ClientKey read(Path certificate, Path key) throws IOException {
        var chain = chain(certificate);
        requireMode(key);
        var own = privateKey(key);
        try {
            var read = new ClientKey(chain, own, BothProviders.asUsed(own), certificate);
            read.requireMatch(key);
            return read;
        } catch (GeneralSecurityException e) {
            throw new IOException(key + " cannot be used for TLS (" + e.getMessage() + ")", e);
        }
    }

    /// The certificates in it; what else is there, such as the key, is passed over.
    private static List<X509Certificate> chain(Path file) throws IOException {
        var pem = bytes(file);
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var all = new ArrayList<X509Certificate>();
            var at = start(pem, 0, BEGIN_CERTIFICATE);
            while (at >= 0) {
                try (var block = new ByteArrayInputStream(pem, at, pem.length - at)) {
                    all.add((X509Certificate) factory.generateCertificate(block));
                }
                at = start(pem, at + 1, BEGIN_CERTIFICATE);
            }
            if (all.isEmpty()) {
                throw new IOException(file + " holds no certificate in PEM form");
            }
            return all;
        } catch (CertificateException e) {
            throw new IOException(file + " holds no certificate in PEM form", e);
        } finally {
            Arrays.fill(pem, (byte) 0);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException(file + " is too large for a key or a certificate");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException _) {
            throw new IOException("there is no file " + file);
        }
    }

    /// As ssh does: a key that others can read is not one's own.
    private static void requireMode(Path file) throws IOException {
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(FOREIGN::contains)) {
                throw new IOException(
                        "others on this machine may read the key "
                                + file
                                + "; it is not used; chmod 600 "
                                + file);
            }
        } catch (NoSuchFileException _) {
            throw new IOException("there is no file " + file);
        } catch (UnsupportedOperationException _) {
            // a file system without such modes has nothing to check
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException {
        var pem = bytes(file);
        try {
            var from = end(pem, "-----BEGIN PRIVATE KEY-----");
            var to = start(pem, 0, "-----END PRIVATE KEY-----");
            if (from < 0 || to < from) {
                throw new IOException(
                        file
                                + " holds no "
                                + (start(pem, 0, "ENCRYPTED") < 0 ? "" : "unencrypted ")
                                + "private key in PKCS#8 form; make one: (umask 077; openssl pkey -in "
                                + file
                                + " -out NEW)");
            }
            return privateKey(file, Arrays.copyOfRange(pem, from, to));
        } finally {
            Arrays.fill(pem, (byte) 0);
        }
    }

    private static PrivateKey privateKey(Path file, byte[] base64) throws IOException {
        byte[] der = {};
        try {
            der = Base64.getMimeDecoder().decode(base64);
            for (var kind : List.of("EC", "RSA", "EdDSA")) {
                try {
                    return KeyFactory.getInstance(kind)
                            .generatePrivate(new PKCS8EncodedKeySpec(der));
                } catch (InvalidKeySpecException _) {
                    // of another kind
                }
            }
            throw new IOException(file + ": a key of a kind that is not known; EC is best");
        } catch (IllegalArgumentException _) {
            throw new IOException(file + " is damaged: no base64");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has these", e);
        } finally {
            Arrays.fill(base64, (byte) 0);
            Arrays.fill(der, (byte) 0);
        }
    }

    private static int start(byte[] text, int from, String mark) {
        var wanted = mark.getBytes(StandardCharsets.US_ASCII);
        for (var at = from; at <= text.length - wanted.length; at++) {
            if (Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    private static int end(byte[] text, String mark) {
        var start = start(text, 0, mark);
        return start < 0 ? -1 : start + mark.length();
    }

    /// Signs something and looks whether the certificate's key agrees.
    private void requireMatch(Path keyFile) throws IOException {
        try {
            var algorithm =
                    switch (key.getAlgorithm()) {
                        case "EC" -> "SHA256withECDSA";
                        case "RSA" -> "SHA256withRSA";
                        default -> "Ed25519";
                    };
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update((byte) 1);
            var signed = signature.sign();
            signature.initVerify(chain.getFirst().getPublicKey());
            signature.update((byte) 1);
            if (signature.verify(signed)) {
                return;
            }
        } catch (GeneralSecurityException _) {
            // of another kind altogether
        }
        throw new IOException(keyFile + " is not the key of the certificate in " + file);
    }

    /// For one handshake: whatever authorities the daemon names, this one is shown.
    KeyManager manager() {
        return new ClientKeyChooser(chain, asUsed, key.getAlgorithm());
    }

    /// What the admin binds: the SHA-256 of the public key, as `parley-user bind-cert` takes it.
    public String fingerprint() {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(chain.getFirst().getPublicKey().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The certificate's.
    public Path file() {
        return file;
    }

    @Override
    public void close() {
        try {
            key.destroy();
        } catch (DestroyFailedException _) {
            // Java's own keys cannot be; they go with the process
        }
    }
}
