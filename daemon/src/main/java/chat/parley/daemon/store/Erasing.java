package chat.parley.daemon.store;

import java.sql.Connection;
import java.sql.SQLException;

/// Takes what was said out of the tables and the index, inside somebody's transaction: its text and
/// its tags. Who said something there, and when, stays.
///
/// The bytes go too: every connection overwrites what it frees (`secure_delete`), and
/// [WriteAheadLog] is emptied soon after. Copies that SQLite made when it split a page may stay in
/// its unused bytes until VACUUM.
final class Erasing {

    /// The command of an entry that was erased. No peer can say it: it is not in capitals.
    static final String ERASED = "erased";

    private final Connection connection;
    private final SearchIndex index;

    Erasing(Connection connection, SearchIndex index) {
        this.connection = connection;
        this.index = index;
    }

    /// @param redaction the text of the entry that takes another back: its msgid, and why
    void erase(long stream, String redaction) throws SQLException {
        var msgid = MessageId.of(redaction.split(" ", 2)[0]);
        if (msgid.isPresent() && msgid.get().stream() == stream) {
            erase(stream, msgid.get().sequence());
        }
    }

    /// What an account has put into any entry: what it said goes as above, a reason or a name goes
    /// from what it did.
    ///
    /// @return how many entries changed, which is none or one
    int erase(long stream, long sequence, String command) throws SQLException {
        return switch (command) {
            case "PRIVMSG", "NOTICE", "TAGMSG" -> erase(stream, sequence);
            case "TOPIC" -> replace(stream, sequence, ERASED, "''");
            // The first word says to whom it was done, or to which message.
            case "KICK", ChannelLog.REDACT ->
                    replace(stream, sequence, command, "substr(text, 1, instr(text, ' ') - 1)");
            case "JOIN", "PART", "QUIT" -> replace(stream, sequence, command, "''");
            default -> 0; // MODE, NICK: names that others know it by, and no words of its own
        };
    }

    /// Takes the oldest entries of a stream out altogether, their places too.
    ///
    /// @param last the number of the last of them
    /// @param except the number of one that stays; 0 if all go
    /// @return how many
    int remove(long stream, long last, long except) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "SELECT said, source, text FROM messages"
                                + " WHERE stream = ? AND seq <= ? AND seq <> ? AND said > 0")) {
            select.setLong(1, stream);
            select.setLong(2, last);
            select.setLong(3, except);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    index.remove(rows.getLong(1), stream, rows.getString(2), rows.getString(3));
                }
            }
        }
        try (var delete =
                connection.prepareStatement(
                        "DELETE FROM messages WHERE stream = ? AND seq <= ? AND seq <> ?")) {
            delete.setLong(1, stream);
            delete.setLong(2, last);
            delete.setLong(3, except);
            return delete.executeUpdate();
        }
    }

    private int replace(long stream, long sequence, String command, String text)
            throws SQLException {
        try (var update =
                connection.prepareStatement(
                        "UPDATE messages SET command = ?, text = "
                                + text
                                + ", client_tags = '' WHERE stream = ? AND seq = ?"
                                + " AND text <> "
                                + text
                                + (text.equals("''") ? "" : " AND instr(text, ' ') > 0"))) {
            update.setString(1, command);
            update.setLong(2, stream);
            update.setLong(3, sequence);
            return update.executeUpdate();
        }
    }

    private int erase(long stream, long sequence) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "SELECT said, source, text FROM messages WHERE stream = ? AND seq = ?"
                                + " AND command IN ('PRIVMSG', 'NOTICE', 'TAGMSG')")) {
            select.setLong(1, stream);
            select.setLong(2, sequence);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    return 0;
                }
                if (row.getLong(1) > 0) {
                    index.remove(row.getLong(1), stream, row.getString(2), row.getString(3));
                }
            }
        }
        return empty(stream, sequence);
    }

    private int empty(long stream, long sequence) throws SQLException {
        try (var update =
                connection.prepareStatement(
                        "UPDATE messages SET command = ?, text = '', client_tags = '', said = 0"
                                + " WHERE stream = ? AND seq = ?")) {
            update.setString(1, ERASED);
            update.setLong(2, stream);
            update.setLong(3, sequence);
            return update.executeUpdate();
        }
    }
}
