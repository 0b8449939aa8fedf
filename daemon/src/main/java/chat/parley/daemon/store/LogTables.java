package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.protocol.CaseMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The tables of messages over one connection: what to say to SQLite, and nothing of threads.
/// Belongs to one [LogThread].
///
/// It remembers the newest number of each busy stream. After a failed transaction that memory is
/// wrong, so the whole thing is closed and a fresh one opened; there is nothing to repair.
final class LogTables implements AutoCloseable {

    static final String COLUMNS =
            "m.stream, m.seq, m.at_ms, m.account, m.source, m.command, m.target, m.text,"
                    + " m.client_tags";
    private static final String FROM_STREAM =
            " FROM messages m WHERE m.stream ="
                    + " (SELECT id FROM streams WHERE kind = ? AND a = ? AND b = ?) ";
    static final String SAID =
            "SELECT "
                    + COLUMNS
                    + " FROM messages m WHERE m.stream = ? AND m.account = ? AND m.once = ?";
    private static final String SINCE = "SELECT created_ms FROM accounts WHERE folded = ?";
    private static final int STREAMS_REMEMBERED = 4_096;

    private final Connection connection;
    private final String begin;
    private final PreparedStatement find;
    private final PreparedStatement found;
    private final PreparedStatement insert;
    private final PreparedStatement said;
    private final PreparedStatement number;
    private final SearchIndex index;
    private final Erasing erasing;
    private final Map<Stream, Place> places =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Stream, Place> eldest) {
                    return size() > STREAMS_REMEMBERED && !touched.contains(eldest.getValue());
                }
            };
    private final Set<Place> touched = new LinkedHashSet<>();

    /// Where a stream stands; `newest` is ahead of the table until the commit.
    private static final class Place {
        final long id;
        long newest;

        Place(long id, long newest) {
            this.id = id;
            this.newest = newest;
        }
    }

    private LogTables(Connection connection, String begin) throws SQLException {
        this.connection = connection;
        this.begin = begin;
        find =
                connection.prepareStatement(
                        "SELECT id, newest FROM streams WHERE kind = ? AND a = ? AND b = ?");
        found =
                connection.prepareStatement(
                        "INSERT INTO streams (kind, a, b, newest) VALUES (?, ?, ?, 0)");
        insert =
                connection.prepareStatement(
                        "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        index = new SearchIndex(connection);
        erasing = new Erasing(connection, index);
        said = connection.prepareStatement(SAID);
        number = connection.prepareStatement("UPDATE streams SET newest = ? WHERE id = ?");
    }

    /// Takes the connection over.
    static LogTables forWriting(Connection connection) throws SQLException {
        return over(connection, "BEGIN IMMEDIATE");
    }

    /// Takes the connection over. Every transaction sees the tables as they are when it first
    /// looks.
    static LogTables forReading(Connection connection) throws SQLException {
        return over(connection, "BEGIN");
    }

    private static LogTables over(Connection connection, String begin) throws SQLException {
        try {
            return new LogTables(connection, begin);
        } catch (SQLException problem) {
            connection.close();
            throw problem;
        }
    }

    void begin() throws SQLException {
        Sql.run(connection, begin);
    }

    void commit() throws SQLException {
        for (var place : touched) {
            store(place);
        }
        touched.clear();
        Sql.run(connection, "COMMIT");
    }

    /// Writes what is there already.
    void tryIt() throws SQLException {
        Sql.run(connection, "PRAGMA user_version = " + Schema.NEWEST);
    }

    private void store(Place place) throws SQLException {
        number.setLong(1, place.newest);
        number.setLong(2, place.id);
        number.executeUpdate();
    }

    /// What takes entries out, over the same connection.
    Erasing erasing() {
        return erasing;
    }

    /// The index of words, over the same connection.
    SearchIndex index() {
        return index;
    }

    /// Gives at most so many free pages back to the file system, if the file was made for that.
    boolean shrink(int pages) throws SQLException {
        try (var statement = connection.createStatement()) {
            // As an update: asked as a query it would give back one page.
            return statement.executeUpdate("PRAGMA incremental_vacuum(" + pages + ")") >= 0;
        }
    }

    /// The tables of channel settings, over the same connection.
    SettingsTables settings() {
        return new SettingsTables(connection);
    }

    /// Reading the messages in parts, over the same connection.
    HistoryTables history() {
        return new HistoryTables(connection);
    }

    /// Metadata, over the same connection.
    MetadataTables metadata() {
        return new MetadataTables(connection);
    }

    /// The read markers, over the same connection.
    MarkerTables markers() {
        return new MarkerTables(connection);
    }

    /// Looking for what was said, over the same connection.
    SearchTables search() {
        return new SearchTables(connection);
    }

    /// Which channels accounts are in, over the same connection.
    MembershipTables memberships() {
        return new MembershipTables(connection);
    }

    /// Every table that knows a channel by its name, over the same connection.
    NameTables names() {
        return new NameTables(connection);
    }

    /// What was said in a channel belongs to it by another name from now on.
    void renamed(String folded, String name) throws SQLException {
        var before = new Stream.OfChannel(folded);
        var place = places.get(before);
        if (place != null) {
            touched.remove(place);
            store(place); // what this transaction appended before goes with it
            places.remove(before);
        }
        names().rename(folded, name);
    }

    /// What devices were not told, over the same connection.
    MissedTables missed() {
        return new MissedTables(connection);
    }

    /// How far each device was told, over the same connection.
    DeliveryTables deliveries() {
        return new DeliveryTables(connection);
    }

    List<Kept> append(List<Entry> entries) throws SQLException {
        var kept = new ArrayList<Kept>(entries.size());
        for (var entry : entries) {
            var place = place(entry.stream());
            var before = entry.once().isEmpty() ? Optional.<Kept>empty() : said(place, entry);
            if (before.isPresent()) {
                kept.add(before.get());
                continue;
            }
            touched.add(place);
            place.newest++;
            insert.setLong(1, place.id);
            insert.setLong(2, place.newest);
            insert.setLong(3, entry.at().toEpochMilli());
            insert.setString(4, entry.account());
            insert.setString(5, entry.source());
            insert.setString(6, entry.command());
            insert.setString(7, entry.target());
            insert.setString(8, entry.text());
            insert.setString(9, entry.clientTags());
            insert.setString(10, entry.once().isEmpty() ? null : entry.once());
            insert.setLong(11, index.add(place.id, entry));
            insert.executeUpdate();
            if (entry.command().equals(ChannelLog.REDACT)) {
                erasing.erase(place.id, entry.text());
            }
            kept.add(new Kept(place.newest, id(place.id, place.newest), entry));
        }
        return kept;
    }

    /// What is there by the entry's key. If an account said it that had the name before, the key is
    /// free for the one that has it now.
    private Optional<Kept> said(Place place, Entry entry) throws SQLException {
        said.setLong(1, place.id);
        said.setString(2, entry.account());
        said.setString(3, entry.once());
        var before = rows(said, entry.stream()).stream().findFirst();
        if (before.isPresent() && before.get().entry().at().isBefore(since(entry.account()))) {
            forgetKey(place, before.get().sequence());
            return Optional.empty();
        }
        return before.map(kept -> new Kept(kept.sequence(), kept.id(), kept.entry(), true));
    }

    /// When the account was made.
    private Instant since(String account) throws SQLException {
        try (var select = connection.prepareStatement(SINCE)) {
            select.setString(1, CaseMapping.fold(account));
            try (var row = select.executeQuery()) {
                return row.next() ? Instant.ofEpochMilli(row.getLong(1)) : Instant.EPOCH;
            }
        }
    }

    private void forgetKey(Place place, long sequence) throws SQLException {
        try (var update =
                connection.prepareStatement(
                        "UPDATE messages SET once = NULL WHERE stream = ? AND seq = ?")) {
            update.setLong(1, place.id);
            update.setLong(2, sequence);
            update.executeUpdate();
        }
    }

    private static String id(long stream, long sequence) {
        return new MessageId(stream, sequence).text();
    }

    private Place place(Stream stream) throws SQLException {
        var known = places.get(stream);
        if (known != null) {
            return known;
        }
        var stored = stored(stream);
        if (stored.isEmpty()) {
            name(found, stream);
            found.executeUpdate();
            stored = stored(stream);
        }
        var place = stored.orElseThrow();
        places.put(stream, place);
        return place;
    }

    private Optional<Place> stored(Stream stream) throws SQLException {
        name(find, stream);
        try (var rows = find.executeQuery()) {
            return rows.next()
                    ? Optional.of(new Place(rows.getLong(1), rows.getLong(2)))
                    : Optional.empty();
        }
    }

    static void name(PreparedStatement statement, Stream stream) throws SQLException {
        switch (stream) {
            case Stream.OfChannel(var folded) -> {
                statement.setString(1, "channel");
                statement.setString(2, folded);
                statement.setString(3, "");
            }
            case Stream.OfPair(var first, var second) -> {
                statement.setString(1, "pair");
                statement.setString(2, first);
                statement.setString(3, second);
            }
        }
    }

    Optional<Long> newest(Stream stream) throws SQLException {
        return stored(stream).map(place -> place.newest).filter(newest -> newest > 0);
    }

    List<Kept> read(Stream stream, long after, int limit) throws SQLException {
        var sql = "SELECT " + COLUMNS + FROM_STREAM + "AND m.seq > ? ORDER BY m.seq LIMIT ?";
        try (var statement = connection.prepareStatement(sql)) {
            name(statement, stream);
            statement.setLong(4, after);
            statement.setInt(5, limit);
            return rows(statement, stream);
        }
    }

    Optional<Kept> newest(Stream stream, String command) throws SQLException {
        try (var statement = connection.prepareStatement(newestOf(command))) {
            name(statement, stream);
            statement.setString(4, command);
            return rows(statement, stream).stream().findFirst();
        }
    }

    /// Topics are rare, so they have an index. SQLite only uses it where the query says the same
    /// words as the index, not a parameter, and without statistics it has to be told.
    static String newestOf(String command) {
        var isTopic = command.equals("TOPIC");
        return "SELECT "
                + COLUMNS
                + (isTopic ? FROM_STREAM.replace(" m ", " m INDEXED BY topics ") : FROM_STREAM)
                + "AND m.command = "
                + (isTopic ? "'TOPIC' AND 'TOPIC' = ?" : "?")
                + " ORDER BY m.seq DESC LIMIT 1";
    }

    static List<Kept> rows(PreparedStatement statement, Stream stream) throws SQLException {
        var kept = new ArrayList<Kept>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                kept.add(row(rows, stream));
            }
        }
        return kept;
    }

    /// The row that a query for [#COLUMNS] stands at.
    static Kept row(ResultSet rows, Stream stream) throws SQLException {
        var sequence = rows.getLong(2);
        return new Kept(sequence, id(rows.getLong(1), sequence), entry(rows, stream));
    }

    private static Entry entry(ResultSet rows, Stream stream) throws SQLException {
        return new Entry(
                stream,
                Instant.ofEpochMilli(rows.getLong(3)),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6),
                rows.getString(7),
                rows.getString(8),
                rows.getString(9));
    }

    /// Ends an open transaction as if it had never begun.
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
