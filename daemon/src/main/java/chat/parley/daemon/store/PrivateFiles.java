package chat.parley.daemon.store;

import chat.parley.daemon.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is in the data directory is its owner's alone, or the program does not start and says which
/// command makes it so. Only what is ours is looked at: the folder, `parley.db` and its kin, the
/// audit log.
///
/// For the thread that starts a program. Root may do everything, and so is told nothing of owners.
final class PrivateFiles {

    private static final Logger LOG = LoggerFactory.getLogger(PrivateFiles.class);

    private static final Set<PosixFilePermission> OURS =
            EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    private static final String FILE = "600";
    private static final String FOLDER = "700";

    private final Path dir;
    private final List<Path> found = new ArrayList<>();

    private PrivateFiles(Path dir) {
        this.dir = dir;
    }

    /// @param dir there, on a file system that knows modes
    static void require(Path dir) throws IOException, ConfigProblem {
        var files = new PrivateFiles(dir);
        files.requireFolder();
        files.find();
        files.requireNoLinks();
        files.requireOwner();
        files.requireModes();
    }

    /// One that an admin has made for us is made private when it is used first. One that others may
    /// write to was not made for us.
    private void requireFolder() throws IOException, ConfigProblem {
        var mode = Files.getPosixFilePermissions(dir);
        if (OURS.containsAll(mode)) {
            return;
        }
        var writable =
                mode.contains(PosixFilePermission.GROUP_WRITE)
                        || mode.contains(PosixFilePermission.OTHERS_WRITE);
        if (!writable && !Files.exists(Database.in(dir)) && Files.isWritable(dir)) {
            Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
            LOG.atInfo().addKeyValue("data-dir", dir).log("made private, mode 700");
            return;
        }
        throw new ConfigProblem(
                dir.toString(),
                "others may %s it (%s)"
                        .formatted(
                                writable ? "write to" : "look into",
                                PosixFilePermissions.toString(mode)),
                "it holds password hashes and messages: chmod 700 " + dir);
    }

    private void find() throws IOException {
        try (var all = Files.newDirectoryStream(dir, "{parley.db*,parleyd.lock,audit}")) {
            all.forEach(found::add);
        }
        var audit = dir.resolve("audit");
        if (Files.isDirectory(audit, LinkOption.NOFOLLOW_LINKS)) {
            try (var all = Files.newDirectoryStream(audit)) {
                all.forEach(found::add);
            }
        }
    }

    private void requireNoLinks() throws ConfigProblem {
        for (var each : found) {
            if (Files.isSymbolicLink(each)) {
                throw new ConfigProblem(
                        each.toString(),
                        "is a symbolic link",
                        "move what it points to here; data-dir itself may be a link");
            }
        }
    }

    private void requireOwner() throws IOException, ConfigProblem {
        var us = Path.of("/proc/self");
        if (!Files.exists(us)) {
            return; // nobody can say who we are
        }
        var user = Files.getOwner(us);
        if (user.getName().equals("root")) {
            return;
        }
        for (var each : withFolder()) {
            var owner = ownerOf(each, user.getName());
            if (!owner.equals(user.getName())) {
                throw new ConfigProblem(
                        each.toString(),
                        "belongs to %s, and this runs as %s".formatted(owner, user.getName()),
                        "run this as %s, or chown -R %s %s".formatted(owner, user.getName(), dir));
            }
        }
    }

    private static String ownerOf(Path path, String gone) throws IOException {
        try {
            return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
        } catch (NoSuchFileException _) {
            return gone;
        }
    }

    private List<Path> withFolder() {
        var all = new ArrayList<Path>();
        all.add(dir);
        all.addAll(found);
        return all;
    }

    private void requireModes() throws IOException, ConfigProblem {
        var wrong = new TreeMap<Path, String>();
        for (var each : found) {
            try {
                var mode = Files.getPosixFilePermissions(each, LinkOption.NOFOLLOW_LINKS);
                if (!OURS.containsAll(mode)) {
                    wrong.put(each, PosixFilePermissions.toString(mode));
                }
            } catch (NoSuchFileException _) {
                // a write-ahead log goes when its last user does
            }
        }
        if (!wrong.isEmpty()) {
            throw new ConfigProblem(
                    wrong.firstKey().toString(),
                    "others may read or write it (" + wrong.firstEntry().getValue() + ")",
                    "it holds password hashes and messages: " + commands(wrong.keySet()));
        }
    }

    /// All that is needed, once.
    private static String commands(Set<Path> wrong) {
        return wrong.stream()
                .collect(
                        Collectors.groupingBy(
                                path -> Files.isDirectory(path) ? FOLDER : FILE,
                                TreeMap::new,
                                Collectors.mapping(Path::toString, Collectors.joining(" "))))
                .entrySet()
                .stream()
                .map(each -> "chmod " + each.getKey() + " " + each.getValue())
                .collect(Collectors.joining("; "));
    }
}
