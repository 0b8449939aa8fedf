package chat.parley.daemon.store;

import chat.parley.daemon.observe.AuditHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// The number and the hash of the audit log's newest line, in the database: an end of the files
/// that was cut off shows, and each backup of the database is a witness.
///
/// It is not flushed: after loss of power it may be older than the files, never newer. Any thread;
/// each call has a connection of its own.
public final class AuditHeads implements AuditHead.Keeper {

    private final Database database;

    public AuditHeads(Database database) {
        this.database = database;
    }

    @Override
    public Optional<AuditHead> newest() throws IOException {
        return database.ask(SynchronousMode.NORMAL, AuditHeads::read);
    }

    @Override
    public void keep(AuditHead head) throws IOException {
        database.change(
                SynchronousMode.NORMAL,
                connection -> {
                    try (var statement =
                            connection.prepareStatement(
                                    "INSERT OR REPLACE INTO audit_head (id, seq, hash)"
                                            + " VALUES (1, ?, ?)")) {
                        statement.setLong(1, head.seq());
                        statement.setString(2, head.hash());
                        return statement.executeUpdate();
                    }
                });
    }

    /// In a database that may be there or not, and may be an older version's, which knows none:
    /// then empty. Nothing is made or brought up to date.
    public static Optional<AuditHeads> existing(Path dataDir) throws IOException {
        var file = Database.in(dataDir);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var settings = new SQLiteConfig();
        settings.setReadOnly(true);
        settings.setBusyTimeout(Database.BUSY_MILLIS);
        try (var connection = settings.createConnection("jdbc:sqlite:" + file)) {
            return isKnown(connection)
                    ? Optional.of(new AuditHeads(Database.existing(dataDir)))
                    : Optional.empty();
        } catch (SQLException problem) {
            throw new IOException(Sql.said(file, problem), problem);
        }
    }

    private static boolean isKnown(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            return Sql.number(
                            statement,
                            "SELECT count(*) FROM sqlite_master WHERE name = 'audit_head'")
                    > 0;
        }
    }

    private static Optional<AuditHead> read(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT seq, hash FROM audit_head")) {
            return rows.next()
                    ? Optional.of(new AuditHead(rows.getLong(1), rows.getString(2)))
                    : Optional.empty();
        }
    }
}
