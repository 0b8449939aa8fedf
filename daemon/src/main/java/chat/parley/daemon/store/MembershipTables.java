package chat.parley.daemon.store;

import chat.parley.protocol.CaseMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;

/// The table of which channels accounts are in: what to say to SQLite, inside somebody's
/// transaction.
final class MembershipTables {

    private final Connection connection;

    MembershipTables(Connection connection) {
        this.connection = connection;
    }

    Set<String> channelsOf(String account) throws SQLException {
        var channels = new LinkedHashSet<String>();
        try (var statement =
                connection.prepareStatement(
                        "SELECT shown FROM memberships WHERE account = ? ORDER BY channel")) {
            statement.setString(1, CaseMapping.fold(account));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    channels.add(rows.getString(1));
                }
            }
        }
        return channels;
    }

    void joined(String account, String channel) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "INSERT INTO memberships VALUES (?, ?, ?) ON CONFLICT DO NOTHING")) {
            statement.setString(1, CaseMapping.fold(account));
            statement.setString(2, CaseMapping.fold(channel));
            statement.setString(3, channel);
            statement.executeUpdate();
        }
    }

    void left(String account, String channel) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "DELETE FROM memberships WHERE account = ? AND channel = ?")) {
            statement.setString(1, CaseMapping.fold(account));
            statement.setString(2, CaseMapping.fold(channel));
            statement.executeUpdate();
        }
    }
}
