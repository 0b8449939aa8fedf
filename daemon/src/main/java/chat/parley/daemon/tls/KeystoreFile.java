package chat.parley.daemon.tls;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;

/// Reads a chain and a key from one PKCS#12 keystore: its first key.
final class KeystoreFile {

    private static final String HINT =
            "list it with: keytool -list -keystore FILE; the password stands in the first line of"
                    + " the password file";

    private KeystoreFile() {}

    static ServerKey read(DaemonConfig.Tls.Pkcs12 files) throws ConfigProblem {
        var file = files.keystore();
        SecretFile.check(file);
        var password = password(files.passwordFile());
        try (var bytes = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(bytes, password);
            return firstKey(store, password, file);
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigProblem(
                    file.toString(),
                    "the keystore cannot be opened (" + e.getMessage() + ")",
                    HINT);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static ServerKey firstKey(KeyStore store, char[] password, Path file)
            throws GeneralSecurityException, ConfigProblem {
        for (var alias : Collections.list(store.aliases())) {
            if (store.getKey(alias, password) instanceof PrivateKey key) {
                var chain =
                        Arrays.stream(store.getCertificateChain(alias))
                                .map(X509Certificate.class::cast)
                                .toList();
                return ServerKey.of(file, key, chain);
            }
        }
        throw new ConfigProblem(file.toString(), "no private key in the keystore", HINT);
    }

    private static char[] password(Optional<Path> file) throws ConfigProblem {
        if (file.isEmpty()) {
            return new char[0];
        }
        SecretFile.check(file.get());
        try {
            var text = Files.readString(file.get());
            return text.lines().findFirst().orElse("").toCharArray();
        } catch (IOException e) {
            throw new ConfigProblem(file.get().toString(), "cannot be read (" + e + ")", HINT);
        }
    }
}
