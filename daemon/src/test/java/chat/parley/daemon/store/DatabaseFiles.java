package chat.parley.daemon.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What whoever has the files of a database can find in them.
final class DatabaseFiles {

    private DatabaseFiles() {}

    /// Of the file and its write-ahead log, a character each.
    static String everyByte(Path dir) throws IOException {
        var all = new StringBuilder();
        for (var ending : List.of("", "-wal")) {
            var file = dir.resolve("parley.db" + ending);
            if (Files.exists(file)) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
