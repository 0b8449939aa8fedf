package chat.parley.daemon.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// The table of read markers: what to say to SQLite, inside somebody's transaction.
final class MarkerTables {

    private final Connection connection;

    MarkerTables(Connection connection) {
        this.connection = connection;
    }

    Optional<Instant> of(String account, String target) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "SELECT at_ms FROM markers WHERE account = ? AND target = ?")) {
            statement.setString(1, account);
            statement.setString(2, target);
            try (var row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(Instant.ofEpochMilli(row.getLong(1)))
                        : Optional.empty();
            }
        }
    }

    Optional<Instant> move(String account, String target, Instant to) throws SQLException {
        if (of(account, target).isEmpty() && count(account) >= Markers.MOST) {
            return Optional.empty();
        }
        try (var statement =
                connection.prepareStatement(
                        "INSERT INTO markers VALUES (?, ?, ?)"
                                + " ON CONFLICT DO UPDATE SET at_ms = max(at_ms, excluded.at_ms)")) {
            statement.setString(1, account);
            statement.setString(2, target);
            statement.setLong(3, to.toEpochMilli());
            statement.executeUpdate();
        }
        return of(account, target);
    }

    private long count(String account) throws SQLException {
        try (var statement =
                connection.prepareStatement("SELECT count(*) FROM markers WHERE account = ?")) {
            statement.setString(1, account);
            try (var row = statement.executeQuery()) {
                return row.getLong(1);
            }
        }
    }
}
