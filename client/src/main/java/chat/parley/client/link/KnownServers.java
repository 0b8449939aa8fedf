package chat.parley.client.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The public keys that were accepted before: one line `host:port sha256/…` for each server.
///
/// A line that cannot be understood is an error, not nothing: a damaged file must not lead to the
/// question for a new key. The file is replaced as a whole, so a crash leaves the old or the new
/// one.
public final class KnownServers {

    private static final String HEADER =
            "# Servers whose public key was accepted by hand: host:port sha256/BASE64-of-the-key's-hash";

    private final Path file;

    public KnownServers(Path file) {
        this.file = file;
    }

    public Path file() {
        return file;
    }

    Optional<Fingerprint> find(ServerAddress server) throws IOException {
        return Optional.ofNullable(read().get(server.toString()));
    }

    public void remember(ServerAddress server, Fingerprint key) throws IOException {
        var known = read();
        known.put(server.toString(), key);
        var lines = new ArrayList<String>();
        lines.add(HEADER);
        known.forEach((name, fingerprint) -> lines.add(name + " " + fingerprint));
        write(lines);
    }

    private Map<String, Fingerprint> read() throws IOException {
        var known = new LinkedHashMap<String, Fingerprint>();
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException _) {
            return known;
        }
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
            known.put(words[0], key.get());
        }
        return known;
    }

    private void write(List<String> lines) throws IOException {
        var directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException(file + " is no file");
        }
        Files.createDirectories(directory, only("rwx------"));
        var next = Files.createTempFile(directory, "known_servers", ".new", only("rw-------"));
        try {
            Files.write(next, lines, StandardCharsets.UTF_8, StandardOpenOption.SYNC);
            Files.move(
                    next,
                    file,
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
