package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.History.Conversation;
import chat.parley.daemon.store.History.Part;
import chat.parley.daemon.store.History.Place;
import chat.parley.daemon.store.History.Shown;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reading the table of messages in parts: what to say to SQLite, inside somebody's transaction.
///
/// Times grow with the numbers of a stream, so a moment is found by halving: no index on time slows
/// down those who write.
final class HistoryTables {

    private final Connection connection;

    HistoryTables(Connection connection) {
        this.connection = connection;
    }

    /// A stream as the tables know it.
    ///
    /// @param floor the number of the newest entry that is not for who reads
    /// @param newest the number of its newest entry
    record Found(Stream stream, long id, long floor, long newest) {}

    /// What lies between two numbers, which are not part of it.
    record Gap(long after, long before) {}

    List<Kept> read(Stream stream, Instant since, Part part, Shown shown, int limit)
            throws SQLException {
        var found = find(stream, since);
        return found.isPresent() ? read(found.get(), part, shown, Most.askedFor(limit)) : List.of();
    }

    /// The number of the newest entry that is older than this moment; 0 if none is.
    long newestBefore(Stream stream, Instant moment) throws SQLException {
        var found = find(stream, Instant.EPOCH);
        return found.isPresent() ? firstFrom(found.get(), moment.toEpochMilli()) - 1 : 0;
    }

    private List<Kept> read(Found in, Part part, Shown shown, Most most) throws SQLException {
        var all = new Gap(0, Long.MAX_VALUE);
        switch (part) {
            case Part.Latest() -> {
                return newest(in, all, shown, most);
            }
            case Part.LatestAfter(var place) -> {
                var after = last(in, place);
                return after.isEmpty()
                        ? List.of()
                        : newest(in, new Gap(after.getAsLong(), all.before), shown, most);
            }
            case Part.Before(var place) -> {
                var before = first(in, place);
                return before.isEmpty()
                        ? List.of()
                        : newest(in, new Gap(0, before.getAsLong()), shown, most);
            }
            case Part.After(var place) -> {
                var after = last(in, place);
                return after.isEmpty()
                        ? List.of()
                        : oldest(in, new Gap(after.getAsLong(), all.before), shown, most);
            }
            case Part.Around(var place) -> {
                return around(in, place, shown, most);
            }
            case Part.Between(var from, var to) -> {
                return between(in, from, to, shown, most);
            }
        }
    }

    private List<Kept> around(Found in, Place place, Shown shown, Most most) throws SQLException {
        var middle = first(in, place);
        if (middle.isEmpty()) {
            return List.of();
        }
        var at = middle.getAsLong();
        var limit = most.entries();
        var newer = oldest(in, new Gap(at - 1, Long.MAX_VALUE), shown, most.half());
        var older = newest(in, new Gap(0, at), shown, most.half());
        // As many before as after, the place itself aside; more where the other side has less.
        var before = Math.min(older.size(), Math.max((limit - 1) / 2, limit - newer.size()));
        var around = new ArrayList<>(older.subList(older.size() - before, older.size()));
        around.addAll(newer.subList(0, Math.min(newer.size(), limit - before)));
        return around;
    }

    private List<Kept> between(Found in, Place from, Place to, Shown shown, Most most)
            throws SQLException {
        var start = first(in, from);
        var end = first(in, to);
        if (start.isEmpty() || end.isEmpty()) {
            return List.of();
        }
        var forward = start.getAsLong() <= end.getAsLong();
        var after = last(in, forward ? from : to).orElseThrow();
        var gap = new Gap(after, Math.max(start.getAsLong(), end.getAsLong()));
        return forward ? oldest(in, gap, shown, most) : newest(in, gap, shown, most);
    }

    /// The number of the first entry at the place or after it; none for a message that is not in
    /// this stream.
    private OptionalLong first(Found in, Place place) throws SQLException {
        return switch (place) {
            case Place.Message(var msgid) -> numberOf(in, msgid);
            case Place.Moment(var at) -> OptionalLong.of(firstFrom(in, at.toEpochMilli()));
        };
    }

    /// The number of the last entry before the place or at it.
    private OptionalLong last(Found in, Place place) throws SQLException {
        return switch (place) {
            case Place.Message(var msgid) -> numberOf(in, msgid);
            case Place.Moment(var at) -> OptionalLong.of(firstFrom(in, at.toEpochMilli() + 1) - 1);
        };
    }

    private static OptionalLong numberOf(Found in, String msgid) {
        return MessageId.of(msgid)
                .filter(id ->
                        id.stream() == in.id
                                && id.sequence() > in.floor
                                && id.sequence() <= in.newest)
                .map(id -> OptionalLong.of(id.sequence()))
                .orElse(OptionalLong.empty());
    }

