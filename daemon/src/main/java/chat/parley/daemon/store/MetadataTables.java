package chat.parley.daemon.store;

import chat.parley.daemon.store.Metadata.Change;
import chat.parley.daemon.store.Metadata.Held;
import chat.parley.daemon.store.Metadata.Owner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The table of metadata: what to say to SQLite, inside somebody's transaction.
final class MetadataTables {

    private final Connection connection;

    MetadataTables(Connection connection) {
        this.connection = connection;
    }

    Held of(Owner owner, long version) throws SQLException {
        var values = new TreeMap<String, String>();
        try (var select =
                about(owner, "SELECT key, value FROM metadata WHERE kind = ? AND owner = ?")) {
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    values.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return new Held(version, values);
    }

    Optional<Change> change(Owner owner, Map<String, String> changes, int most, long version)
            throws SQLException {
        if (isGone(owner)) {
            return Optional.empty();
        }
        var change = of(owner, version).with(changes, most, version);
        try (var delete =
                        about(
                                owner,
                                "DELETE FROM metadata WHERE kind = ? AND owner = ? AND key = ?");
                var upsert = about(owner, "INSERT OR REPLACE INTO metadata VALUES (?, ?, ?, ?)")) {
            for (var key : changes.keySet()) {
                var value = change.now().values().get(key);
                var statement = value == null ? delete : upsert;
                statement.setString(3, key);
                if (value != null) {
                    statement.setString(4, value);
                }
                statement.executeUpdate();
            }
        }
        return Optional.of(change);
    }

    /// What is set on an account goes with it; a session that has a moment left brings nothing
    /// back.
    private boolean isGone(Owner owner) throws SQLException {
        if (!(owner instanceof Owner.OfAccount(var folded, var since))) {
            return false;
        }
        try (var select =
                connection.prepareStatement(
                        "SELECT 1 FROM accounts WHERE folded = ? AND created_ms = ?")) {
            select.setString(1, folded);
            select.setLong(2, since.toEpochMilli());
            try (var row = select.executeQuery()) {
                return !row.next();
            }
        }
    }

    @SuppressWarnings("resource") // the caller's
    private PreparedStatement about(Owner owner, String sql) throws SQLException {
        var statement = connection.prepareStatement(sql);
        switch (owner) {
            case Owner.OfAccount(var folded, _) -> {
                statement.setString(1, "account");
                statement.setString(2, folded);
            }
            case Owner.OfChannel(var folded) -> {
                statement.setString(1, "channel");
                statement.setString(2, folded);
            }
        }
        return statement;
    }
}
