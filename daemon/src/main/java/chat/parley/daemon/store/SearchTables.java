package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.HistoryTables.Found;
import chat.parley.daemon.store.Search.Scope;
import chat.parley.daemon.store.Search.Wanted;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sqlite.ProgressHandler;

/// Looks for what was said in the full-text index: what to say to SQLite, inside somebody's
/// transaction.
///
/// The numbers in the index grow with time, but for what many channels said at the same moment. So
/// what is found comes in the right order by itself, and a moment is found by halving.
final class SearchTables {

    /// By how much the times of what was kept one after the other may go back.
    private static final Duration OUT_OF_ORDER = Duration.ofMinutes(1);

    private static final int STEPS = 10_000; // of SQLite's machine, between two looks at the clock

    private final Connection connection;
    private final HistoryTables history;

    SearchTables(Connection connection) {
        this.connection = connection;
        this.history = new HistoryTables(connection);
    }

    /// @param within how long it may take
    Optional<List<Kept>> find(Scope where, Wanted what, Duration within) throws SQLException {
        var deadline = System.nanoTime() + within.toNanos();
        ProgressHandler.setHandler(
                connection,
                STEPS,
                new ProgressHandler() {
                    @Override
                    protected int progress() {
                        return System.nanoTime() - deadline < 0 ? 0 : 1;
                    }
                });
        try {
            return Optional.of(find(where, what));
        } catch (SQLException problem) {
            if (System.nanoTime() - deadline < 0) {
                throw problem;
            }
            return Optional.empty(); // interrupted
        } finally {
            ProgressHandler.clearHandler(connection);
        }
    }

    private List<Kept> find(Scope where, Wanted what) throws SQLException {
        var places = new HashMap<Long, Stream>();
        for (var found : places(where)) {
            if (found.floor() < found.newest()) { // else nothing in it is for this account
                places.put(found.id(), found.stream());
            }
        }
        if (places.isEmpty()) {
            return List.of();
        }
        var query = Query.of(what, places.keySet());
        var kept = new ArrayList<Kept>();
        try (var statement = connection.prepareStatement(query.sql())) {
            statement.setLong(1, first(what.after()));
            statement.setLong(2, last(what.before()));
            statement.setLong(3, what.after().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE));
            statement.setLong(4, what.before().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
            statement.setLong(5, where.since().toEpochMilli());
            statement.setString(6, places.keySet().toString()); // numbers: an array of JSON
            statement.setInt(7, what.limit());
            if (!query.expression.isEmpty()) {
                statement.setString(8, query.expression);
            }
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var stream = Objects.requireNonNull(places.get(rows.getLong(1)));
                    kept.add(LogTables.row(rows, stream));
                }
            }
        }
        var some = Most.askedFor(what.limit()).of(kept);
        return query.forward ? some : some.reversed();
    }

    private List<Found> places(Scope where) throws SQLException {
        return where.in().isPresent()
                ? history.find(where.in().get(), where.since()).stream().toList()
                : history.streamsOf(where.account(), where.since(), where.channels());
    }

    /// How to look for something.
    ///
    /// @param expression what the index is asked; empty if there is nothing to ask it
    record Query(String expression, boolean forward) {

        /// The words for a few places make a small set smaller; those for many cost more than
        /// looking where each message was said.
        private static final int FEW_PLACES = 8;

        static Query of(Wanted what, Set<Long> places) {
            var all = new ArrayList<String>();
            what.words().forEach(word -> all.add("text : " + quoted(word)));
            what.nick().ifPresent(nick -> all.add("nick : " + quoted(SearchIndex.nick(nick))));
            if (places.size() <= FEW_PLACES) {
                all.add(
                        places.stream()
                                .map(stream -> quoted(SearchIndex.place(stream)))
                                .collect(Collectors.joining(" OR ", "place : (", ")")));
            }
            return new Query(String.join(" AND ", all), what.after().isPresent());
        }

        /// The index leads, in its own order, and each hit is one look into the messages. Channels
        /// are for their members from the beginning. The plus keeps SQLite from looking for each
        /// hit in each place.
        String sql() {
            return "SELECT "
                    + LogTables.COLUMNS
                    + (expression.isEmpty()
                            ? " FROM messages m INDEXED BY said WHERE m.said > 0"
                            : " FROM search CROSS JOIN messages m INDEXED BY said"
                                    + " ON m.said = search.rowid AND m.said > 0"
                                    + " WHERE search MATCH ?8")
                    + (" AND number >= ?1 AND number <= ?2"
                                    + " AND m.at_ms >= ?3 AND m.at_ms <= ?4"
                                    + " AND (m.at_ms > ?5 OR m.target LIKE '#%')"
                                    + " AND +m.stream IN (SELECT value FROM json_each(?6))"
                                    + " ORDER BY number "
                                    + (forward ? "ASC" : "DESC")
                                    + " LIMIT ?7")
                            .replace("number", expression.isEmpty() ? "m.said" : "search.rowid");
        }
    }

    /// Every word stands in quotes, in which only the quote itself means anything (FTS5, "FTS5
    /// Strings"), and what would end the whole text.
    private static String quoted(String word) {
        return '"' + word.replace("\"", "\"\"").replace('\0', ' ') + '"';
    }

    private long first(Optional<Instant> after) throws SQLException {
        return after.isEmpty() ? 0 : firstFrom(after.get().minus(OUT_OF_ORDER));
    }

    private long last(Optional<Instant> before) throws SQLException {
        return before.isEmpty() ? Long.MAX_VALUE : firstFrom(before.get().plus(OUT_OF_ORDER));
    }

    /// The first number, or about, of what is not older.
    private long firstFrom(Instant moment) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "SELECT said, at_ms FROM messages INDEXED BY said"
                                + " WHERE said >= ? AND said > 0 ORDER BY said LIMIT 1")) {
            var end = SearchIndex.newest(connection) + 1;
            return Sql.firstFrom(statement, 1, 1, end, moment.toEpochMilli());
        }
    }
}
