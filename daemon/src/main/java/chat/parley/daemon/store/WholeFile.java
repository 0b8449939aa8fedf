package chat.parley.daemon.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// A file that appears whole or not at all. It is written under another name beside its own,
/// `NAME.PROCESS.part`, which is private (mode 600) from the start, goes when the program ends, and
/// after `kill -9` is removed by the next one who writes the same file.
///
/// For the one thread of a tool, which nobody interrupts.
final class WholeFile implements AutoCloseable {

    private final Path target;
    private final Path part;

    private WholeFile(Path target, Path part) {
        this.target = target;
        this.part = part;
    }

    /// Nothing is made yet but an empty part.
    static WholeFile of(Path target) throws IOException {
        var absolute = target.toAbsolutePath().normalize();
        var dir = Objects.requireNonNullElse(absolute.getParent(), absolute);
        removeLeft(dir, absolute.getFileName() + ".");
        var name = absolute.getFileName() + "." + ProcessHandle.current().pid() + ".part";
        var file = new WholeFile(absolute, dir.resolve(name));
        file.part.toFile().deleteOnExit(); // for who stops the program with Ctrl-C
        Files.deleteIfExists(file.part);
        Database.createPrivate(dir, file.part);
        return file;
    }

    /// What processes that are no more have left.
    private static void removeLeft(Path dir, String prefix) throws IOException {
        try (var all =
                Files.newDirectoryStream(
                        dir, prefix.replaceAll("([*?\\[\\]{}\\\\])", "\\\\$1") + "*.part")) {
            for (var each : all) {
                var name = String.valueOf(each.getFileName());
                var process = name.substring(prefix.length(), name.length() - ".part".length());
                if (process.matches("[0-9]{1,18}")
                        && ProcessHandle.of(Long.parseLong(process)).isEmpty()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    /// Where to write.
    Path part() {
        return part;
    }

    /// Gives the file its name, once it is on the disk.
    ///
    /// @param replace whether a file that has the name already goes; the name is never free
    /// @throws Refused if there is one and it may not go
    void finish(boolean replace) throws IOException, Refused {
        flush(part);
        if (replace) {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new Refused(target + " exists already");
            }
            Files.move(part, target);
        }
        flush(Objects.requireNonNull(target.getParent()));
    }

    /// Waits until what was written to a file, or the names in a directory, are on the disk.
    static void flush(Path path) throws IOException {
        try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
            file.force(true);
        }
    }

    /// Leaves nothing behind if it was not finished.
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(part);
        for (var side : new String[] {"-journal", "-wal", "-shm"}) {
            Files.deleteIfExists(part.resolveSibling(part.getFileName() + side));
        }
    }
}