    /// The number of the first entry that is not older; the one after the newest if all are.
    private long firstFrom(Found in, long millis) throws SQLException {
        var sql =
                "SELECT seq, at_ms FROM messages WHERE stream = ? AND seq >= ?"
                        + " ORDER BY seq LIMIT 1";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, in.id);
            return Sql.firstFrom(statement, 2, in.floor + 1, in.newest + 1, millis);
        }
    }

    private List<Kept> oldest(Found in, Gap gap, Shown shown, Most most) throws SQLException {
        return entries(in, gap, shown, "ASC", most);
    }

    List<Kept> newest(Found in, Gap gap, Shown shown, Most most) throws SQLException {
        return entries(in, gap, shown, "DESC", most).reversed();
    }

    private List<Kept> entries(Found in, Gap gap, Shown shown, String order, Most most)
            throws SQLException {
        var sql =
                "SELECT "
                        + LogTables.COLUMNS
                        + " FROM messages m WHERE m.stream = ? AND m.seq > ? AND m.seq < ?"
                        + only(shown)
                        + " ORDER BY m.seq "
                        + order
                        + " LIMIT ?";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, in.id);
            statement.setLong(2, Math.max(gap.after, in.floor));
            statement.setLong(3, gap.before);
            statement.setInt(4, most.entries());
            return most.of(LogTables.rows(statement, in.stream));
        }
    }

    private static String only(Shown shown) {
        return switch (shown) {
            case MESSAGES -> " AND m.command IN ('PRIVMSG', 'NOTICE')";
            case EVENTS -> " AND m.command NOT IN ('REDACT', '" + Erasing.ERASED + "')";
            case EVENTS_AND_REDACTIONS -> " AND m.command <> '" + Erasing.ERASED + "'";
        };
    }

    /// The entry with this msgid, unless it was taken back.
    Optional<Kept> entry(Stream stream, String msgid) throws SQLException {
        var in = find(stream, Instant.EPOCH);
        var number = in.isPresent() ? numberOf(in.get(), msgid) : OptionalLong.empty();
        if (in.isEmpty() || number.isEmpty()) {
            return Optional.empty();
        }
        var gap = new Gap(number.getAsLong() - 1, number.getAsLong() + 1);
        return oldest(in.get(), gap, Shown.EVENTS_AND_REDACTIONS, Most.askedFor(1)).stream()
                .findFirst();
    }

    // ---- which streams

    /// The stream, as far as it is for an account that was made then.
    Optional<Found> find(Stream stream, Instant since) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "SELECT id, newest FROM streams WHERE kind = ? AND a = ? AND b = ?")) {
            LogTables.name(statement, stream);
            try (var row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(found(stream, row.getLong(1), row.getLong(2), since))
                        : Optional.empty();
            }
        }
    }

    /// A channel is for its members, all of it; a conversation for the two accounts, as long as
    /// they are there.
    private Found found(Stream stream, long id, long newest, Instant since) throws SQLException {
        var all = new Found(stream, id, 0, newest);
        return switch (stream) {
            case Stream.OfChannel _ -> all;
            case Stream.OfPair _ -> {
                var after = since.toEpochMilli() + 1;
                var floor = isOlder(id, after) ? firstFrom(all, after) - 1 : 0;
                yield new Found(stream, id, floor, newest);
            }
        };
    }

    /// Whether the stream's first entry is older than that; hardly ever, so worth a look.
    private boolean isOlder(long stream, long millis) throws SQLException {
        var sql = "SELECT at_ms FROM messages WHERE stream = ? ORDER BY seq LIMIT 1";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, stream);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getLong(1) < millis;
            }
        }
    }

    List<Conversation> conversations(
            String account,
            Instant since,
            Collection<String> channels,
            Instant from,
            Instant to,
            int limit)
            throws SQLException {
        var forward = !to.isBefore(from);
        var after = forward ? from : to;
        var before = forward ? to : from;
        var all = new ArrayList<Conversation>();
        for (var found : streamsOf(account, since, channels)) {
            for (var kept :
                    newest(found, new Gap(0, Long.MAX_VALUE), Shown.MESSAGES, Most.askedFor(1))) {
                var at = kept.entry().at();
                if (at.isAfter(after) && at.isBefore(before)) {
                    all.add(new Conversation(found.stream, kept));
                }
            }
        }
        all.sort(Comparator.comparing(conversation -> conversation.newest().entry().at()));
        var size = Math.min(limit, all.size());
        return forward ? all.subList(0, size) : all.subList(all.size() - size, all.size());
    }

    /// The channels, and all conversations of the account.
    List<Found> streamsOf(String account, Instant since, Collection<String> channels)
            throws SQLException {
        var all = new ArrayList<Found>();
        for (var channel : channels) {
            find(new Stream.OfChannel(channel), since).ifPresent(all::add);
        }
        try (var statement =
                connection.prepareStatement(
                        "SELECT a, b, id, newest FROM streams WHERE kind = 'pair' AND a = ?1"
                                + " UNION SELECT a, b, id, newest FROM streams"
                                + " WHERE kind = 'pair' AND b = ?1")) {
            statement.setString(1, account);
            all.addAll(pairs(statement, since));
        }
        return all;
    }

    private List<Found> pairs(PreparedStatement statement, Instant since) throws SQLException {
        var all = new ArrayList<Found>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                var pair = new Stream.OfPair(rows.getString(1), rows.getString(2));
                all.add(found(pair, rows.getLong(3), rows.getLong(4), since));
            }
        }
        return all;
    }
}
