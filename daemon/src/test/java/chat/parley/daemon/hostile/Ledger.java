package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What was heard and what was refused, from all sessions of all rounds, to be held against what is
/// in the database. For one thread.
final class Ledger {

    /// Says in its first line how many lines it has; see [Hearing#text].
    private static final Pattern MANY =
            Pattern.compile("[^\n]* of (\\d) lines(\n.*)?", Pattern.DOTALL);

    private final List<String> channels;
    private final List<Heard> heard = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();
    private int lost;

    /// What one session heard in one channel, in its order.
    record Heard(String channel, List<Line> lines) {}

    /// @param text line feeds between the lines of a message of several
    record Line(String id, String text) {

        private long sequence() {
            return Long.parseLong(id.substring(id.indexOf('-') + 1), Character.MAX_RADIX);
        }
    }

    Ledger(List<String> channels) {
        this.channels = channels;
    }

    void add(Hearing one) {
        heard.addAll(one.heard());
        refused.addAll(one.refused());
    }

    /// How many messages were heard.
    int heard() {
        return lost + heard.stream().mapToInt(one -> one.lines().size()).sum();
    }

    int refused() {
        return refused.size();
    }

    /// How many were heard and taken by a disk that lost what it had.
    int lost() {
        return lost;
    }

    /// All that was heard is in the database: once, in the order in which everybody heard it, the
    /// messages of several lines whole; and nothing that was refused.
    void assertWhole(Path data, String where) throws Exception {
        var database = Database.prepare(data);
        try (var log = SqliteLog.open(database, Durability.COMMIT)) {
            for (var channel : channels) {
                var kept = log.read(new Stream.OfChannel(channel), 0, Integer.MAX_VALUE);
                assertOnce(kept, where);
                assertHeardIsKept(channel, kept, where);
            }
        }
        assertIntegrity(data.resolve("parley.db"), where);
    }

    /// The same for a disk that lost the newest of what it had: of each channel a beginning is
    /// there. What was heard and is not goes out of the ledger, as its numbers are given again.
    ///
    /// @param copy for a copy of the data, so that the daemon itself finds them as they are
    void settle(Path data, Path copy, String where) throws Exception {
        Files.createDirectories(
                copy,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (var file : List.of("parley.db", "parley.db-wal")) {
            Files.copy(data.resolve(file), copy.resolve(file));
        }
        try (var log = SqliteLog.open(Database.prepare(copy), Durability.COMMIT)) {
            for (var channel : channels) {
                var newest = log.newest(new Stream.OfChannel(channel)).orElse(0L);
                for (var one : heard) {
                    if (one.channel().equals(channel)) {
                        lost += one.lines().size();
                        one.lines().removeIf(line -> line.sequence() > newest);
                        lost -= one.lines().size();
                    }
                }
            }
        }
        heard.removeIf(one -> one.lines().isEmpty());
        assertWhole(copy, where);
        try (var files = Files.list(copy)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private void assertOnce(List<Kept> kept, String where) {
        var texts = new HashSet<String>();
        var ids = new HashSet<String>();
        for (var i = 0; i < kept.size(); i++) {
            var one = kept.get(i);
            assertEquals(i + 1, one.sequence(), where);
            assertTrue(ids.add(one.id()), where);
            var text = one.entry().text();
            if (one.entry().command().equals("PRIVMSG")) {
                assertTrue(texts.add(text), where + ": " + one + " again");
                assertTrue(!refused.contains(text.split(" of |\n", 2)[0]), where + ": " + one);
                var many = MANY.matcher(text);
                var lines = many.matches() ? Integer.parseInt(many.group(1)) : 1;
                assertEquals(lines, text.lines().count(), where + ": " + one);
            }
        }
    }

    /// From the first to the last message that a session heard, the log has these very messages.
    private void assertHeardIsKept(String channel, List<Kept> all, String where) {
        var kept = all.stream().filter(one -> one.entry().command().equals("PRIVMSG")).toList();
        var places = new HashMap<String, Integer>();
        for (var i = 0; i < kept.size(); i++) {
            places.put(kept.get(i).id(), i);
        }
        for (var one : heard) {
            if (one.channel().equals(channel)) {
                var from = places.get(one.lines().getFirst().id());
                assertTrue(from != null, where + ": not kept: " + one.lines().getFirst());
                for (var i = 0; i < one.lines().size(); i++) {
                    var line = one.lines().get(i);
                    assertTrue(from + i < kept.size(), where + ": not kept: " + line);
                    var there = kept.get(from + i);
                    assertEquals(line, new Line(there.id(), there.entry().text()), where);
                }
            }
        }
    }

    private static void assertIntegrity(Path file, String where) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA integrity_check")) {
            assertEquals("ok", rows.getString(1), where);
        }
    }
}
