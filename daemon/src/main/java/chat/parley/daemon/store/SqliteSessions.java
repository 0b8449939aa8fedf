package chat.parley.daemon.store;

import chat.parley.protocol.CaseMapping;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// The sessions that a running daemon has, written down for the admin's tool.
///
/// What stands here is worth nothing once the daemon has ended, so nothing is flushed to the disk.
/// Each call opens a connection and closes it. Any thread; each call waits for the disk.
public final class SqliteSessions {

    private final Database database;

    public SqliteSessions(Database database) {
        this.database = database;
    }

    /// Begins with none: those of an earlier daemon are gone with it.
    public void clear() throws IOException {
        run(c -> {
            try (var statement = c.createStatement()) {
                return statement.executeUpdate("DELETE FROM sessions");
            }
        });
    }

    /// Notes who came and who went, together.
    ///
    /// @param ended numbers
    public void note(Collection<OpenSession> begun, Collection<Long> ended) throws IOException {
        run(c -> {
            try (var insert =
                            c.prepareStatement(
                                    "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?)");
                    var delete = c.prepareStatement("DELETE FROM sessions WHERE number = ?")) {
                for (var number : ended) {
                    delete.setLong(1, number);
                    delete.executeUpdate();
                }
                for (var one : begun) {
                    insert.setLong(1, one.number());
                    insert.setString(2, CaseMapping.fold(one.account()));
                    insert.setString(3, one.account());
                    insert.setString(4, one.device());
                    insert.setString(5, one.address());
                    insert.setString(6, one.security());
                    insert.setLong(7, one.since().toEpochMilli());
                    insert.executeUpdate();
                }
                return ended.size() + begun.size();
            }
        });
    }

    /// All that were noted, oldest first.
    public List<OpenSession> list() throws IOException {
        return run(c -> {
            var all = new ArrayList<OpenSession>();
            try (var statement = c.createStatement();
                    var rows =
                            statement.executeQuery(
                                    "SELECT number, account, device, address, security, since_ms"
                                            + " FROM sessions ORDER BY number")) {
                while (rows.next()) {
                    all.add(
                            new OpenSession(
                                    rows.getLong(1),
                                    rows.getString(2),
                                    rows.getString(3),
                                    rows.getString(4),
                                    rows.getString(5),
                                    Instant.ofEpochMilli(rows.getLong(6))));
                }
            }
            return all;
        });
    }

    private <T> T run(Sql.Work<T> work) throws IOException {
        return database.change(SynchronousMode.NORMAL, work);
    }
}
