package chat.parley.daemon.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Puts a backup in the place of the database. Everything is done to a copy beside it, which is
/// looked at from end to end before it takes the name; what had the name stays under another.
///
/// A restored database is older than what clients have seen, so it must not count on from where the
/// backup was: a msgid would be given to two messages. Each stream goes on from a number that is
/// higher than any that was given before: the microseconds since 1970, which no stream outruns by
/// counting. See docs/adr.
///
/// For the one thread of a tool.
public final class Restore {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final List<String> SIDES = List.of("-wal", "-shm", "-journal");

    private final Path dataDir;
    private final Path live;
    private final Instant now;
    private final Progress progress;

    /// What was restored.
    ///
    /// @param schema the version of its tables; the daemon brings them up at its start
    /// @param newest when its newest message was said
    /// @param replaced what was there before
    /// @param back accounts that were deleted or disabled since, and are as they were before that
    public record Restored(
            int schema,
            long accounts,
            long messages,
            Optional<Instant> newest,
            Optional<Path> replaced,
            List<String> back) {

        public Restored {
            back = List.copyOf(back);
        }
    }

    /// What the database that goes knows and the backup does not.
    ///
    /// @param sequence the highest number of a message in it
    /// @param stream the highest number of a stream in it
    /// @param enabled who may log in
    /// @param readable whether it could be asked
    private record Known(long sequence, long stream, List<String> enabled, boolean readable) {}

    private Restore(Path dataDir, Instant now, Progress progress) {
        this.dataDir = dataDir;
        this.live = Database.in(dataDir);
        this.now = now;
        this.progress = progress;
    }

    /// @throws Refused if a daemon serves the directory, somebody else uses the database, or the
    ///   backup is none; nothing was touched
    /// @throws IOException if it cannot be read or written; the database is as it was
    public static Restored from(Path backup, Path dataDir, Instant now, Progress progress)
            throws IOException, Refused {
        if (!Files.isRegularFile(backup) || backup.toString().indexOf('?') >= 0) {
            throw new Refused("there is no file " + backup);
        }
        if (!Files.isReadable(backup)) {
            throw new IOException(backup + " cannot be read");
        }
        var restore = new Restore(dataDir, now, progress);
        if (Files.exists(restore.live) && Files.isSameFile(backup, restore.live)) {
            throw new Refused(backup + " is the database itself");
        }
        try (var _ = OnlyServer.alone(dataDir);
                var file = WholeFile.of(restore.live)) {
            return restore.put(backup, file);
        } catch (SQLException problem) {
            throw new IOException(Sql.said(restore.live, problem), problem);
        }
    }

    private Restored put(Path backup, WholeFile file) throws IOException, SQLException, Refused {
        copy(backup, file.part());
        Database.giveToOwnerOf(dataDir, file.part());
        var known = known();
        var restored = prepare(backup, file.part(), known);
        var replaced = setAside(known.readable);
        file.finish(true);
        return new Restored(
                restored.schema,
                restored.accounts,
                restored.messages,
                restored.newest,
                replaced,
                restored.back);
    }

