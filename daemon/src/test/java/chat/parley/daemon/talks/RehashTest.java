package chat.parley.daemon.talks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.observe.Recorded;
import chat.parley.daemon.store.Account.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What changes while the daemon runs, and what does not.
@Timeout(60)
class RehashTest {

    @TempDir Path dir;
    private TestDaemon daemon;
    private Wire olga;
    private String before;

    @BeforeEach
    void start() throws IOException {
        daemon = new TestDaemon(dir).account("ann").account("bob").account("olga", Role.OPERATOR);
        olga = daemon.login("olga");
        olga.send("OPER");
        olga.expect(":olga!* MODE olga …");
        before = Files.readString(daemon.conf());
    }

    @AfterEach
    void stop() {
        olga.close();
        daemon.close();
    }

    private void write(String... settings) throws IOException {
        Files.writeString(daemon.conf(), before + String.join("\n", settings));
    }

    private void rehash() {
        olga.send("REHASH");
        olga.expectNext(":parley.example 382 olga " + daemon.conf() + " :Rehashing");
    }

    @Test
    void what_can_change_is_taken_up_and_what_cannot_is_named() throws IOException {
        var motd = Files.writeString(dir.resolve("motd.txt"), "Tea is at four.");
        write(
                "parley.motd-file = \"" + motd + "\"",
                "parley.channels.autojoin = [\"#lobby\", \"#news\"]",
                "parley.limits.rate { burst = 10, every = 200ms, patience = 1s }",
                "parley.network = Other",
                "parley.limits.inbox = 7");
        try (var log = new Recorded()) {
            rehash();
            olga.expectNext(
                    ":parley.example NOTICE olga :The configuration was read: taken up:"
                            + " channels.autojoin, limits.rate.burst, limits.rate.every,"
                            + " limits.rate.patience, motd-file; needs a restart: limits.inbox,"
                            + " network");
            assertTrue(
                    log.lines().stream()
                            .anyMatch(line -> line.contains("configuration read again")),
                    log.text());
        }
        olga.send("MOTD");
        olga.expectNext(":parley.example 375 …");
        olga.expectNext(":parley.example 372 olga :- Tea is at four.");

        try (var ann = daemon.connect()) {
            ann.send("LOGIN ann " + TestDaemon.passwordOf("ann"));
            assertTrue(ann.expect(":parley.example 001 …").contains("Example"));
            ann.expect(":ann!* JOIN #news");
            for (var i = 0; i < 30; i++) {
                ann.send("TIME");
            }
            ann.expect("ERROR :Closing link: …");
        }
        olga.expect(":ann!* QUIT …"); // who was here before keeps the limits it began with
        for (var i = 0; i < 30; i++) {
            olga.send("PING " + i);
        }
        olga.expect(":parley.example PONG parley.example :29");

        write("parley.motd-file = \"" + motd + "\"", "parley.limits.inbox = 7");
        Files.writeString(motd, "Tea is at five.");
        rehash();
        assertTrue(
                olga.expectNext(":parley.example NOTICE olga …")
                        .endsWith("motd-file; needs a restart: limits.inbox"));
        olga.send("MOTD");
        olga.expectNext(":parley.example 375 …");
        olga.expectNext(":parley.example 372 olga :- Tea is at five.");
    }

    @Test
    void a_file_with_a_mistake_changes_nothing() throws IOException {
        var line = before.lines().count() + 1;
        for (var mistake :
                List.of(
                        "parley.limits.rate.burst = none",
                        "parley.motd-file = /nowhere/motd",
                        "parley.channels.create = \"",
                        "parley.bursts = 1")) {
            write("\n" + mistake, "parley.channels.autojoin = []");
            rehash();
            var refused = olga.expectNext(":parley.example FAIL REHASH CONFIG_REFUSED …");
            assertTrue(
                    mistake.contains("nowhere")
                            ? refused.contains("/nowhere/motd")
                            : refused.contains(daemon.conf() + ":"),
                    refused);
            assertTrue(
                    !mistake.contains("bursts") || refused.contains(":" + (line + 1) + ": "),
                    refused);
            assertTrue(
                    olga.expectNext(":parley.example FAIL REHASH CONFIG_REFUSED …")
                            .contains(":hint: "));
            olga.settle();
        }
        try (var bob = daemon.login("bob")) {
            olga.expect(":bob!* JOIN #lobby");
            bob.send("QUIT");
            bob.expectClosed();
        }
    }

    /// What was said long ago is made so in the database: nobody waits a day here.
    @Test
    void how_much_is_kept_is_taken_up_and_done_at_once() throws Exception {
        try (var ann = daemon.login("ann", "draft/chathistory", "batch", "echo-message")) {
            ann.send("SAY of long ago");
            ann.expect(":ann!* PRIVMSG #lobby :of long ago");
            try (var connection =
                            DriverManager.getConnection(
                                    "jdbc:sqlite:" + dir.resolve("data/parley.db"));
                    var statement = connection.createStatement()) {
                statement.execute("UPDATE messages SET at_ms = 0");
            }
            ann.send("SAY of today");
            ann.expect(":ann!* PRIVMSG #lobby :of today");
            olga.expect(":ann!* PRIVMSG #lobby :of today");

            write(
                    "parley.history.keep.age = 30d",
                    "parley.history.keep.channels = [ { channel = \"#tea\", age = 7d } ]");
            rehash();
            assertTrue(
                    olga.expectNext(":parley.example NOTICE olga …")
                            .endsWith("taken up: history.keep.age, history.keep.channels"));

            for (var said = said(ann); !said.equals(List.of("of today")); said = said(ann)) {
                assertEquals(List.of("of long ago", "of today"), said);
            }
        }
    }

    private static List<String> said(Wire wire) {
        wire.send("CHATHISTORY LATEST #lobby * 10");
        wire.expect(":* BATCH +…");
        var said = new ArrayList<String>();
        for (var line = wire.expectNext("…"); !line.contains(" BATCH -"); ) {
            said.add(line.substring(line.indexOf(" :", line.indexOf("PRIVMSG")) + 2));
            line = wire.expectNext("…");
        }
        return said;
    }

    @Test
    void a_signal_does_the_same_and_says_so_in_the_log() throws IOException {
        write("parley.history.replay = 7", "parley.data-dir = elsewhere");
        try (var log = new Recorded()) {
            daemon.daemon().reread();

            var said = log.lines().stream().filter(line -> line.contains("SIGHUP")).toList();
            assertEquals(1, said.size(), log.text());
            assertTrue(said.getFirst().contains("taken up: history.replay"), log.text());
            assertTrue(said.getFirst().contains("needs a restart: data-dir"), log.text());
        }
        write("parley {");
        try (var log = new Recorded()) {
            daemon.daemon().reread();

            assertTrue(log.text().contains("configuration refused"), log.text());
        }
    }
}
