package chat.parley.daemon.talks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.admin.Tools;
import chat.parley.daemon.store.Account.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a whole daemon, and the tools beside it, leave in the audit log.
@Timeout(120)
class AuditTest {

    @TempDir Path dir;

    private List<String> lines() {
        try (var files = Files.list(dir.resolve("data/audit"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .flatMap(AuditTest::linesOf)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertTold(String... parts) {
        assertTrue(
                lines().stream().anyMatch(line -> Stream.of(parts).allMatch(line::contains)),
                () -> List.of(parts) + " in\n" + String.join("\n", lines()));
    }

    private void assertWhole(TestDaemon daemon) {
        var run = Tools.parleyd(daemon.conf(), "audit", "verify");
        assertEquals(0, run.code(), run.said());
    }

    @Test
    void who_came_from_where_and_did_what_is_told() {
        try (var daemon = new TestDaemon(dir)) {
            daemon.account("ann").account("root", Role.OPERATOR).account("eve");
            try (var ann = daemon.login("ann", "echo-message", "draft/message-redaction");
                    var eve = daemon.login("eve");
                    var root = daemon.login("root")) {
                ann.send("JOIN #tea");
                ann.settle();
                eve.send("JOIN #tea");
                eve.settle();
                ann.send("MODE #tea +o eve");
                ann.settle();
                root.send("OPER");
                root.send("REHASH");
                root.send("KILL eve :out");
                root.settle();
                eve.expectClosed();
                ann.send("PASSWD ann-secret :a long one that nobody guesses 7Q");
                ann.settle();
                ann.send("QUIT");
                ann.expectClosed();
            }
            try (var wire = daemon.connect()) {
                wire.send("LOGIN ann wrong-horse");
                wire.settle();
            }
            daemon.restart();
            var here = "\"from\":\"127.0.0.1\"";
            assertTold("\"daemon started\"", "\"version\"");
            assertTold("\"login accepted\",\"account\":\"ann\"," + here, "\"by\":\"password\"");
            assertTold("\"own account changed\",\"account\":\"ann\"," + here, "\"password\"");
            assertFalse(String.join("\n", lines()).contains("nobody guesses"));
            assertTold("\"login refused\",\"account\":\"ann\"," + here, "wrong password");
            assertTold("\"session ended\",\"account\":\"ann\"", "\"why\":\"Quit\"");
            assertTold("\"session ended\",\"account\":\"eve\"", "\"why\":\"Killed\"");
            assertTold("\"operator acted\",\"account\":\"root\"," + here, "\"what\":\"oper\"");
            assertTold("\"operator acted\"", "\"what\":\"kill\"", "\"target\":\"eve\"");
            assertTold("\"configuration read again\",\"by\":\"root\"");
            assertTold("\"channel roles changed\",\"account\":\"ann\"", "#tea", "founded");
            assertTold("\"channel roles changed\",\"account\":\"ann\"", "\"+o eve\"");
            assertTold("\"daemon stopped\",\"how\":\"graceful\"");
            assertWhole(daemon);
        }
    }

    @Test
    void what_operators_of_a_channel_do_is_told_but_no_key_and_no_reason() {
        try (var daemon = new TestDaemon(dir)) {
            daemon.account("ann").account("bob").account("eve");
            try (var ann = daemon.login("ann");
                    var bob = daemon.login("bob");
                    var eve = daemon.login("eve")) {
                ann.send("JOIN #tea");
                ann.settle();
                for (var other : List.of(bob, eve)) {
                    other.send("JOIN #tea");
                    other.settle();
                }
                eve.send("MODE #tea +b bob!*@*"); // she may not
                eve.send("KICK #tea bob :cake-reason");
                eve.settle();
                ann.send("MODE #tea +b-v+v eve!*@* bob bob");
                ann.send("MODE #tea +eIk friend!*@* guest!*@* cake-key");
                ann.send("MODE #tea +il 7");
                ann.send("MODE #tea -b eve!*@*");
                ann.send("KICK #tea eve :cake-reason");
                ann.send("INVITE eve #tea");
                ann.send("RENAME #tea #cocoa");
                ann.send("OPER");
                ann.settle();
            }
            daemon.restart();
            var ann = "\"account\":\"ann\",\"from\":\"127.0.0.1\",\"channel\":\"#tea\"";
            assertTold("\"channel modes changed\"," + ann, "\"change\":\"+b eve!*@*\"");
            assertTold("\"channel roles changed\"," + ann, "\"change\":\"+v bob\"");
            assertTold(
                    "\"channel modes changed\"," + ann,
                    "\"change\":\"+e friend!*@* +I guest!*@* +k\"");
            assertTold("\"channel modes changed\"," + ann, "\"change\":\"+i +l 7\"");
            assertTold("\"channel modes changed\"," + ann, "\"change\":\"-b eve!*@*\"");
            assertTold("\"channel member kicked\"," + ann, "\"target\":\"eve\"");
            assertTold("\"channel member invited\"," + ann, "\"target\":\"eve\"");
            assertTold("\"channel renamed\"," + ann, "\"to\":\"#cocoa\"");
            assertTold("\"operator acted\"", "\"what\":\"oper refused\"");
            var all = String.join("\n", lines());
            assertFalse(all.contains("cake") || all.contains("+b bob"), all);
            assertFalse(all.contains("\"target\":\"bob\""), all);
        }
    }

    @Test
    void what_was_taken_back_is_told_and_not_what_it_said() {
        try (var daemon = new TestDaemon(dir).account("ann");
                var ann =
                        daemon.login(
                                "ann", "echo-message", "message-tags", "draft/message-redaction")) {
            ann.send("PRIVMSG #lobby :cake-recipe");
            var id =
                    ann.expect("@* :ann!* PRIVMSG #lobby :cake-recipe")
                            .replaceFirst(".*msgid=([^; ]+).*", "$1");
            ann.send("REDACT #lobby " + id + " :cake-reason");
            ann.settle();
            daemon.restart();
            assertTold(
                    "\"message redacted\",\"account\":\"ann\",\"from\":\"127.0.0.1\"",
                    "\"where\":\"#lobby\"",
                    id);
            assertFalse(String.join("\n", lines()).contains("cake"));
        }
    }

    @Test
    void what_admins_do_beside_the_daemon_is_told_in_one_chain() {
        try (var daemon = new TestDaemon(dir).account("ann");
                var ann = daemon.login("ann")) {
            var added =
                    Tools.parleyUser(daemon.conf(), "add", "bob", "--generate", "--role", "bot");
            assertEquals(0, added.code(), added.said());
            assertEquals(0, Tools.parleyUser(daemon.conf(), "disable", "ann").code());
            ann.expectClosed();
            assertEquals(1, Tools.parleyUser(daemon.conf(), "kick", "nobody").code());
            assertEquals(0, Tools.parleyUser(daemon.conf(), "list").code());
            assertEquals(0, Tools.parleyUser(daemon.conf(), "kick", "--help").code());
            assertEquals(
                    0,
                    Tools.parleyd(daemon.conf(), "backup", dir.resolve("copy.db").toString())
                            .code());
            daemon.restart();
            var who = "\"who\":\"" + System.getProperty("user.name") + "\"";
            assertTold(
                    "\"command\":\"add\",\"names\":\"bob\"",
                    "--generate --role=bot",
                    who,
                    "\"exit\":\"0\"",
                    "\"program\":\"parley-user ");
            assertTold("\"command\":\"disable\",\"names\":\"ann\"");
            assertTold("\"command\":\"kick\",\"names\":\"nobody\"", "\"exit\":\"1\"");
            assertTold("\"command\":\"backup\"", "copy.db");
            assertTold("\"account changed\",\"account\":\"ann\",\"change\":\"disabled\"");
            assertTold("\"session ended\",\"account\":\"ann\"", "\"why\":\"AccountChanged\"");
            var all = String.join("\n", lines());
            assertFalse(all.contains(added.printed().strip()), "a password");
            assertFalse(all.contains("\"command\":\"list\"") || all.contains("--help"), all);
            assertWhole(daemon);
        }
    }

    /// Nothing is done by an admin that nobody can read about later.
    @Test
    void what_cannot_be_written_down_is_not_done() throws IOException {
        try (var daemon = new TestDaemon(dir).account("ann");
                var ann = daemon.login("ann")) {
            stop(daemon);
            Files.createDirectory( // in the way
                    dir.resolve("data/audit/000002.jsonl"),
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));

            var refused = Tools.parleyUser(daemon.conf(), "delete", "ann");
            assertEquals(3, refused.code());
            assertTrue(refused.said().contains("so nothing was done"), refused.said());
            assertEquals(0, Tools.parleyUser(daemon.conf(), "show", "ann").code());
            var copy = dir.resolve("copy.db");
            assertEquals(3, Tools.parleyd(daemon.conf(), "backup", copy.toString()).code());
            assertFalse(Files.exists(copy));

            Files.delete(dir.resolve("data/audit/000002.jsonl"));
            assertEquals(0, Tools.parleyUser(daemon.conf(), "delete", "ann").code());
            assertTold("\"admin command begins\",\"command\":\"delete\",\"names\":\"ann\"");
            assertTold("\"admin command\",\"command\":\"delete\"", "\"exit\":\"0\"");
            ann.expectClosed();
            daemon.restart();
        }
    }

    /// A restored database knows less of the log than there is.
    @Test
    void a_restored_database_does_not_make_it_look_cut() {
        try (var daemon = new TestDaemon(dir).account("ann")) {
            var copy = dir.resolve("copy.db").toString();
            assertEquals(0, Tools.parleyd(daemon.conf(), "backup", copy).code());
            daemon.login("ann").close();
            stop(daemon);
            assertEquals(0, Tools.parleyd(daemon.conf(), "restore", copy).code());
            daemon.restart();
            daemon.login("ann").close();
            assertTold("\"command\":\"restore\"");
            assertWhole(daemon);
        }
    }

    @Test
    void verify_says_where_somebody_was_at_it() throws IOException {
        try (var daemon = new TestDaemon(dir).account("ann")) {
            daemon.login("ann").close();
            stop(daemon);
            var file = dir.resolve("data/audit/000001.jsonl");
            var whole = Files.readString(file);

            Files.writeString(file, whole.replace("\"account\":\"ann\"", "\"account\":\"bob\""));
            var changed = Tools.parleyd(daemon.conf(), "audit", "verify");
            assertEquals(1, changed.code());
            assertTrue(
                    changed.said().contains("000001.jsonl line 3: the line before"),
                    changed.said());

            Files.writeString(file, whole.substring(0, whole.indexOf('\n') + 1));
            var cut = Tools.parleyd(daemon.conf(), "audit", "verify", "--json");
            assertEquals(1, cut.code());
            assertTrue(cut.printed().startsWith("{\"whole\":false,"), cut.printed());
            assertTrue(
                    cut.said().contains("the end was cut off: the last line is number 1"),
                    cut.said());

            Files.writeString(file, whole);
            var good = Tools.parleyd(daemon.conf(), "audit", "verify", "--json");
            assertEquals(0, good.code());
            assertTrue(good.printed().startsWith("{\"whole\":true,\"files\":1,"), good.printed());
            var tail = Tools.parleyUser(daemon.conf(), "audit", "tail", "-n", "1");
            assertTrue(
                    tail.printed().matches("20.*Z  daemon stopped how=graceful\n"), tail.printed());
            daemon.restart();
        }
    }

    /// A stranger can make neither a line that lies nor a disk that is full.
    @Test
    void a_stranger_forges_nothing_and_fills_nothing() {
        try (var daemon = new TestDaemon(dir, "parley.auth.attempts = 100000")) {
            for (var i = 0; i < 300; ) {
                try (var wire = daemon.connect()) {
                    for (var last = i + 4; i < last; i++) { // the next would have to wait
                        wire.send("LOGIN x\",\"event\":\"daemon\u001b[2J wrong-horse" + i);
                    }
                    wire.settle();
                }
            }
            daemon.restart();
            var all = lines();
            assertTrue(all.size() < 100, all.size() + " lines");
            assertTold("more of the same", "\"most\":\"127.0.0.1\"");
            assertTold("\"account\":\"x\\\",\\\"event\\\":\\\"daemon\\u001b[2J\"");
            assertFalse(String.join("\n", all).contains("wrong-horse"));
            assertWhole(daemon);
        }
    }

    private static void stop(TestDaemon daemon) {
        daemon.close();
    }
}
