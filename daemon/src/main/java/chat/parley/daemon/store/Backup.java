package chat.parley.daemon.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// A whole copy of the database in one file, as it was at one moment, while a daemon talks or while
/// none runs.
///
/// It holds one reading transaction and copies page by page with SQLite's backup interface. In WAL
/// mode nobody who writes waits for somebody who reads, so the daemon does not notice, but for the
/// write-ahead log, which grows until the copy is done. For the one thread of a tool.
public final class Backup {

    private static final String COPYING = "copying";

    /// Some 4 MiB between two calls of the progress.
    private static final int PAGES_AT_ONCE = 1_024;

    private static final int BUSY_MILLIS = 50;
    private static final int BUSY_TRIES = 200;

    private Backup() {}

    /// @param replace whether a file that is there may be replaced
    /// @return the size of the copy in bytes
    /// @throws Refused if there is no database, or a file is in the way
    /// @throws IOException if it cannot be read or written; then there is nothing new
    public static long take(Path dataDir, Path to, boolean replace, Progress progress)
            throws IOException, Refused {
        var source = Database.in(dataDir);
        if (!Files.exists(source)) {
            throw new Refused("there is no database " + source);
        }
        refuseToWriteOver(source, to, replace);
        try (var file = WholeFile.of(to)) {
            copy(source, file.part(), progress);
            check(file.part(), progress);
            file.finish(replace);
        } catch (SQLException problem) {
            throw new IOException(Sql.said(to, problem), problem);
        }
        return Files.size(to);
    }

    private static void refuseToWriteOver(Path source, Path to, boolean replace)
            throws IOException, Refused {
        if (to.toString().indexOf('?') >= 0) { // the driver would take the rest for settings
            throw new Refused("there is a ? in " + to);
        }
        if (Files.isDirectory(to)) {
            throw new Refused(to + " is a directory; name a file in it");
        }
        var dir = to.toAbsolutePath().normalize().getParent();
        if (dir == null || !Files.isDirectory(dir)) {
            throw new Refused("there is no directory " + dir);
        }
        var name = to.toAbsolutePath().normalize().getFileName().toString();
        var live = String.valueOf(source.getFileName());
        if (name.replaceFirst("-(wal|shm|journal)$", "").equals(live)
                && Files.isSameFile(dir, source.toAbsolutePath().resolveSibling("."))) {
            throw new Refused(to + " would be the database itself; name another file");
        }
        if (!replace && Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            throw new Refused(to + " exists already; --force replaces it");
        }
    }

    /// Also used to restore: what comes out is one file without a write-ahead log.
    static void copy(Path source, Path to, Progress progress) throws SQLException {
        var settings = new SQLiteConfig();
        settings.setReadOnly(true);
        settings.setBusyTimeout(Database.BUSY_MILLIS);
        try (var connection = settings.createConnection("jdbc:sqlite:" + source)) {
            Sql.run(connection, "BEGIN"); // one moment for all pages: what is said now is not in it
            try (var statement = connection.createStatement()) {
                Sql.number(statement, "SELECT count(*) FROM sqlite_master");
            }
            var result =
                    connection
                            .unwrap(SQLiteConnection.class)
                            .getDatabase()
                            .backup(
                                    "main",
                                    to.toString(),
                                    (left, all) -> progress.at(COPYING, (long) all - left, all),
                                    BUSY_MILLIS,
                                    BUSY_TRIES,
                                    PAGES_AT_ONCE);
            var code = SQLiteErrorCode.getErrorCode(result); // the driver does not throw it
            if (code != SQLiteErrorCode.SQLITE_OK) {
                throw new SQLiteException(code.message, code);
            }
        }
        try (var connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + to)) {
            Sql.run(connection, "PRAGMA journal_mode = DELETE");
        }
    }

    /// A copy of what is broken is broken; better to know now.
    private static void check(Path copy, Progress progress) throws SQLException, IOException {
        progress.at("checking", 0, 0);
        try (var connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + copy);
                var statement = connection.createStatement()) {
            var said = Sql.text(statement, "PRAGMA quick_check(1)");
            if (!said.equals("ok")) {
                throw new IOException("the database is damaged: " + said);
            }
        }
    }
}
