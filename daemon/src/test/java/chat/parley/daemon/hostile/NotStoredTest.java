package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.observe.Recorded;
import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that refuses, as if the disk were full: nobody hears what was not kept, and the
/// daemon goes on.
class NotStoredTest {

    private static final String FULL =
            "CREATE TRIGGER full BEFORE INSERT ON messages"
                    + " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END";

    @Test
    void what_is_said_is_refused_to_its_speaker_and_heard_by_nobody_until_it_is_kept_again(
            @TempDir Path dir) throws SQLException {
        try (var daemon = new TestDaemon(dir).account("ann").account("bob");
                var bob = daemon.login("bob");
                var ann = daemon.login("ann", "echo-message", "labeled-response");
                var log = new Recorded()) {
            bob.expect(":ann!* JOIN #lobby");
            ann.send("TOPIC #lobby :before");
            bob.expectNext(":ann!* TOPIC #lobby :before");
            ann.send("JOIN #tea");
            ann.settle();

            run(dir, FULL);
            ann.settle();
            for (var line :
                    new String[] {
                        "PRIVMSG #lobby :lost",
                        "NOTICE #lobby :lost",
                        "SAY lost",
                        "TOPIC #lobby :lost",
                        "PRIVMSG bob :lost",
                        "RENAME #tea #lost"
                    }) {
                ann.send("@label=x1 " + line);
                var command = line.substring(0, line.indexOf(' ')).replace("SAY", "PRIVMSG");
                var answer = ann.expectNext(":parley.example FAIL " + command + " NOT_STORED …");
                assertTrue(answer.startsWith("@label=x1 "), answer);
            }
            ann.send("CAP REQ :draft/multiline batch");
            ann.expectNext(":parley.example CAP ann ACK …");
            ann.send("@label=x1 BATCH +x draft/multiline #lobby");
            ann.send("@batch=x PRIVMSG #lobby :lost");
            ann.send("@batch=x PRIVMSG #lobby :both");
            ann.send("BATCH -x");
            ann.expectNext("@label=x1 :parley.example FAIL PRIVMSG NOT_STORED #lobby …");
            bob.expectNothing();
            topicIs(bob, "before");
            assertEquals(
                    1, log.lines().stream().filter(l -> l.contains("database refuses")).count());
            goesOn(daemon);

            run(dir, "DROP TRIGGER full");
            bob.expect(":carol!* QUIT …");
            ann.send("PRIVMSG #lobby :kept");
            bob.expectNext(":ann!* PRIVMSG #lobby :kept");
            ann.send("TOPIC #lobby :after");
            bob.expectNext(":ann!* TOPIC #lobby :after");
            topicIs(bob, "after");
            ann.send("TOPIC #tea :it is called as before");
            ann.expect(":ann!* TOPIC #tea :it is called as before");
            ann.send("TOPIC #lost");
            ann.expectNext(":parley.example 403 ann #lost …");

            assertTrue(!log.text().contains("lost"), log.text());
        }
    }

    @Test
    void what_is_said_of_oneself_or_a_channel_is_refused_and_heard_by_nobody(@TempDir Path dir)
            throws SQLException {
        try (var daemon = new TestDaemon(dir).account("ann").account("bob");
                var ann = daemon.login("ann", "draft/metadata-3", "batch");
                var bob = daemon.login("bob", "draft/metadata-3", "batch")) {
            ann.expect(":bob!* JOIN #lobby");
            ann.send("JOIN #tea");
            ann.expect(":* BATCH -*");
            bob.send("JOIN #tea");
            bob.send("METADATA * SUB status");
            bob.expect(":* 774 bob *ALL …");
            ann.expect(":bob!* JOIN #tea");
            ann.send("METADATA * SET status :before");
            ann.expectNext(":* 761 ann ann status * :before");
            bob.expectNext(":* 761 bob ann status * :before");

            run(dir, FULL.replace("messages", "metadata"));
            ann.send("METADATA * SET status :lost");
            ann.expectNext(":* FAIL METADATA NOT_STORED ann …");
            ann.send("METADATA #tea SET status :lost");
            ann.expectNext(":* FAIL METADATA NOT_STORED #tea …");
            bob.expectNothing();
            bob.send("METADATA ann SYNC");
            bob.expectNext(":* BATCH +* metadata :ann");
            bob.expectNext(":* 761 bob ann status * :before");
            bob.expectNext(":* BATCH -*");

            run(dir, "DROP TRIGGER full");
            ann.send("METADATA * SET status :after");
            ann.expectNext(":* 761 ann ann status * :after");
            bob.expectNext(":* 761 bob ann status * :after");
        }
    }

