package chat.parley.daemon.store;

import chat.parley.protocol.CaseMapping;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// Erases all that one account said, in channels and to others, beside a daemon that runs: what
/// [Erasing] does to one message, done to each of them.
///
/// It looks through all that was said, some thousand entries at a time, and changes a few of them
/// in each transaction, with a pause after it, so that nobody who talks waits long. It can be
/// stopped at any moment and begun again: what is erased is no longer found.
///
/// For the one thread of a tool.
public final class PersonErasure {

    /// Entries looked at between two calls of the progress.
    private static final int LOOK = 4_096;

    /// Entries changed in one transaction: some milliseconds.
    private static final int CHANGE = 128;

    /// Pauses are so many times as long as the transaction before them.
    private static final int REST = 3;

    /// A database of this size is rewritten within the time that a daemon waits for its turn to
    /// write.
    private static final long QUICK = 256L << 20;

    private static final Duration EMPTYING = Duration.ofSeconds(20);

    private final Connection connection;
    private final Erasing erasing;
    private final String account;
    private final Progress progress;
    private final long all;
    private long looked;
    private long erased;
    private final List<String> topics = new ArrayList<>();

    /// What was erased.
    ///
    /// @param messages how many entries
    /// @param topics channels whose topic is the account's and stays, as it is the channel's too
    /// @param rewritten whether no byte is left; if not, unused parts of pages may hold some, as
    ///   the database is too large to be rewritten while a daemon writes to it
    public record Erased(long messages, List<String> topics, boolean rewritten) {

        public Erased {
            topics = List.copyOf(topics);
        }
    }

    private record Found(long sequence, String command) {}

    private PersonErasure(Connection connection, String account, Progress progress, long all)
            throws SQLException {
        this.connection = connection;
        this.erasing = new Erasing(connection, new SearchIndex(connection));
        this.account = account;
        this.progress = progress;
        this.all = all;
    }

    /// @param account its name, in any case; there need not be such an account any more
    /// @throws IOException if not all could be erased; doing it again goes on
    /// @return empty if nobody of that name ever said or did anything
    public static Optional<Erased> of(Database database, String account, Progress progress)
            throws IOException, InterruptedException {
        // The last step flushes to the disk, so each of the others need not.
        try (var connection = database.open(SynchronousMode.NORMAL)) {
            long all;
            try (var statement = connection.createStatement()) {
                all = Sql.number(statement, "SELECT count(*) FROM messages");
            }
            var erasure = new PersonErasure(connection, CaseMapping.fold(account), progress, all);
            if (!erasure.isKnown()) {
                return Optional.empty();
            }
            erasure.streams();
            var rewritten = erasure.isRewritten(database);
            erasure.empty();
            return Optional.of(new Erased(erasure.erased, erasure.topics, rewritten));
        } catch (SQLException problem) {
            throw new IOException(Sql.said(database, problem), problem);
        }
    }

    private boolean isKnown() throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "SELECT 1 FROM messages WHERE account = ? COLLATE NOCASE LIMIT 1")) {
            select.setString(1, account);
            try (var row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private void streams() throws SQLException, InterruptedException {
        var ids = new ArrayList<Long>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id FROM streams ORDER BY id")) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        for (var id : ids) {
            stream(id);
        }
    }

    private void stream(long id) throws SQLException, InterruptedException {
        var topic = topic(id);
        var after = 0L;
        for (var last = window(id, after); last > after; last = window(id, after)) {
            for (var some = found(id, after, last, topic);
                    !some.isEmpty();
                    some = found(id, after, last, topic)) {
                erase(id, some);
                after = some.getLast().sequence;
            }
            after = last;
            progress.at("erasing", looked, all);
        }
    }

    /// The number of the last of the entries to look at next.
    private long window(long stream, long after) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "SELECT max(seq), count(*) FROM (SELECT seq FROM messages WHERE stream = ?"
                                + " AND seq > ? ORDER BY seq LIMIT ?)")) {
            select.setLong(1, stream);
            select.setLong(2, after);
            select.setInt(3, LOOK);
            try (var row = select.executeQuery()) {
                looked += row.getLong(2);
                return row.getLong(1);
            }
        }
    }

    private List<Found> found(long stream, long after, long last, long topic) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "SELECT seq, command FROM messages"
                                + " WHERE stream = ? AND seq > ? AND seq <= ? AND seq <> ?"
                                // The case mapping is ascii, as this collation is.
                                + " AND account = ? COLLATE NOCASE"
                                + " AND (text <> '' OR client_tags <> '') AND command <> ?"
                                + " ORDER BY seq LIMIT ?")) {
            select.setLong(1, stream);
            select.setLong(2, after);
            select.setLong(3, last);
            select.setLong(4, topic);
            select.setString(5, account);
            select.setString(6, Erasing.ERASED);
            select.setInt(7, CHANGE);
            return rows(select);
        }
    }

    private static List<Found> rows(PreparedStatement select) throws SQLException {
        var found = new ArrayList<Found>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new Found(rows.getLong(1), rows.getString(2)));
            }
        }
        return found;
    }

    private void erase(long stream, List<Found> some) throws SQLException, InterruptedException {
        var begun = System.nanoTime();
        var changed =
                Sql.transaction(
                        connection,
                        _ -> {
                            var count = 0;
                            for (var each : some) {
                                count += erasing.erase(stream, each.sequence, each.command);
                            }
                            return count;
                        });
        erased += changed;
        TimeUnit.NANOSECONDS.sleep((System.nanoTime() - begun) * REST);
    }

    /// The number of the topic that a channel has now, if it is the account's; else 0.
    private long topic(long stream) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "SELECT seq, (SELECT a FROM streams WHERE id = stream),"
                                + " account = ? COLLATE NOCASE FROM messages m"
                                + " INDEXED BY topics WHERE stream = ? AND command = 'TOPIC'"
                                + " ORDER BY seq DESC LIMIT 1")) {
            select.setString(1, account);
            select.setLong(2, stream);
            try (var row = select.executeQuery()) {
                if (!row.next() || !row.getBoolean(3)) {
                    return 0;
                }
                topics.add(row.getString(2));
                return row.getLong(1);
            }
        }
    }

    /// SQLite overwrites what it deletes, but a page that was split keeps copies of what moved away
    /// in bytes that nothing points to. Only writing all pages anew leaves them behind. Whoever
    /// wants to write waits for it.
    private boolean isRewritten(Database database) throws SQLException, IOException {
        try (var _ = OnlyServer.alone(database.dataDir())) {
            return isRewritten();
        } catch (Refused _) { // a daemon runs
            return database.size() <= QUICK && isRewritten();
        }
    }

    private boolean isRewritten() throws SQLException {
        progress.at("rewriting the database", 0, 0);
        Sql.run(connection, "VACUUM");
        return true;
    }

    /// Until nobody reads what is in the write-ahead log, it cannot be emptied.
    private void empty() throws SQLException, IOException, InterruptedException {
        var until = System.nanoTime() + EMPTYING.toNanos();
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = FULL");
            while (Sql.number(statement, "PRAGMA wal_checkpoint(TRUNCATE)") != 0) {
                if (System.nanoTime() - until > 0) {
                    throw new IOException(
                            "erased, but copies are left in the write-ahead log, which somebody"
                                    + " reads: do it again in a while");
                }
                progress.at("emptying the write-ahead log", 0, 0);
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }
}
