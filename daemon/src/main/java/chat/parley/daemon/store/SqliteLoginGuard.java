package chat.parley.daemon.store;

import chat.parley.daemon.store.GuardRow.Kind;
import chat.parley.protocol.CaseMapping;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// What the login guard remembers, in the embedded database.
///
/// Only of accounts that there are: what is typed for a name may be a password. Each call opens a
/// connection and closes it. Any thread; each call waits for the disk. What it is told survives the
/// end of the process, and of the machine but for the last moments.
public final class SqliteLoginGuard {

    private static final String SELECT =
            "SELECT kind, account, place, strikes, in_a_row, failed_ms, right_ms FROM login_guard ";

    /// The newest of each kind; of places that are known, the newest of each account.
    private static final String RANKED =
            """
            (SELECT rowid AS id, kind, row_number() OVER (
                PARTITION BY kind, CASE kind WHEN 'KNOWN' THEN account ELSE '' END
                ORDER BY max(failed_ms, right_ms) DESC) AS rank
            FROM login_guard)
            """;

    private final Database database;
    private final Clock clock;

    public SqliteLoginGuard(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// All of it.
    public List<GuardRow> load() throws IOException {
        return database.ask(
                SynchronousMode.NORMAL,
                c -> {
                    try (var all = c.prepareStatement(SELECT)) {
                        return rows(all);
                    }
                });
    }

    /// What there is of one account.
    public List<GuardRow> of(String account) throws IOException {
        return database.ask(
                SynchronousMode.NORMAL,
                c -> {
                    try (var some =
                            c.prepareStatement(SELECT + "WHERE account = ? ORDER BY right_ms")) {
                        some.setString(1, CaseMapping.fold(account));
                        return rows(some);
                    }
                });
    }

    private static List<GuardRow> rows(PreparedStatement asking) throws SQLException {
        var found = new ArrayList<GuardRow>();
        try (var rows = asking.executeQuery()) {
            while (rows.next()) {
                found.add(
                        new GuardRow(
                                Kind.valueOf(rows.getString(1)),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getDouble(4),
                                rows.getInt(5),
                                Instant.ofEpochMilli(rows.getLong(6)),
                                Instant.ofEpochMilli(rows.getLong(7))));
            }
        }
        return found;
    }

    /// Writes these, together, over what was written before of the same. What is of an account that
    /// is not there is left out: it was deleted in the meantime.
    public void write(Collection<GuardRow> rows) throws IOException {
        database.change(
                SynchronousMode.NORMAL,
                c -> {
                    try (var insert =
                            c.prepareStatement(
                                    "INSERT OR REPLACE INTO login_guard"
                                            + " (kind, account, place, strikes, in_a_row, failed_ms, right_ms)"
                                            + " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE ?2 = ''"
                                            + " OR EXISTS (SELECT 1 FROM accounts WHERE folded = ?2)")) {
                        for (var row : rows) {
                            insert.setString(1, row.kind().name());
                            insert.setString(2, row.account());
                            insert.setString(3, row.place());
                            insert.setDouble(4, row.strikes());
                            insert.setInt(5, row.inARow());
                            insert.setLong(6, row.failedAt().toEpochMilli());
                            insert.setLong(7, row.rightAt().toEpochMilli());
                            insert.executeUpdate();
                        }
                        return rows.size();
                    }
                });
    }

    /// Removes what has had its time: places that are no longer known, networks that failed longer
    /// ago than they are held to it; and what is more than is remembered.
    ///
    /// @param most of one kind
    /// @param mostKnown places of one account
    public void prune(Duration knownFor, Duration failuresFor, int most, int mostKnown)
            throws IOException {
        var now = clock.instant();
        database.change(
                SynchronousMode.NORMAL,
                c -> {
                    var old =
                            remove(
                                            c,
                                            "kind = 'KNOWN' AND right_ms < ?",
                                            now.minus(knownFor).toEpochMilli())
                                    + remove(
                                            c,
                                            "kind IN ('PAIR', 'NETWORK', 'FIRST', 'AGAIN') AND failed_ms < ?",
                                            now.minus(failuresFor).toEpochMilli());
                    return old
                            + remove(c, among("kind IN ('PAIR', 'NETWORK')"), most)
                            + remove(c, among("kind = 'KNOWN'"), mostKnown);
                });
    }

    private static String among(String kinds) {
        return "rowid IN (SELECT id FROM " + RANKED + " WHERE " + kinds + " AND rank > ?)";
    }

    private static int remove(Connection c, String which, long bound) throws SQLException {
        try (var delete = c.prepareStatement("DELETE FROM login_guard WHERE " + which)) {
            delete.setLong(1, bound);
            return delete.executeUpdate();
        }
    }

    /// Forgets every failure at an account, which a running daemon notices; where it is known
    /// stays.
    ///
    /// @return false if there is no such account
    public boolean unlock(String account) throws IOException {
        var folded = CaseMapping.fold(account);
        return database.change(
                SynchronousMode.FULL,
                c -> {
                    if (AccountRows.named(c, folded).isEmpty()) {
                        return false;
                    }
                    AccountChange.UNLOCKED.note(c, folded, "", clock.millis());
                    return true;
                });
    }
}
