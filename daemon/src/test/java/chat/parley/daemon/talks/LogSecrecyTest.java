package chat.parley.daemon.talks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.auth.AuthenticatorApp;
import chat.parley.daemon.observe.Logs;
import chat.parley.daemon.observe.Recorded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A whole daemon at TRACE, its libraries included: what is in its log, and what is not.
@Timeout(120)
class LogSecrecyTest {

    @TempDir Path dir;

    @BeforeEach
    void hearLibrariesToo() {
        Logs.install();
        Logger.getLogger("").setLevel(Level.ALL);
    }

    @Test
    void no_password_and_no_message_is_in_the_log_whatever_way_it_was_sent() throws IOException {
        var pepper = "hidden-pepper-of-32-bytes-or-more".getBytes(StandardCharsets.US_ASCII);
        Files.setPosixFilePermissions(
                Files.write(dir.resolve("pepper"), pepper),
                PosixFilePermissions.fromString("rw-------"));
        try (var recorded = new Recorded();
                var daemon =
                        new TestDaemon(dir, "parley.auth.pepper-file = pepper")
                                .account("ann")
                                .account("bob")) {
            everyWayToLogIn(daemon);
            talk(daemon);
            mistakes(daemon);
            var secondFactor = secondFactor(daemon);

            daemon.restart(); // so that the audit log is written
            var log = recorded.text() + auditLog();
            assertTrue(log.contains("\"event\":\"login refused\""), "there is an audit log");
            assertTrue(log.contains("login accepted account=ann"), "the log was recorded");
            assertTrue(log.contains("login refused account=ann"), "and so were refusals");
            for (var secret :
                    List.of(
                            TestDaemon.passwordOf("ann"),
                            TestDaemon.passwordOf("bob"),
                            "wrong-horse",
                            "wrong-battery",
                            "wrong-staple",
                            "hidden-typo",
                            plain("ann", TestDaemon.passwordOf("ann")),
                            plain("ann", "wrong-staple"),
                            "hidden-new-password",
                            "cake-recipe",
                            "secret-topic",
                            "hidden-pepper",
                            HexFormat.of().formatHex(pepper),
                            Base64.getEncoder().encodeToString(pepper),
                            "pepper$",
                            "$argon2id$")) {
                assertFalse(log.contains(secret), secret);
            }
            assertTrue(secondFactor.size() > 12, "key, codes, recovery codes");
            for (var secret : secondFactor) {
                assertFalse(log.contains(secret), secret);
            }
        } finally {
            Logger.getLogger("").setLevel(Level.INFO);
        }
    }