    @Test
    void what_is_taken_back_stays_until_that_is_kept(@TempDir Path dir) throws SQLException {
        try (var daemon = new TestDaemon(dir).account("ann").account("bob");
                var ann = daemon.login("ann", "echo-message", "message-tags", "draft/chathistory");
                var bob = daemon.login("bob", "draft/message-redaction", "message-tags")) {
            ann.expect(":bob!* JOIN #lobby");
            ann.send("PRIVMSG #lobby :a slip");
            var said = ann.expectNext("@* :ann!* PRIVMSG #lobby :a slip");
            bob.expectNext("@* :ann!* PRIVMSG #lobby :a slip");
            var id = said.replaceAll(".*msgid=([^; ]+).*", "$1");

            run(dir, FULL.replace("INSERT", "UPDATE"));
            ann.send("REDACT #lobby " + id);
            ann.expectNext(":* FAIL REDACT NOT_STORED …");
            run(dir, "DROP TRIGGER full");
            run(dir, FULL);
            ann.send("REDACT #lobby " + id);
            ann.expectNext(":* FAIL REDACT NOT_STORED …");
            bob.expectNothing();
            ann.send("CHATHISTORY LATEST #lobby * 1");
            ann.expect("@* :ann!* PRIVMSG #lobby :a slip");

            run(dir, "DROP TRIGGER full");
            ann.send("REDACT #lobby " + id);
            bob.expectNext("@* :ann!* REDACT #lobby :" + id);
        }
    }

    @Test
    void markers_that_cannot_be_kept_and_a_log_that_cannot_be_read_are_said(@TempDir Path dir)
            throws SQLException {
        try (var daemon = new TestDaemon(dir).account("ann");
                var ann = daemon.login("ann", "draft/read-marker", "draft/chathistory")) {
            run(dir, FULL.replace("messages", "markers"));
            ann.send("MARKREAD #lobby timestamp=2026-01-31T12:00:00.000Z");
            ann.expectNext(":* FAIL MARKREAD INTERNAL_ERROR #lobby …");
            run(dir, "DROP TRIGGER full");
            ann.send("MARKREAD #lobby timestamp=2026-01-31T12:00:00.000Z");
            ann.expectNext(":* MARKREAD #lobby :timestamp=2026-01-31T12:00:00.000Z");

            run(dir, "ALTER TABLE messages RENAME TO gone");
            ann.send("CHATHISTORY LATEST #lobby * 10");
            ann.expectNext(":* FAIL CHATHISTORY MESSAGE_ERROR LATEST #lobby …");
            run(dir, "ALTER TABLE gone RENAME TO messages");
            ann.send("SAY hello");
            ann.settle();
            ann.send("CHATHISTORY LATEST #lobby * 10");
            ann.expectNext(":ann!* PRIVMSG #lobby :hello");
        }
    }

    @Test
    void what_is_said_to_who_is_away_is_refused_while_accounts_cannot_be_read(@TempDir Path dir)
            throws SQLException {
        try (var daemon = new TestDaemon(dir).account("ann").account("bob");
                var ann = daemon.login("ann", "echo-message")) {
            run(dir, "ALTER TABLE accounts RENAME TO gone");
            for (var command : new String[] {"PRIVMSG", "NOTICE"}) {
                ann.send(command + " bob :lost");
                ann.expectNext(":* FAIL " + command + " NOT_STORED bob …");
            }
            run(dir, "ALTER TABLE gone RENAME TO accounts");
            ann.send("NOTICE bob :kept");
            ann.expectNext(":ann!* NOTICE bob :kept");
        }
    }

    private static void topicIs(Wire wire, String topic) {
        wire.send("TOPIC #lobby");
        wire.expectNext(":parley.example 332 bob #lobby :" + topic);
        wire.expectNext(":parley.example 333 …");
    }

    /// Who comes, asks, and goes needs no message kept.
    private static void goesOn(TestDaemon daemon) {
        daemon.account("carol");
        try (var carol = daemon.login("carol")) {
            carol.send("JOIN #other");
            carol.expect(":carol!* JOIN #other");
            carol.send("PING x");
            carol.expect(":parley.example PONG parley.example :x");
            carol.send("QUIT");
            carol.expectClosed();
        }
    }

    private static void run(Path dir, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + dir.resolve("data/parley.db"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
