package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Deliveries.Delivered;
import chat.parley.daemon.store.Deliveries.Device;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The table of how far each device was told: what to say to SQLite, inside somebody's transaction.
///
/// Devices are names that logins choose: of an account the [#MOST_DEVICES] are kept that were told
/// furthest. One that is forgotten and comes again is as new.
final class DeliveryTables {

    static final int MOST_DEVICES = 64;

    /// The number of no stream: under it stands how far a device was told what accounts say to each
    /// other.
    private static final long DIRECT = 0;

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
                makeRoom(one.device());
                LogTables.name(statement, one.stream());
                statement.setString(4, one.device().account());
                statement.setString(5, one.device().name());
                statement.setLong(6, arrived(one));
                statement.executeUpdate();
            }
        }
    }

    /// For a device that was never here.
    private void makeRoom(Device device) throws SQLException {
        if (isKnown(device)) {
            return;
        }
        var known = devices(device.account());
        for (var farBehind :
                known.subList(Math.min(MOST_DEVICES - 1, known.size()), known.size())) {
            AccountRows.execute(
                    connection,
                    "DELETE FROM deliveries WHERE account = ? AND device = ?",
                    device.account(),
                    farBehind);
        }
    }

    /// The one that was told furthest first: of what accounts say to each other, where every device
    /// has a place, as the numbers of different channels cannot be compared.
    private List<String> devices(String account) throws SQLException {
        var until = new HashMap<String, Long>();
        try (var select =
                connection.prepareStatement(
                        "SELECT device, max(CASE stream WHEN "
                                + DIRECT
                                + " THEN seq ELSE 0 END) FROM deliveries WHERE account = ?"
                                + " GROUP BY device")) {
            select.setString(1, account);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    until.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return until.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isKnown(Device device) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "SELECT 1 FROM deliveries WHERE account = ? AND device = ? LIMIT 1")) {
            select.setString(1, device.account());
            select.setString(2, device.name());
            try (var rows = select.executeQuery()) {
                return rows.next();
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

    void toldDirect(List<DirectLog.Told> all) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "INSERT INTO deliveries VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)")) {
            for (var one : all) {
                makeRoom(one.device());
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
