package chat.parley.daemon.observe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// The files of the audit log, `data-dir/audit/000001.jsonl` and on: what is at their end, and how
/// something is added. All are private (mode 600, the folder 700) from the moment they are made.
///
/// For whoever holds [AuditLock], but for looking.
final class AuditFiles {

    private static final Pattern NAME = Pattern.compile("([0-9]{6,9})\\.jsonl");

    /// More than the longest line.
    private static final int LOOK_BACK = 1 << 16;

    private final Path dir;

    /// @param dataDir where `audit` is, or will be
    AuditFiles(Path dataDir) {
        dir = dataDir.toAbsolutePath().normalize().resolve("audit");
    }

    /// What is at the end.
    ///
    /// @param seq of the last whole line; 0 if there is none, or nobody can say
    /// @param hash of that line, or of what stands in its place
    /// @param half how many bytes there are after the last line feed
    /// @param readable false if what stands there is no line of ours
    /// @param at when that line was written; far in the future if nobody can say
    record Tail(long seq, String hash, int half, boolean readable, Instant at) {

        AuditHead head() {
            return new AuditHead(seq, hash);
        }
    }

    Path dir() {
        return dir;
    }

    /// Makes the folder.
    void prepare() throws IOException {
        if (!Files.isDirectory(dir)) {
            var parent = Objects.requireNonNull(dir.getParent());
            Files.createDirectories(parent, mode(existing(parent), "rwx------"));
            try {
                Files.createDirectory(dir, mode(parent, "rwx------"));
                giveToOwnerOf(parent, dir);
            } catch (FileAlreadyExistsException _) {
                // another program was a moment faster, which is as good
            }
        }
    }

    private static Path existing(Path path) {
        var parent = path.getParent();
        return Files.exists(path) || parent == null ? path : existing(parent);
    }

    private static FileAttribute<?>[] mode(Path where, String mode) throws IOException {
        return Files.getFileStore(where).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
                }
                : new FileAttribute<?>[0];
    }

    /// Root may run the admin's tool before the daemon's first start.
    private static void giveToOwnerOf(Path parent, Path path) throws IOException {
        var owner = Files.getOwner(parent);
        if (!Files.getOwner(path).equals(owner)) {
            Files.setOwner(path, owner);
        }
    }

    /// Makes an empty, private file.
    void create(Path file) throws IOException {
        Files.createFile(file, mode(dir, "rw-------"));
        giveToOwnerOf(dir, file);
    }

    /// Oldest first.
    List<Path> all() throws IOException {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        try (var files = Files.list(dir)) {
            return files.filter(file -> number(file) > 0)
                    .sorted((a, b) -> Long.compare(number(a), number(b)))
                    .toList();
        }
    }

    /// Its number; 0 if it is none of these files.
    static long number(Path file) {
        var name = NAME.matcher(String.valueOf(file.getFileName()));
        return name.matches() ? Long.parseLong(name.group(1)) : 0;
    }

    Optional<Path> newest() throws IOException {
        var all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /// The one that comes after this one, or the first one.
    Path after(Optional<Path> file) {
        return dir.resolve("%06d.jsonl".formatted(file.map(AuditFiles::number).orElse(0L) + 1));
    }

    /// The end of the newest file that has a whole line, and what is half in the newest.
    Tail tail() throws IOException {
        var all = all();
        var half = 0;
        for (var i = all.size() - 1; i >= 0; i--) {
            var tail = tail(all.get(i));
            half = i == all.size() - 1 ? tail.half : half;
            if (!tail.hash.isEmpty()) {
                return new Tail(tail.seq, tail.hash, half, tail.readable, tail.at);
            }
        }
        return new Tail(0, AuditLine.NOTHING_BEFORE, half, true, Instant.MAX);
    }

    /// The hash of the line of this number; empty if there is none. Reads the newest file, and
    /// older ones only if it is not there.
    Optional<String> hashOf(long seq) throws IOException {
        var begin = "{\"seq\":" + seq + ",";
        for (var file : all().reversed()) {
            try (var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    Files.newInputStream(file), StandardCharsets.UTF_8))) {
                for (var line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.startsWith(begin)) {
                        return Optional.of(AuditLine.hash(line));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// Of one file. The hash is empty if there is no whole line.
    static Tail tail(Path file) throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            var length = in.length();
            var from = Math.max(0, length - LOOK_BACK);
            var bytes = new byte[(int) (length - from)];
            in.seek(from);
            in.readFully(bytes);
            var end = lastLineFeed(bytes, bytes.length - 1);
            var half = bytes.length - 1 - end;
            if (end < 0) {
                return new Tail(0, "", half, true, Instant.MAX);
            }
            var begin = lastLineFeed(bytes, end - 1) + 1;
            var last = new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
            var line = AuditLine.parse(last);
            return new Tail(
                    line.map(AuditLine::seq).orElse(0L),
                    AuditLine.hash(last),
                    half,
                    line.isPresent(),
                    line.map(AuditLine::at).orElse(Instant.MAX));
        }
    }

    private static int lastLineFeed(byte[] bytes, int from) {
        var i = from;
        while (i >= 0 && bytes[i] != '\n') {
            i--;
        }
        return i;
    }

    /// Takes away what is after the last line feed.
    static void cut(Path file, int half) throws IOException {
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(out.length() - half);
        }
    }

    /// Adds to the end, and returns when it is on the disk. Of what a full disk takes only a part,
    /// nothing stays, as all of it will be tried again.
    static void append(Path file, String lines) throws IOException {
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            var length = out.length();
            out.seek(length);
            try {
                out.write(lines.getBytes(StandardCharsets.UTF_8));
                out.getFD().sync();
            } catch (IOException problem) {
                out.setLength(length);
                throw problem;
            }
        }
    }
}
