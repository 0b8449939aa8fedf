package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelSettings.Listed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The tables of channel settings over one connection: what to say to SQLite, inside somebody's
/// transaction.
final class SettingsTables {

    private static final int NO_LIMIT = 0;

    private final Connection connection;

    SettingsTables(Connection connection) {
        this.connection = connection;
    }

    Optional<ChannelSettings> load(String folded) throws SQLException {
        try (var channel =
                connection.prepareStatement(
                        "SELECT name, created_ms, flags, key, user_limit FROM channels"
                                + " WHERE folded = ?")) {
            channel.setString(1, folded);
            try (var row = channel.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var key = row.getString("key");
                var limit = row.getInt("user_limit");
                return Optional.of(
                        new ChannelSettings(
                                row.getString("name"),
                                Instant.ofEpochMilli(row.getLong("created_ms")),
                                row.getString("flags"),
                                key.isEmpty() ? Optional.empty() : Optional.of(key),
                                limit == NO_LIMIT ? OptionalInt.empty() : OptionalInt.of(limit),
                                roles(folded),
                                lists(folded)));
            }
        }
    }

    private Map<String, Character> roles(String folded) throws SQLException {
        var roles = new HashMap<String, Character>();
        try (var select =
                connection.prepareStatement(
                        "SELECT account, role FROM channel_roles WHERE channel = ?")) {
            select.setString(1, folded);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    roles.put(rows.getString(1), rows.getString(2).charAt(0));
                }
            }
        }
        return roles;
    }

    private List<Listed> lists(String folded) throws SQLException {
        var lists = new ArrayList<Listed>();
        try (var select =
                connection.prepareStatement(
                        "SELECT list, mask, set_by, at_ms FROM channel_lists WHERE channel = ?"
                                + " ORDER BY at_ms, mask")) {
            select.setString(1, folded);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    lists.add(
                            new Listed(
                                    rows.getString(1).charAt(0),
                                    rows.getString(2),
                                    rows.getString(3),
                                    Instant.ofEpochMilli(rows.getLong(4))));
                }
            }
        }
        return lists;
    }

    void save(String folded, ChannelSettings settings) throws SQLException {
        try (var channel =
                connection.prepareStatement(
                        "INSERT OR REPLACE INTO channels VALUES (?, ?, ?, ?, ?, ?)")) {
            channel.setString(1, folded);
            channel.setString(2, settings.name());
            channel.setLong(3, settings.createdAt().toEpochMilli());
            channel.setString(4, settings.flags());
            channel.setString(5, settings.key().orElse(""));
            channel.setInt(6, settings.limit().orElse(NO_LIMIT));
            channel.executeUpdate();
        }
        forget("channel_roles", folded);
        forget("channel_lists", folded);
        try (var role = connection.prepareStatement("INSERT INTO channel_roles VALUES (?, ?, ?)")) {
            for (var held : settings.roles().entrySet()) {
                role.setString(1, folded);
                role.setString(2, held.getKey());
                role.setString(3, held.getValue().toString());
                role.executeUpdate();
            }
        }
        try (var listed =
                connection.prepareStatement("INSERT INTO channel_lists VALUES (?, ?, ?, ?, ?)")) {
            for (var mask : settings.lists()) {
                listed.setString(1, folded);
                listed.setString(2, String.valueOf(mask.list()));
                listed.setString(3, mask.mask());
                listed.setString(4, mask.by());
                listed.setLong(5, mask.at().toEpochMilli());
                listed.executeUpdate();
            }
        }
    }

    private void forget(String table, String folded) throws SQLException {
        try (var delete =
                connection.prepareStatement("DELETE FROM " + table + " WHERE channel = ?")) {
            delete.setString(1, folded);
            delete.executeUpdate();
        }
    }
}
