package chat.parley.daemon.store;

import chat.parley.protocol.CaseMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Every table that knows a channel by its name: what to say to SQLite, inside somebody's
/// transaction.
final class NameTables {

    /// A column with folded names.
    private record Column(String table, String name) {}

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("channels", "folded"),
                    new Column("channel_roles", "channel"),
                    new Column("channel_lists", "channel"),
                    new Column("markers", "target"),
                    new Column("memberships", "channel"),
                    // an account has no # in front
                    new Column("metadata", "owner"));

    private static final List<String> SHOWN =
            List.of(
                    "UPDATE channels SET name = ? WHERE folded = ?",
                    "UPDATE memberships SET shown = ? WHERE channel = ?");

    private final Connection connection;

    NameTables(Connection connection) {
        this.connection = connection;
    }

    boolean isTaken(String folded) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "SELECT EXISTS (SELECT 1 FROM channels WHERE folded = ?1)"
                                + " OR EXISTS (SELECT 1 FROM streams"
                                + " WHERE kind = 'channel' AND a = ?1)")) {
            statement.setString(1, folded);
            try (var row = statement.executeQuery()) {
                return row.getBoolean(1);
            }
        }
    }

    void rename(String folded, String name) throws SQLException {
        var renamed = CaseMapping.fold(name);
        if (!renamed.equals(folded)) {
            for (var column : COLUMNS) {
                // What is there by the new name is of a channel that never was.
                run("DELETE FROM %s WHERE %s = ?".formatted(column.table, column.name), renamed);
                run(
                        "UPDATE %1$s SET %2$s = ?1 WHERE %2$s = ?2"
                                .formatted(column.table, column.name),
                        renamed,
                        folded);
            }
            run("UPDATE streams SET a = ?1 WHERE kind = 'channel' AND a = ?2", renamed, folded);
        }
        for (var sql : SHOWN) {
            run(sql, name, renamed);
        }
    }

    /// As `table.column`.
    static List<String> columns() {
        return COLUMNS.stream().map(column -> column.table + "." + column.name).toList();
    }

    private void run(String sql, String... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