    private String auditLog() {
        try {
            return Files.readString(dir.resolve("data/audit/000001.jsonl"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_a_peer_chose_cannot_forge_a_line() {
        try (var recorded = new Recorded()) {
            try (var daemon = new TestDaemon(dir).account("ann");
                    var wire = daemon.connect();
                    var ann = daemon.login("ann")) {
                wire.send("LOGIN \u001b[31mann\u202e=x wrong-horse");
                wire.settle();
                ann.send("QUIT :bye\u001b[2J\u2028 level=ERROR");
                ann.expectClosed();
            }
            for (var line : recorded.text().split("\n", -1)) {
                assertTrue(
                        line.isEmpty() || line.startsWith("    ") || line.matches("20\\d\\d-.*"),
                        line);
                assertEquals(-1, line.indexOf('\u001b'), line);
                assertEquals(-1, line.indexOf('\u202e'), line);
                assertEquals(-1, line.indexOf('\u2028'), line);
            }
        }
    }

    @Test
    void limits_that_a_peer_ran_into_are_in_the_audit_log() {
        try (var recorded = new Recorded()) {
            try (var daemon = new TestDaemon(dir);
                    var wire = daemon.connect()) {
                for (var i = 0; i < daemon.config().auth().attempts(); i++) {
                    wire.send("LOGIN ann wrong-horse");
                }
                wire.expectClosed();
            }
            assertTrue(
                    recorded.text()
                            .contains("audit    limit reached limit=auth.attempts from=127.0.0.1"),
                    recorded.text());
        }
    }

    /// Turned on, used and failed at. The key and all codes.
    private static List<String> secondFactor(TestDaemon daemon) {
        var secrets = new ArrayList<String>();
        var right = TestDaemon.passwordOf("bob");
        try (var bob = daemon.login("bob")) {
            bob.send("TOTP ENABLE wrong-staple");
            bob.send("TOTP hidden-typo " + right);
            bob.send("TOTP ENABLE " + right);
            var told = bob.expect(":* NOTE TOTP SECRET …");
            var key = told.substring(told.lastIndexOf(':') + 1);
            secrets.add(key);
            secrets.add(AuthenticatorApp.code(key, daemon.clock()));
            bob.send("TOTP CONFIRM " + secrets.getLast());
            for (var i = 0; i < 10; i++) {
                secrets.add(bob.expect(":* NOTE TOTP RECOVERY …").split(" ", -1)[4]);
            }
            daemon.clock().later(Duration.ofSeconds(30));
            secrets.add(AuthenticatorApp.code(key, daemon.clock()));
        }
        for (var code : List.of(secrets.getLast(), secrets.get(2), "wrong-horse")) {
            try (var wire = daemon.connect()) {
                wire.send("LOGIN bob " + right + code);
                wire.settle();
            }
        }
        return secrets;
    }

    private static void everyWayToLogIn(TestDaemon daemon) {
        var right = TestDaemon.passwordOf("ann");
        try (var wire = daemon.connect()) {
            wire.send("LOGIN ann wrong-horse");
            wire.send("LOGIN ann " + right);
            wire.expect(":* 001 …");
        }
        try (var wire = daemon.connect()) {
            wire.send("PASS ann:wrong-battery");
            wire.send("NICK ann");
            wire.send("USER ann 0 * :Ann");
            wire.expectClosed();
        }
        try (var wire = daemon.connect()) {
            wire.send("PASS ann:" + right);
            wire.send("NICK ann");
            wire.send("USER ann 0 * :Ann");
            wire.expect(":* 001 …");
        }
        try (var wire = daemon.connect()) {
            wire.send("CAP REQ sasl");
            wire.send("AUTHENTICATE PLAIN");
            wire.send("AUTHENTICATE " + plain("ann", "wrong-staple"));
            wire.send("AUTHENTICATE PLAIN");
            wire.send("AUTHENTICATE " + plain("ann", right));
            wire.expect(":* 903 …");
        }
    }

    private static void talk(TestDaemon daemon) {
        try (var ann = daemon.login("ann", "echo-message");
                var bob = daemon.login("bob")) {
            ann.send("PRIVMSG #lobby :cake-recipe");
            bob.expect(":ann!* PRIVMSG #lobby :cake-recipe");
            bob.send("NOTICE ann :cake-recipe");
            ann.expect(":bob!* NOTICE ann :cake-recipe");
            ann.send("PASSWD wrong-horse :hidden-new-password");
            ann.expect(":parley.example FAIL PASSWD WRONG_PASSWORD …");
            ann.send("PASSWD " + TestDaemon.passwordOf("ann") + " :hidden-new-password");
            ann.expect(":parley.example NOTE PASSWD PASSWORD_CHANGED …");
            ann.send("TOPIC #lobby :secret-topic");
            bob.expect(":ann!* TOPIC #lobby :secret-topic");
        }
    }

    /// A password in the wrong place, in broken lines and in lines that are too long.
    private static void mistakes(TestDaemon daemon) {
        for (var line :
                List.of(
                        "LOGIN hidden-typo",
                        "PASSWD hidden-typo :hidden-new-password",
                        "PASS hidden-typo",
                        "PASSS ann:hidden-typo",
                        "AUTHENTICATE hidden-typo",
                        "LOGIN ann hidden-typo" + "x".repeat(600),
                        "LOGIN ann hidden-typo\u00ff")) {
            try (var wire = daemon.connect()) {
                wire.sendRaw((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                wire.send("QUIT");
                wire.expectClosed();
            }
        }
    }

    private static String plain(String account, String password) {
        return Base64.getEncoder()
                .encodeToString(
                        ("\0" + account + "\0" + password).getBytes(StandardCharsets.UTF_8));
    }
}
