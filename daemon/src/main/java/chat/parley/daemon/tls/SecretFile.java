package chat.parley.daemon.tls;

import chat.parley.daemon.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/// A file with a secret in it: readable for the daemon and not for the rest of the machine.
final class SecretFile {

    /// 0640: a group of its own may read it, which is how certificate tools hand keys to daemons.
    private static final Set<PosixFilePermission> WIDEST =
            PosixFilePermissions.fromString("rwxr-----");

    private SecretFile() {}

    static void check(Path file) throws ConfigProblem {
        requireReadable(file);
        requireNarrow(file);
    }

    static void requireReadable(Path file) throws ConfigProblem {
        if (!Files.isRegularFile(file)) {
            throw new ConfigProblem(
                    file.toString(),
                    "no such file",
                    "certs/make-dev-cert makes a certificate, certs/README.md tells of real ones");
        }
        if (!Files.isReadable(file)) {
            throw new ConfigProblem(
                    file.toString(),
                    "not readable for the user " + System.getProperty("user.name"),
                    "chown it to that user");
        }
    }

    private static void requireNarrow(Path file) throws ConfigProblem {
        try {
            var found = new HashSet<>(Files.getPosixFilePermissions(file));
            found.removeAll(WIDEST);
            if (!found.isEmpty()) {
                throw new ConfigProblem(
                        file.toString(),
                        "other users of this machine may read or change it",
                        "chmod 600 " + file);
            }
        } catch (UnsupportedOperationException _) {
            // a file system without such modes has nothing to check
        } catch (IOException e) {
            throw new ConfigProblem(
                    file.toString(), "its mode cannot be read (" + e + ")", "chmod 600 " + file);
        }
    }
}
