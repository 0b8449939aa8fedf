package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.History.Shown;
import chat.parley.daemon.store.HistoryTables.Found;
import chat.parley.daemon.store.HistoryTables.Gap;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Reading what a device was not told: what to say to SQLite, inside somebody's transaction.
final class MissedTables {

    private final Connection connection;
    private final HistoryTables history;

    MissedTables(Connection connection) {
        this.connection = connection;
        this.history = new HistoryTables(connection);
    }

    /// The newest messages of a channel after one number, up to another.
    Missed of(Stream stream, long after, long until, int limit) throws SQLException {
        var found = history.find(stream, Instant.EPOCH);
        return found.isPresent()
                ? missed(found.get(), new Gap(after, until + 1), Most.unasked(limit))
                : Missed.none(stream);
    }

    private Missed missed(Found in, Gap gap, Most most) throws SQLException {
        var newest = history.newest(in, gap, Shown.MESSAGES, most);
        var told = newest.isEmpty() ? gap.before() : newest.getFirst().sequence();
        return new Missed(in.stream(), newest, count(in, new Gap(gap.after(), told)));
    }

    private int count(Found in, Gap gap) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "SELECT count(*) FROM (SELECT 1 FROM messages WHERE stream = ?"
                                + " AND seq > ? AND seq < ? AND command IN ('PRIVMSG', 'NOTICE')"
                                + " LIMIT ?)")) {
            statement.setLong(1, in.id());
            statement.setLong(2, Math.max(gap.after(), in.floor()));
            statement.setLong(3, gap.before());
            statement.setInt(4, Missed.MANY);
            try (var row = statement.executeQuery()) {
                return row.getInt(1);
            }
        }
    }

    // ---- conversations of two

    /// What of a conversation is behind one position and up to another.
    private record Part(Found in, Gap gap, long first) {}

    /// @param after the position that the device was told up to
    List<Missed> direct(String account, Instant since, long after, long until, int limit)
            throws SQLException {
        var parts = new ArrayList<Part>();
        for (var found : history.streamsOf(account, since, List.of())) {
            var first = firstFrom(found, after + 1);
            var end = firstFrom(found, until + 1);
            if (first < end) {
                parts.add(new Part(found, new Gap(first - 1, end), said(found, first)));
            }
        }
        parts.sort(Comparator.comparingLong(Part::first));
        var all = new ArrayList<Missed>();
        for (var part : parts) {
            all.add(missed(part.in, part.gap, Most.share(limit, parts.size())));
        }
        all.removeIf(Missed::isEmpty);
        return all;
    }

    /// The number of the first message that has this position or a later one; the one after the
    /// newest entry if none has. Positions grow with the numbers of a stream.
    private long firstFrom(Found in, long position) throws SQLException {
        try (var statement = connection.prepareStatement(FROM)) {
            statement.setLong(1, in.id());
            return Sql.firstFrom(statement, 2, in.floor() + 1, in.newest() + 1, position);
        }
    }

    private long said(Found in, long sequence) throws SQLException {
        try (var statement = connection.prepareStatement(FROM)) {
            statement.setLong(1, in.id());
            statement.setLong(2, sequence);
            try (var row = statement.executeQuery()) {
                return row.next() ? row.getLong(2) : Long.MAX_VALUE;
            }
        }
    }

    /// The plus keeps SQLite from looking through what was said everywhere.
    static final String FROM =
            "SELECT seq, said FROM messages WHERE stream = ? AND seq >= ? AND +said > 0"
                    + " ORDER BY seq LIMIT 1";
}
