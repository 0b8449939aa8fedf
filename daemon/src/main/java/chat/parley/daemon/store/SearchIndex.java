package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.protocol.CaseMapping;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Set;

/// Writes the full-text index of what is said, inside the transaction that keeps it. Belongs to one
/// [LogTables], whose memory it is a part of.
///
/// The index holds words and numbers, not the texts. Beside the words of a text stand two words
/// that no text has a part in: who said it, and in which stream. So what is asked for is found by
/// words alone, and only where it may be read.
final class SearchIndex {

    private static final Set<String> SEARCHED = Set.of("PRIVMSG", "NOTICE");
    private static final long UNKNOWN = -1;

    private final Connection connection;
    private final PreparedStatement add;
    private long newest = UNKNOWN; // ahead of the table until the commit

    SearchIndex(Connection connection) throws SQLException {
        this.connection = connection;
        add =
                connection.prepareStatement(
                        "INSERT INTO search (rowid, text, nick, place) VALUES (?, ?, ?, ?)");
    }

    /// Who said it, as one word.
    static String nick(String nick) {
        var folded = CaseMapping.fold(nick).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(folded);
    }

    /// Where it was said, as one word.
    static String place(long stream) {
        return "s" + stream;
    }

    private static String nickOf(String source) {
        return nick(source.split("!", 2)[0]);
    }

    /// @return the number that the entry is known by; 0 for one that is not searched for
    long add(long stream, Entry entry) throws SQLException {
        if (!SEARCHED.contains(entry.command())) {
            return 0;
        }
        newest = newest() + 1;
        add.setLong(1, newest);
        add.setString(2, entry.text());
        add.setString(3, nickOf(entry.source()));
        add.setString(4, place(stream));
        add.executeUpdate();
        return newest;
    }

    /// The highest number that was ever given and is remembered: not lower than any that a device
    /// was told up to, should the newest message be taken back. What comes next has a higher one.
    long newest() throws SQLException {
        if (newest == UNKNOWN) {
            newest = Math.max(newest(connection), DeliveryTables.newestDirect(connection));
        }
        return newest;
    }

    /// The highest number that something has.
    static long newest(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            return Sql.number(
                    statement, "SELECT max(said) FROM messages INDEXED BY said WHERE said > 0");
        }
    }

    /// Closes gaps that were left by what was taken out.
    ///
    /// @param pages how many to write at most, or about
    /// @param first whether this is the first of several steps
    /// @return whether there is more to do (FTS5, "The 'merge' Command")
    boolean compact(int pages, boolean first) throws SQLException {
        try (var statement = connection.createStatement()) {
            var before = Sql.number(statement, "SELECT total_changes()");
            statement.execute(
                    "INSERT INTO search (search, rank) VALUES ('merge', "
                            + (first ? -pages : pages)
                            + ")");
            return Sql.number(statement, "SELECT total_changes()") - before >= 2;
        }
    }

    /// @param said the number; what follows must be what was added
    void remove(long said, long stream, String source, String text) throws SQLException {
        // Closed each time: VACUUM refuses while it is open.
        try (var remove =
                connection.prepareStatement(
                        "INSERT INTO search (search, rowid, text, nick, place)"
                                + " VALUES ('delete', ?, ?, ?, ?)")) {
            remove.setLong(1, said);
            remove.setString(2, text);
            remove.setString(3, nickOf(source));
            remove.setString(4, place(stream));
            remove.executeUpdate();
        }
    }
}
