package chat.parley.daemon.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// What [Retention] asks about the tables. It only reads; each question looks at a bounded number
/// of entries.
final class RetentionTables {

    /// What an entry takes besides its texts, about.
    private static final int ROW_BYTES = 40;

    private static final int WINDOW = 4_096;

    private static final String BYTES =
            "octet_length(text) + octet_length(client_tags) + octet_length(source)"
                    + " + octet_length(account) + octet_length(target) + "
                    + ROW_BYTES;

    private final Connection connection;

    RetentionTables(Connection connection) {
        this.connection = connection;
    }

    /// A stream.
    ///
    /// @param channel the folded name of a channel; empty for the conversation of two accounts
    /// @param topic the number of the entry that is a channel's topic now, which is kept as long as
    ///   it is; else 0
    record Kind(long id, String channel, long topic) {}

    List<Kind> streams() throws SQLException {
        var all = new ArrayList<Kind>();
        try (var select =
                        connection.prepareStatement(
                                "SELECT id, CASE kind WHEN 'channel' THEN a ELSE '' END,"
                                        + " (SELECT seq FROM messages m INDEXED BY topics"
                                        + " WHERE m.stream = id AND m.command = 'TOPIC'"
                                        + " ORDER BY seq DESC LIMIT 1)"
                                        + " FROM streams ORDER BY id");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                all.add(new Kind(rows.getLong(1), rows.getString(2), rows.getLong(3)));
            }
        }
        return all;
    }

    /// When the oldest entry was kept that may go.
    OptionalLong oldest(Kind stream) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "SELECT at_ms FROM messages WHERE stream = ? AND seq <> ?"
                                + " ORDER BY seq LIMIT 1")) {
            select.setLong(1, stream.id);
            select.setLong(2, stream.topic);
            try (var row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /// The number of the last entry in the first row of entries that are all older than this, at
    /// most so many; 0 if the first is not.
    long lastOlder(Kind stream, long millis, int most) throws SQLException {
        try (var select = oldestOf(stream, "at_ms", most);
                var rows = select.executeQuery()) {
            var last = 0L;
            while (rows.next() && rows.getLong(2) < millis) {
                last = rows.getLong(1);
            }
            return last;
        }
    }

    /// The number of the last of the oldest entries that take so many bytes, at most so many; 0 if
    /// there are none.
    long lastWithin(Kind stream, long bytes, int most) throws SQLException {
        try (var select = oldestOf(stream, BYTES, most);
                var rows = select.executeQuery()) {
            var last = 0L;
            for (var sum = 0L; sum < bytes && rows.next(); sum += rows.getLong(2)) {
                last = rows.getLong(1);
            }
            return last;
        }
    }

    private PreparedStatement oldestOf(Kind stream, String what, int most) throws SQLException {
        var select =
                connection.prepareStatement(
                        "SELECT seq, "
                                + what
                                + " FROM messages WHERE stream = ? AND seq <> ? ORDER BY seq LIMIT ?");
        select.setLong(1, stream.id);
        select.setLong(2, stream.topic);
        select.setInt(3, most);
        return select;
    }

    /// The number of the last of the next entries; 0 if there are none.
    long window(Kind stream, long after) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "SELECT max(seq) FROM (SELECT seq FROM messages WHERE stream = ?"
                                + " AND seq > ? ORDER BY seq LIMIT ?)")) {
            select.setLong(1, stream.id);
            select.setLong(2, after);
            select.setInt(3, WINDOW);
            return number(select);
        }
    }

    /// What these entries take, about.
    long bytes(Kind stream, long after, long until) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "SELECT sum("
                                + BYTES
                                + ") FROM messages WHERE stream = ? AND seq > ? AND seq <= ?"
                                + " AND seq <> ?")) {
            select.setLong(1, stream.id);
            select.setLong(2, after);
            select.setLong(3, until);
            select.setLong(4, stream.topic);
            return number(select);
        }
    }

    private static long number(PreparedStatement select) throws SQLException {
        try (var row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    // ---- the file

    /// Bytes of the file that hold something, but for the index of words: what is taken out of that
    /// leaves gaps, which are closed at the end only.
    long used() throws SQLException {
        return (pragma("page_count") - free()) * pragma("page_size") - index();
    }

    private long index() throws SQLException {
        try (var statement = connection.createStatement()) {
            var words = Sql.number(statement, "SELECT sum(octet_length(block)) FROM search_data");
            return words + words / 8; // with what its pages leave empty
        }
    }

    /// Pages that hold nothing.
    long free() throws SQLException {
        return pragma("freelist_count");
    }

    boolean canShrink() throws SQLException {
        return pragma("auto_vacuum") == 2; // incremental
    }

    private long pragma(String name) throws SQLException {
        try (var statement = connection.createStatement()) {
            return Sql.number(statement, "PRAGMA " + name);
        }
    }
}
