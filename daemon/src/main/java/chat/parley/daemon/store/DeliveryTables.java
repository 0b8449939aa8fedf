package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Deliveries.Delivered;
import chat.parley.daemon.store.Deliveries.Device;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/// The table of how far each device was told: what to say to SQLite, inside somebody's transaction.
final class DeliveryTables {

    private final Connection connection;
    private final HistoryTables history;

    DeliveryTables(Connection connection) {
        this.connection = connection;
        this.history = new HistoryTables(connection);
    }

    void delivered(List<Delivered> all) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "INSERT INTO deliveries"
                                + " SELECT ?4, ?5, id, ?6 FROM streams"
                                + " WHERE kind = ?1 AND a = ?2 AND b = ?3"
                                + " ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)")) {
            for (var one : all) {
                LogTables.name(statement, one.stream());
                statement.setString(4, one.device().account());
                statement.setString(5, one.device().name());
                statement.setLong(6, arrived(one));
                statement.executeUpdate();
            }
        }
    }

    private long arrived(Delivered delivered) throws SQLException {
        return delivered.sureUntil().isEmpty()
                ? delivered.sequence()
                : Math.min(
                        delivered.sequence(),
                        history.newestBefore(delivered.stream(), delivered.sureUntil().get()));
    }

    /// The number of no stream: under it stands how far a device was told what accounts say to each
    /// other.
    private static final long DIRECT = 0;

    void toldDirect(List<DirectLog.Told> all) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "INSERT INTO deliveries VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)")) {
            for (var one : all) {
                statement.setString(1, one.device().account());
                statement.setString(2, one.device().name());
                statement.setLong(3, DIRECT);
                statement.setLong(4, one.until());
                statement.executeUpdate();
            }
        }
    }

    /// Empty for a device that was never here, while others of its account were.
    OptionalLong positionOfDirect(Device device) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "SELECT device, seq FROM deliveries WHERE account = ? AND stream = ?")) {
            statement.setString(1, device.account());
            statement.setLong(2, DIRECT);
            try (var rows = statement.executeQuery()) {
                var others = false;
                while (rows.next()) {
                    if (rows.getString(1).equals(device.name())) {
                        return OptionalLong.of(rows.getLong(2));
                    }
                    others = true;
                }
                return others ? OptionalLong.empty() : OptionalLong.of(0);
            }
        }
    }

    /// The highest position that any device was told up to.
    static long newestDirect(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            return Sql.number(
                    statement, "SELECT max(seq) FROM deliveries WHERE stream = " + DIRECT);
        }
    }

    OptionalLong position(Device device, Stream stream) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "SELECT d.seq FROM deliveries d JOIN streams s ON s.id = d.stream"
                                + " WHERE s.kind = ? AND s.a = ? AND s.b = ?"
                                + " AND d.account = ? AND d.device = ?")) {
            LogTables.name(statement, stream);
            statement.setString(4, device.account());
            statement.setString(5, device.name());
            try (var row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }
}
