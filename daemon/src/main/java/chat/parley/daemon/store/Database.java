package chat.parley.daemon.store;

import chat.parley.daemon.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// The one file that holds all state, `parley.db`: found or made, checked, brought up to date.
///
/// Immutable; any thread may ask it for a connection, which is then that thread's own.
public final class Database {

    private static final String FILE = "parley.db";
    static final int BUSY_MILLIS = 5_000;
    private static final int JOURNAL_LIMIT_BYTES = 64 << 20;
    private static final int LOCKED_TRIES = 20;

    private final Path file;

    private Database(Path file) {
        this.file = file;
    }

    /// Makes the directory (mode 700) and the file (mode 600) if they are not there, and brings an
    /// older file up to date.
    ///
    /// @throws ConfigProblem if it cannot be used: others may read something of it, a newer version
    ///   made it, it is no database, or the system says no
    public static Database prepare(Path dataDir) throws ConfigProblem {
        var dir = dataDir.toAbsolutePath().normalize();
        var file = dir.resolve(FILE);
        if (file.toString().indexOf('?') >= 0) { // the driver would take the rest for settings
            throw new ConfigProblem(
                    file.toString(), "a ? in the path", "choose a data-dir without one");
        }
        try {
            makeDirectory(dir);
            if (isPosix(dir)) {
                PrivateFiles.require(dir.toRealPath());
            }
            makeFile(dir, file);
        } catch (IOException problem) {
            throw new ConfigProblem(
                    file.toString(),
                    "cannot be made or read: " + problem,
                    "check data-dir, and that it belongs to the user who runs this");
        }
        var database = new Database(file);
        database.bringUp();
        return database;
    }

    /// Makes the directory, mode 700, if it is not there.
    static void makeDirectory(Path dir) throws IOException {
        var absolute = dir.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            var posix = isPosix(nearestExisting(absolute));
            Files.createDirectories(absolute, mode(posix, "rwx------"));
        }
    }

    /// Never opens a file that is there: closing it would drop the locks SQLite holds on it in this
    /// process.
    private static void makeFile(Path dir, Path file) throws IOException {
        if (!Files.exists(file) && isCreatedNow(file, mode(isPosix(dir), "rw-------"))) {
            giveToOwnerOf(dir, file);
        }
    }

    /// Root may run the admin's tool before the daemon's first start, or restore for it.
    static void giveToOwnerOf(Path dir, Path file) throws IOException {
        var owner = Files.getOwner(dir);
        if (!Files.getOwner(file).equals(owner)) {
            Files.setOwner(file, owner);
        }
    }

    /// Makes an empty file, mode 600.
    static void createPrivate(Path dir, Path file) throws IOException {
        Files.createFile(file, mode(isPosix(dir), "rw-------"));
    }

    /// Makes an empty file, mode 600, unless it is there. One that an earlier version made is made
    /// private; nothing that is secret was ever in it.
    static void makeLock(Path dir, Path file) throws IOException {
        if (isCreatedNow(file, mode(isPosix(dir), "rw-------"))) {
            giveToOwnerOf(dir, file);
        } else if (isPosix(dir) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            var mode = PosixFilePermissions.fromString("rw-------");
            if (!Files.getPosixFilePermissions(file).equals(mode)) {
                Files.setPosixFilePermissions(file, mode);
            }
        }
    }

    /// Where the database of a data directory is, whether it is there or not.
    static Path in(Path dataDir) {
        return dataDir.toAbsolutePath().normalize().resolve(FILE);
    }

    /// What the last daemon left in the write-ahead log, in bytes; none if it stopped by itself. It
    /// is taken up by whoever opens the database next. Beside a daemon that runs: its size.
    public static long leftAhead(Path dataDir) {
        return in(dataDir).resolveSibling(FILE + "-wal").toFile().length();
    }

    /// The size of the file, in bytes; 0 if there is none.
    public static long sizeOf(Path dataDir) {
        return in(dataDir).toFile().length();
    }

    /// Whether there is one. Nothing is made.
    public static boolean isIn(Path dataDir) {
        return Files.exists(in(dataDir));
    }

    /// As it is: not made, not checked and not brought up to date.
    static Database existing(Path dataDir) {
        return new Database(in(dataDir));
    }

    /// False if another program was a moment faster, which is as good.
    private static boolean isCreatedNow(Path file, FileAttribute<?>... mode) throws IOException {
        try {
            Files.createFile(file, mode);
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        }
    }

    private static Path nearestExisting(Path dir) {
        var parent = dir.getParent();
        return Files.exists(dir) || parent == null ? dir : nearestExisting(parent);
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }

    private static FileAttribute<?>[] mode(boolean posix, String mode) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
                }
                : new FileAttribute<?>[0];
    }

    private void bringUp() throws ConfigProblem {
        try (var connection = open(SynchronousMode.FULL)) {
            makeShrinkable(connection);
            useWal(connection);
            var found = Schema.bringUp(connection);
            if (found > Schema.NEWEST) {
                throw new ConfigProblem(
                        file.toString(),
                        "a newer Parley made it (schema %d; this one knows %d)"
                                .formatted(found, Schema.NEWEST),
                        "run that version, or restore a backup made before the upgrade");
            }
        } catch (SQLException problem) {
            throw new ConfigProblem(
                    file.toString(),
                    "cannot be used: " + problem.getMessage(),
                    "check that it is Parley's database, that the disk has space and that its"
                            + " owner runs this");
        }
    }

    /// Stays in the file, and can only be chosen while it is empty: free pages may be given back to
    /// the file system, a few at a time.
    private static void makeShrinkable(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            if (Sql.number(statement, "PRAGMA page_count") == 0) {
                statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
            }
        }
    }

    /// The mode stays in the file. SQLite does not wait for the lock that changing it needs, so a
    /// second program that starts at the same moment tries again.
    private static void useWal(Connection connection) throws SQLException {
        for (var tries = 1; ; tries++) {
            try {
                Sql.run(connection, "PRAGMA journal_mode = WAL");
                return;
            } catch (SQLException busy) {
                if (tries == LOCKED_TRIES || Thread.currentThread().isInterrupted()) {
                    throw busy;
                }
                LockSupport.parkNanos(50_000_000L * tries);
            }
        }
    }

    /// A connection of the caller's own. Another program's write is waited for, up to 5 s.
    Connection open(SynchronousMode durability) throws SQLException {
        var settings = new SQLiteConfig();
        settings.setBusyTimeout(BUSY_MILLIS);
        settings.setSynchronous(durability);
        settings.setJournalSizeLimit(JOURNAL_LIMIT_BYTES);
        // What is deleted is overwritten: a message that was taken back, a password's hash.
        settings.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        return settings.createConnection("jdbc:sqlite:" + file);
    }

    /// Works on a connection that is opened for it and closed after it.
    <T> T ask(SynchronousMode durability, Sql.Work<T> work) throws IOException {
        try (var connection = open(durability)) {
            return work.on(connection);
        } catch (SQLException problem) {
            throw new IOException(Sql.said(this, problem), problem);
        }
    }

    /// The same in one transaction that may write.
    <T> T change(SynchronousMode durability, Sql.Work<T> work) throws IOException {
        return ask(durability, connection -> Sql.transaction(connection, work));
    }

    /// The directory it is in.
    Path dataDir() {
        return Objects.requireNonNull(file.getParent());
    }

    /// In bytes, without the write-ahead log.
    long size() throws IOException {
        return Files.size(file);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
