package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.protocol.CaseMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/// What was said, read from end to end for a tool, over a connection that cannot write, beside a
/// daemon that runs.
///
/// It reads some entries at a time and holds no transaction between them, so a slow receiver does
/// not make the write-ahead log grow; what is said meanwhile is in it or not. For one thread.
public final class Export implements AutoCloseable {

    private static final int AT_ONCE = 512;

    private final Connection connection;
    private final Instant since;
    private final Instant until;
    private final Progress progress;

    /// Hears each entry, in the order of its stream.
    public interface Receiver {
        void hear(Kept kept) throws IOException;
    }

    private record Found(Stream stream, long id) {}

    private Export(Connection connection, Instant since, Instant until, Progress progress) {
        this.connection = connection;
        this.since = since;
        this.until = until;
        this.progress = progress;
    }

    /// @param since what was kept before is left out
    /// @param until and so is what was kept then or later
    /// @throws Refused if there is no database that this version can read
    public static Export open(Path dataDir, Instant since, Instant until, Progress progress)
            throws IOException, Refused {
        var file = Database.in(dataDir);
        if (!Files.exists(file)) {
            throw new Refused("there is no database " + file);
        }
        var settings = new SQLiteConfig();
        settings.setReadOnly(true);
        settings.setBusyTimeout(Database.BUSY_MILLIS);
        try {
            var connection = settings.createConnection("jdbc:sqlite:" + file);
            long schema;
            try (var statement = connection.createStatement()) {
                schema = Sql.number(statement, "PRAGMA user_version");
            }
            if (schema < 1 || schema > Schema.NEWEST) {
                connection.close();
                throw new Refused(
                        "%s has schema %d; this version knows %d"
                                .formatted(file, schema, Schema.NEWEST));
            }
            return new Export(connection, since, until, progress);
        } catch (SQLException problem) {
            throw new IOException(Sql.said(file, problem), problem);
        }
    }

    /// All that happened in a channel.
    ///
    /// @param channel its name, in any case
    /// @return how many entries; empty if there never was such a channel
    public Optional<Long> channel(String channel, Receiver receiver) throws IOException {
        try {
            var count = 0L;
            var found = streams("kind = 'channel' AND a = ?1", CaseMapping.fold(channel));
            for (var stream : found) {
                count += read(stream, "", receiver);
            }
            return found.isEmpty() ? Optional.empty() : Optional.of(count);
        } catch (SQLException problem) {
            throw new IOException(problem.getMessage(), problem);
        }
    }

    /// All that an account said and did in channels, and its conversations, both sides of them.
    ///
    /// @param account its name, in any case
    /// @return how many entries
    public long account(String account, Receiver receiver) throws IOException {
        try {
            var count = 0L;
            var folded = CaseMapping.fold(account);
            for (var stream : streams("kind = 'channel' AND ?1 <> ''", folded)) {
                count += read(stream, folded, receiver);
            }
            for (var stream : streams("kind = 'pair' AND (a = ?1 OR b = ?1)", folded)) {
                count += read(stream, "", receiver);
            }
            return count;
        } catch (SQLException problem) {
            throw new IOException(problem.getMessage(), problem);
        }
    }

    private List<Found> streams(String which, String parameter) throws SQLException {
        var all = new ArrayList<Found>();
        try (var select =
                connection.prepareStatement(
                        "SELECT kind, a, b, id FROM streams WHERE " + which + " ORDER BY a, b")) {
            select.setString(1, parameter);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var stream =
                            rows.getString(1).equals("channel")
                                    ? new Stream.OfChannel(rows.getString(2))
                                    : new Stream.OfPair(rows.getString(2), rows.getString(3));
                    all.add(new Found(stream, rows.getLong(4)));
                }
            }
        }
        return all;
    }

    /// @param account whose entries only; empty for all
    private long read(Found in, String account, Receiver receiver)
            throws SQLException, IOException {
        var sql =
                "SELECT "
                        + LogTables.COLUMNS
                        + " FROM messages m WHERE m.stream = ? AND m.seq > ? AND m.seq <= ?"
                        + " AND m.at_ms >= ? AND m.at_ms < ?"
                        + (account.isEmpty() ? "" : " AND m.account = ? COLLATE NOCASE")
                        + " ORDER BY m.seq";
        var count = 0L;
        try (var select = connection.prepareStatement(sql)) {
            select.setLong(1, in.id);
            select.setLong(4, since.toEpochMilli());
            select.setLong(5, until.toEpochMilli());
            if (!account.isEmpty()) {
                select.setString(6, account);
            }
            var after = 0L;
            for (var last = window(in, after); last > after; last = window(in, after)) {
                select.setLong(2, after);
                select.setLong(3, last);
                count += tell(select, in.stream, receiver);
                after = last;
                progress.at("exporting " + count, 0, 0);
            }
        }
        return count;
    }

    private static int tell(PreparedStatement select, Stream stream, Receiver receiver)
            throws SQLException, IOException {
        var some = LogTables.rows(select, stream);
        for (var kept : some) {
            receiver.hear(kept);
        }
        return some.size();
    }

    private long window(Found in, long after) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "SELECT max(seq) FROM (SELECT seq FROM messages WHERE stream = ?"
                                + " AND seq > ? ORDER BY seq LIMIT ?)")) {
            select.setLong(1, in.id);
            select.setLong(2, after);
            select.setInt(3, AT_ONCE);
            try (var row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException problem) {
            throw new IOException(problem.getMessage(), problem);
        }
    }
}
