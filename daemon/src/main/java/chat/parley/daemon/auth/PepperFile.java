package chat.parley.daemon.auth;

import chat.parley.daemon.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// The file of `auth.pepper-file`: 32 to 256 random bytes as they are, of the daemon's user and
/// nobody else's to read, and not where the database is.
///
/// For the thread that starts a program. Root may do everything, and so is told nothing of owners.
final class PepperFile {

    static final int SHORTEST = 32;
    static final int LONGEST = 256;

    private static final String SETTING = "auth.pepper-file";

    private static final Set<PosixFilePermission> OURS =
            EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    private PepperFile() {}

    /// @return what is in it; the caller wipes it
    static byte[] read(Path file, Path dataDir) throws ConfigProblem {
        if (!Files.isRegularFile(file)) {
            throw problem(
                    file,
                    "is no file",
                    "put it back; for a first one: (umask 077; head -c 32 /dev/urandom > %s)"
                            .formatted(file));
        }
        try {
            requireOwner(file);
            requireNarrow(file);
            requireOutside(file, dataDir);
            var size = Files.size(file);
            if (size < SHORTEST || size > LONGEST) {
                throw problem(
                        file,
                        "has %d bytes, and a pepper has %d to %d"
                                .formatted(size, SHORTEST, LONGEST),
                        "make one: (umask 077; head -c 32 /dev/urandom > %s)".formatted(file));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw problem(file, "cannot be read (" + e + ")", "chown it to the user who runs this");
        }
    }

    private static void requireOwner(Path file) throws IOException, ConfigProblem {
        var us = Path.of("/proc/self");
        if (!Files.exists(us)) {
            return; // nobody can say who we are
        }
        var user = Files.getOwner(us).getName();
        var owner = Files.getOwner(file).getName();
        if (!user.equals("root") && !user.equals(owner)) {
            throw problem(
                    file,
                    "belongs to %s, and this runs as %s".formatted(owner, user),
                    "run this as %s, or chown %s %s".formatted(owner, user, file));
        }
    }

    private static void requireNarrow(Path file) throws IOException, ConfigProblem {
        try {
            var mode = Files.getPosixFilePermissions(file);
            if (!OURS.containsAll(mode)) {
                throw problem(
                        file,
                        "others may read or write it (%s)"
                                .formatted(PosixFilePermissions.toString(mode)),
                        "chmod 600 " + file);
            }
        } catch (UnsupportedOperationException _) {
            // a file system without such modes has nothing to check
        }
    }

    /// Whoever takes the folder along would have both.
    private static void requireOutside(Path file, Path dataDir) throws IOException, ConfigProblem {
        if (Files.exists(dataDir) && file.toRealPath().startsWith(dataDir.toRealPath())) {
            throw problem(
                    file,
                    "is in data-dir, and protects nothing there",
                    "move it to where parley.conf is");
        }
    }

    private static ConfigProblem problem(Path file, String what, String hint) {
        return new ConfigProblem(SETTING, file + " " + what, hint);
    }
}
