package chat.parley.client.ui;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jline.reader.History;
import org.jline.reader.impl.history.DefaultHistory;

/// What the person typed before, in a file that only the person can read.
///
/// A line that carries a secret is not kept ([Usages#mayBeKept]), and neither is one that begins
/// with a space: so the person decides. The file is bounded, and several runs may share it: each
/// adds its lines at the end, and one that finds it too long shortens it under a lock. Belongs to
/// one thread. Where the file cannot be written, what is typed is remembered for this run alone.
public final class TypedHistory {

    /// More than anybody searches.
    static final int LINES = 1000;

    /// A pasted page is no line to come back to.
    static final int LONGEST = 4096;

    private static final long LONGEST_FILE = 4L * LINES * LONGEST;

    private final Optional<Path> file;
    private final List<String> before;
    private boolean isPaused;

    private TypedHistory(Optional<Path> file, List<String> before) {
        this.file = file;
        this.before = List.copyOf(before);
    }

    /// For one run, and for tests.
    public static TypedHistory inMemory() {
        return new TypedHistory(Optional.empty(), List.of());
    }

    public static TypedHistory of(Path file) {
        try {
            return new TypedHistory(Optional.of(file), read(file));
        } catch (IOException _) { // a disk that is full or not ours: talking goes on without
            return inMemory();
        }
    }

    /// Oldest first, as it was when the file was read.
    List<String> before() {
        return before;
    }

    /// What the reader of lines goes through and adds to.
    History forReader() {
        var all =
                new DefaultHistory() {
                    @Override
                    public void add(Instant time, String line) {
                        if (!isPaused && isKept(line)) {
                            super.add(time, line);
                            TypedHistory.this.add(line);
                        }
                    }

                    void remember(String line) {
                        super.add(Instant.EPOCH, line);
                    }
                };
        before.forEach(all::remember);
        return all;
    }

    /// What is typed meanwhile is an answer to a question, and is not kept.
    void pause(boolean isAsked) {
        isPaused = isAsked;
    }

    /// Whether a line may come back by arrow-up or Ctrl-R.
    static boolean isKept(String line) {
        return !line.isBlank()
                && !line.startsWith(" ")
                && line.length() <= LONGEST
                && Usages.mayBeKept(line);
    }

    private void add(String line) {
        if (file.isEmpty()) {
            return;
        }
        try (var open = open(file.get(), StandardOpenOption.APPEND)) {
            open.write(ByteBuffer.wrap(oneLine(line).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException _) {
            // the line is in this run's memory
        }
    }

    private static List<String> read(Path file) throws IOException {
        Files.createDirectories(
                file.toAbsolutePath().getParent(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (var open = open(file, StandardOpenOption.READ);
                var _ = open.lock()) {
            var size = open.size();
            var bytes = ByteBuffer.allocate((int) Math.min(size, LONGEST_FILE));
            open.position(size - bytes.capacity());
            while (bytes.hasRemaining() && open.read(bytes) >= 0) {
                // until all is here
            }
            var lines = new ArrayList<String>();
            new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                    .lines()
                    .map(TypedHistory::lines)
                    .filter(TypedHistory::isKept) // a newer version may know more secrets
                    .forEach(lines::add);
            var last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
            if (lines.size() > 2 * LINES || size > LONGEST_FILE) {
                shorten(open, last);
            }
            return last;
        }
    }

    private static void shorten(FileChannel open, List<String> lines) throws IOException {
        var text = new StringBuilder();
        lines.forEach(line -> text.append(oneLine(line)));
        open.truncate(0);
        open.position(0);
        var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            open.write(bytes);
        }
    }

    private static FileChannel open(Path file, StandardOpenOption how) throws IOException {
        return FileChannel.open(
                file,
                how == StandardOpenOption.APPEND
                        ? Set.of(how, StandardOpenOption.CREATE)
                        : Set.of(how, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static String oneLine(String line) {
        return line.replace("\\", "\\\\").replace("\n", "\\n") + "\n";
    }

    private static String lines(String kept) {
        var line = new StringBuilder();
        for (var i = 0; i < kept.length(); i++) {
            var c = kept.charAt(i);
            if (c != '\\' || i + 1 == kept.length()) {
                line.append(c);
            } else {
                i++;
                line.append(kept.charAt(i) == 'n' ? '\n' : kept.charAt(i));
            }
        }
        return line.toString();
    }
}
