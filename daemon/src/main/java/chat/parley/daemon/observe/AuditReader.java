package chat.parley.daemon.observe;

import chat.parley.protocol.JsonLine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads the newest lines of the audit log, and those that come after them. Whoever changed a file
/// may have put anything into it: what is no line of ours is shown as one that is not.
///
/// For one thread, beside those who write.
public final class AuditReader {

    private static final int AT_ONCE = 1 << 20;

    private final AuditFiles files;
    private final boolean json;
    private long file; // the number of the one that was read last
    private long offset; // up to where

    /// @param json as the lines stand in the file; otherwise as people read them
    public AuditReader(Path dataDir, boolean json) {
        files = new AuditFiles(dataDir);
        this.json = json;
    }

    /// The newest lines, the oldest of them first. Asked once.
    public List<String> last(int most) throws IOException {
        var all = files.all();
        var found = new ArrayList<String>();
        for (var i = all.size() - 1; i >= 0 && found.size() < most; i--) {
            var lines = Files.readString(all.get(i), StandardCharsets.ISO_8859_1);
            var end = lines.lastIndexOf('\n') + 1;
            if (i == all.size() - 1) {
                file = AuditFiles.number(all.get(i));
                offset = end;
            }
            var here = split(lines.substring(0, end).getBytes(StandardCharsets.ISO_8859_1));
            found.addAll(
                    0, here.subList(Math.max(0, here.size() - (most - found.size())), here.size()));
        }
        return found.stream().map(this::shown).toList();
    }

    /// What was written since; empty if nothing was.
    public List<String> more() throws IOException {
        for (var path : files.all()) {
            var number = AuditFiles.number(path);
            if (number < file) {
                continue;
            }
            if (number > file) {
                file = number;
                offset = 0;
            }
            var lines = wholeLines(path);
            if (!lines.isEmpty()) {
                return lines.stream().map(this::shown).toList();
            }
        }
        return List.of();
    }

    private List<String> wholeLines(Path path) throws IOException {
        try (var in = new RandomAccessFile(path.toFile(), "r")) {
            var bytes = new byte[(int) Math.max(0, Math.min(AT_ONCE, in.length() - offset))];
            in.seek(offset);
            in.readFully(bytes);
            var end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            offset += end;
            return split(Arrays.copyOf(bytes, end));
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    private static List<String> split(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }

    private String shown(String text) {
        var line = AuditLine.parse(text);
        if (json) {
            return line.map(AuditLine::json)
                    .orElseGet(() -> "{\"unreadable\":" + JsonLine.quoted(text) + "}");
        }
        return line.map(AuditLine::forPeople)
                .orElseGet(() -> "no line of the audit log: " + Escaped.of(text));
    }
}
