package chat.parley.client.link;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The public keys that were accepted before: one line `host:port sha256/…` for each server.
///
/// A line that cannot be understood is an error, not nothing: a damaged file must not lead to the
/// question for a new key; nor is a file believed that others may write. The file is replaced as a
/// whole, so a crash leaves the old or the new one, and under a lock (`known_servers.lock`), so
/// that of several programs that change it at the same time none undoes what another did. What a
/// person wrote into it, such as comments, stays.
public final class KnownServers {

    /// A key that was accepted.
    ///
    /// @param server as it stands in the file, `host:port`
    /// @param line from 1
    public record Entry(String server, Fingerprint key, int line) {}

    private static final String HEADER =
            "# Servers whose public key was accepted by hand: host:port sha256/BASE64-of-the-key's-hash";

    /// A program holds the lock for milliseconds, unless somebody stopped it just then.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// A file's lock is for programs; two threads of one program have this.
    private static final ReentrantLock OURS = new ReentrantLock();

    private final Path file;

    public KnownServers(Path file) {
        this.file = file;
    }

    /// All of them, as they stand there.
    public List<Entry> all() throws IOException {
        return entries(lines());
    }

    /// File and line.
    public String where(Entry entry) {
        return file + ":" + entry.line();
    }

    /// Of several lines for a server, which only a person can have written, the last.
    Optional<Entry> find(ServerAddress server) throws IOException {
        return all().stream()
                .filter(entry -> entry.server().equals(server.toString()))
                .reduce((_, last) -> last);
    }

    /// From now on this is the server's key, and no other.
    public void remember(ServerAddress server, Fingerprint key) throws IOException {
        change(lines -> {
            var next = without(server, lines);
            if (next.isEmpty()) {
                next.add(HEADER);
            }
            next.add(server + " " + key);
            return next;
        });
    }

    /// From now on nothing is known of this server.
    ///
    /// @return what was known
    public List<Entry> forget(ServerAddress server) throws IOException {
        var before = new ArrayList<Entry>();
        change(lines -> {
            entries(lines).stream()
                    .filter(entry -> entry.server().equals(server.toString()))
                    .forEach(before::add);
            return without(server, lines);
        });
        return before;
    }

    private interface Change {
        List<String> of(List<String> lines) throws IOException;
    }

    private List<String> without(ServerAddress server, List<String> lines) throws IOException {
        var gone =
                entries(lines).stream()
                        .filter(entry -> entry.server().equals(server.toString()))
                        .map(Entry::line)
                        .toList();
        var rest = new ArrayList<String>();
        for (var i = 0; i < lines.size(); i++) {
            if (!gone.contains(i + 1)) {
                rest.add(lines.get(i));
            }
        }
        return rest;
    }

    private List<String> lines() throws IOException {
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(KnownServers::isForeign)) {
                throw new IOException(
                        "others on this machine may write "
                                + file
                                + ", so it says nothing; look through it, then: chmod 600 "
                                + file);
            }
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    private static boolean isForeign(PosixFilePermission permission) {
        return permission == PosixFilePermission.GROUP_WRITE
                || permission == PosixFilePermission.OTHERS_WRITE;
    }

    private List<Entry> entries(List<String> lines) throws IOException {
        var known = new ArrayList<Entry>();
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var words = line.split("\\s+", -1);
            var key =
                    words.length == 2 ? Fingerprint.parse(words[1]) : Optional.<Fingerprint>empty();
            if (key.isEmpty()) {
                throw new IOException(
                        file
                                + ":"
                                + (i + 1)
                                + ": expected `host:port sha256/...`; mend or remove the line");
            }
            known.add(new Entry(words[0], key.get(), i + 1));
        }
        return known;
    }

    private void change(Change change) throws IOException {
        var target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
        var directory = target.getParent();
        if (directory == null) {
            throw new IOException(file + " is no file");
        }
        Files.createDirectories(directory, only("rwx------"));
        OURS.lock();
        try (var locked = lock(directory.resolve("known_servers.lock"));
                var _ = Deadline.after(PATIENCE, () -> close(locked))) {
            locked.lock(); // until it is closed
            var before = lines();
            var after = change.of(before);
            if (!after.equals(before)) {
                write(target, directory, after);
            }
        } catch (ClosedChannelException e) {
            throw new IOException(
                    "another program keeps " + directory + "/known_servers.lock; try again", e);
        } finally {
            OURS.unlock();
        }
    }

    private static FileChannel lock(Path lock) throws IOException {
        return FileChannel.open(
                lock,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                only("rw-------"));
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException _) {
            // whoever waits for it is freed either way
        }
    }

    private static void write(Path target, Path directory, List<String> lines) throws IOException {
        var next = Files.createTempFile(directory, "known_servers", ".new", only("rw-------"));
        try {
            Files.write(next, lines, StandardCharsets.UTF_8, StandardOpenOption.SYNC);
            Files.move(
                    next,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
