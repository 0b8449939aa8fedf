package chat.parley.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The SHA-256 that each jar of somebody else must have: the file `checksums.sha256`, in the form
/// that `sha256sum` writes. A jar is trusted because somebody looked at it once, not because a
/// registry says that it is the same.
record Checksums(Map<String, String> expected) {

    Checksums {
        expected = Map.copyOf(expected);
    }

    /// @throws Refused if a line is neither a comment nor a digest, two spaces and a name
    static Checksums in(Path file) throws IOException, Refused {
        var expected = new TreeMap<String, String>();
        for (var line : Files.readAllLines(file)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (!line.matches("[0-9a-f]{64}  [^ /]+\\.jar")) {
                throw new Refused(file.toString(), "not a line of sha256sum: " + line);
            }
            expected.put(line.substring(66), line.substring(0, 64));
        }
        return new Checksums(expected);
    }

    /// @throws Refused if it is another jar than the one of that name that is known
    void check(Path jar) throws IOException, Refused {
        var name = jar.toFile().getName();
        var found = sha256(jar);
        var known = expected.get(name);
        if (known == null) {
            throw new Refused(
                    jar.toString(),
                    "not in checksums.sha256: compare it with what its makers publish, then add the"
                            + " line  "
                            + found
                            + "  "
                            + name);
        }
        if (!known.equals(found)) {
            throw new Refused(
                    jar.toString(),
                    "its SHA-256 is "
                            + found
                            + ", and checksums.sha256 says "
                            + known
                            + ": it is not the file that was looked at");
        }
    }

    /// @param packed names
    /// @throws Refused if there is a line for a jar that is not packed any more
    void checkNoneIsLeft(Iterable<String> packed) throws Refused {
        var left = new TreeSet<>(expected.keySet());
        packed.forEach(left::remove);
        if (!left.isEmpty()) {
            throw new Refused("checksums.sha256", "nothing packs " + left + ": remove the line");
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