    private void copy(Path backup, Path part) throws IOException, SQLException {
        // A copy by hand may have brought its write-ahead log along.
        if (Files.exists(backup.resolveSibling(backup.getFileName() + "-wal"))) {
            Backup.copy(backup, part, progress);
            return;
        }
        var size = Files.size(backup);
        try (var in = Files.newInputStream(backup);
                var out = Files.newOutputStream(part)) {
            var buffer = new byte[1 << 20];
            var done = 0L;
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                done += count;
                progress.at("copying", done, size);
            }
        }
    }

    // ---- the backup

    private Restored prepare(Path backup, Path part, Known known)
            throws SQLException, Refused, IOException {
        progress.at("checking", 0, 0);
        try (var connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + part);
                var statement = connection.createStatement()) {
            var found = look(backup, statement, known);
            countOn(statement, known);
            // One file, so that it takes the name as a whole.
            Sql.run(connection, "PRAGMA journal_mode = DELETE");
            return found;
        } catch (SQLiteException problem) {
            switch (problem.getResultCode()) {
                case SQLITE_NOTADB, SQLITE_CORRUPT ->
                        throw new Refused(backup + " is no database, or damaged");
                default -> throw problem;
            }
        }
    }

    private Restored look(Path backup, Statement statement, Known known)
            throws SQLException, Refused {
        var said = Sql.text(statement, "PRAGMA integrity_check(1)");
        if (!said.equals("ok")) {
            throw new Refused(backup + " is damaged: " + said);
        }
        var schema = Sql.number(statement, "PRAGMA user_version");
        if (schema > Schema.NEWEST) {
            throw new Refused(
                    "%s was made by a newer Parley (schema %d; this one knows %d)"
                            .formatted(backup, schema, Schema.NEWEST));
        }
        var tables =
                Sql.number(
                        statement,
                        "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
                                + " AND name IN ('accounts', 'streams', 'messages')");
        if (schema < 1 || tables < 3) {
            throw new Refused(backup + " is no database of Parley's");
        }
        // They would act whenever the daemon writes or reads.
        var foreign =
                Sql.number(
                        statement,
                        "SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')");
        if (foreign > 0) {
            throw new Refused(backup + " has triggers or views, which Parley's have not");
        }
        var newest =
                Sql.number(
                        statement,
                        "SELECT max((SELECT at_ms FROM messages WHERE stream = id"
                                + " ORDER BY seq DESC LIMIT 1)) FROM streams");
        var back = new ArrayList<>(enabled(statement));
        back.removeAll(known.enabled);
        return new Restored(
                (int) schema,
                Sql.number(statement, "SELECT count(*) FROM accounts"),
                Sql.number(statement, "SELECT count(*) FROM messages"),
                newest == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(newest)),
                Optional.empty(),
                Files.exists(live) ? back : List.of());
    }

    private void countOn(Statement statement, Known known) throws SQLException {
        var sequence = Math.max(known.sequence, ChronoUnit.MICROS.between(Instant.EPOCH, now));
        var stream = Math.max(known.stream, now.toEpochMilli());
        statement.execute("BEGIN IMMEDIATE");
        statement.execute("UPDATE streams SET newest = max(newest, " + sequence + ")");
        statement.execute("DELETE FROM sqlite_sequence WHERE name = 'streams' AND seq < " + stream);
        statement.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT 'streams', "
                        + stream
                        + " WHERE NOT EXISTS"
                        + " (SELECT 1 FROM sqlite_sequence WHERE name = 'streams')");
        statement.execute("COMMIT");
    }

    // ---- the database that is there

    /// Nothing, if it is not there or cannot be read: that may be why there is a backup.
    private Known known() {
        if (!Files.exists(live)) {
            return new Known(0, 0, List.of(), false);
        }
        var settings = new SQLiteConfig();
        settings.setReadOnly(true);
        try (var connection = settings.createConnection("jdbc:sqlite:" + live);
                var statement = connection.createStatement()) {
            return new Known(
                    Sql.number(statement, "SELECT max(newest) FROM streams"),
                    Sql.number(statement, "SELECT max(id) FROM streams"),
                    enabled(statement),
                    true);
        } catch (SQLException _) {
            return new Known(0, 0, List.of(), false);
        }
    }

    private static List<String> enabled(Statement statement) throws SQLException {
        var names = new ArrayList<String>();
        try (var rows =
                statement.executeQuery(
                        "SELECT name FROM accounts WHERE status = 'ENABLED' ORDER BY folded")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    /// Gives the database that is there a second name. It keeps its first one until the new one
    /// takes that over, so there is one at every moment.
    private Optional<Path> setAside(boolean readable) throws IOException, Refused {
        if (!Files.exists(live)) {
            for (var side : SIDES) { // of a database that is no more
                Files.deleteIfExists(beside(live, side));
            }
            return Optional.empty();
        }
        // SQLite would throw away the write-ahead log of a file that it cannot read.
        var isWhole = readable && isWhole();
        var aside = beside(live, ".replaced-" + STAMP.format(now));
        secondName(live, aside);
        if (!isWhole) {
            // It is damaged. What is beside it would be taken for the new one's, so it goes first.
            for (var side : SIDES) {
                if (Files.exists(beside(live, side))) {
                    Files.move(beside(live, side), beside(aside, side));
                }
            }
        }
        return Optional.of(aside);
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private static void secondName(Path file, Path second) throws IOException, Refused {
        if (Files.exists(second)) {
            throw new Refused(second + " exists already");
        }
        try {
            Files.createLink(second, file);
        } catch (UnsupportedOperationException | IOException _) { // no links on this file system
            Files.copy(file, second, StandardCopyOption.COPY_ATTRIBUTES);
            WholeFile.flush(second);
        }
    }

    /// Takes the write-ahead log into the file, and with that makes sure that nobody uses it.
    private boolean isWhole() throws Refused {
        var settings = new SQLiteConfig();
        settings.setBusyTimeout(Database.BUSY_MILLIS);
        try (Connection connection = settings.createConnection("jdbc:sqlite:" + live);
                var statement = connection.createStatement()) {
            return Sql.text(statement, "PRAGMA journal_mode = DELETE").equals("delete");
        } catch (SQLException problem) {
            var code = SQLiteErrorCode.getErrorCode(problem.getErrorCode());
            if (code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED) {
                throw new Refused("another program uses " + live + "; try again when it is done");
            }
            return false;
        }
    }
}
