package chat.parley.daemon.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.auth.AuthenticatorApp;
import chat.parley.daemon.talks.TestDaemon;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `parley-user totp` beside a daemon.
@Timeout(60)
class UserTotpTest {

    private static final String PASSWORD = TestDaemon.passwordOf("ann");

    @TempDir Path dir;
    private String out = "";
    private String err = "";

    @Test
    void what_it_gives_opens_the_account_and_sessions_end() throws Exception {
        try (var daemon = new TestDaemon(dir).account("ann");
                var before = daemon.login("ann")) {
            assertEquals(0, run(daemon, "ann", "enable"));
            before.expectClosed();
            assertTrue(out.contains("uri   otpauth://totp/Example:ann?secret="), out);
            assertEquals(10, found("code  ([a-z2-7]{5}-[a-z2-7]{5})\n"), out);
            var key = first("key   ([A-Z2-7 ]{39})\n").replace(" ", "");
            var recovery = first("code  (\\S+)\n");

            try (var wire = daemon.connect()) {
                wire.send("LOGIN ann " + PASSWORD);
                wire.expect(":* 464 …");
                wire.send("LOGIN ann " + PASSWORD + AuthenticatorApp.code(key, daemon.clock()));
                wire.expect(":* 001 …");
            }
            try (var wire = daemon.connect()) {
                wire.send("LOGIN ann " + PASSWORD + recovery);
                wire.expect(":* 001 …");
            }
            assertEquals(0, run(daemon, "ann"));
            assertTrue(out.matches("on since \\S+Z, recovery codes left: 9\n"), out);
            assertFalse((out + err).contains(key));
            assertEquals(1, run(daemon, "ann", "enable"));
            assertEquals("", out);
        }
    }

    @Test
    void what_it_takes_away_is_not_asked_for_any_more() throws Exception {
        try (var daemon = new TestDaemon(dir).account("ann")) {
            assertEquals(0, run(daemon, "ann", "enable", "--json"));
            assertTrue(
                    out.matches(
                            "\\{\"name\":\"ann\",\"totp\":true,\"uri\":\"otpauth://[^\"]+\","
                                    + "\"key\":\"[A-Z2-7]{32}\",\"codes\":\\[(\"[a-z2-7-]{11}\",?){10}]}\n"),
                    out);
            var key = first("\"key\":\"([A-Z2-7]+)\"");
            var old = first("\"codes\":\\[\"([^\"]+)\"");
            assertEquals(0, run(daemon, "ann", "codes"));
            assertEquals(10, found("code  (\\S+)\n"));
            try (var wire = daemon.connect()) {
                wire.send("LOGIN ann " + PASSWORD + old);
                wire.expect(":* 464 …");
            }
            try (var ann = daemon.connect()) {
                ann.send("LOGIN ann " + PASSWORD + AuthenticatorApp.code(key, daemon.clock()));
                ann.expect(":* 001 …");
                assertEquals(0, run(daemon, "ann", "disable"));
                ann.expectClosed();
            }
            try (var ann = daemon.login("ann")) {
                ann.expectNothing();
            }
            assertEquals(1, run(daemon, "ann", "disable"));
            assertEquals(1, run(daemon, "ann", "codes"));
            assertEquals(0, run(daemon, "ann", "show", "--json"));
            assertEquals("{\"name\":\"ann\",\"totp\":false}\n", out);
        }
    }

    @Test
    void who_is_not_known_is_told() throws Exception {
        try (var daemon = new TestDaemon(dir)) {
            assertEquals(1, run(daemon, "zoe", "enable"));
            assertEquals("parley-user: there is no account zoe\n", err);
            assertEquals(2, run(daemon, "zoe", "nonsense"));
        }
    }

    private String first(String pattern) {
        var found = Pattern.compile(pattern).matcher(out);
        assertTrue(found.find(), out);
        return found.group(1);
    }

    private int found(String pattern) {
        return (int) Pattern.compile(pattern).matcher(out).results().count();
    }

    private int run(TestDaemon daemon, String... arguments) {
        var all = new String[arguments.length + 2];
        all[0] = "--config=" + daemon.conf();
        all[1] = "totp";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        var said = new ByteArrayOutputStream();
        var told = new ByteArrayOutputStream();
        var streams =
                new UserTool.Streams(
                        InputStream.nullInputStream(),
                        new PrintStream(said, true, StandardCharsets.UTF_8),
                        new PrintStream(told, true, StandardCharsets.UTF_8),
                        _ -> Optional.empty());
        var code = UserTool.run(streams, all);
        out = said.toString(StandardCharsets.UTF_8);
        err = told.toString(StandardCharsets.UTF_8);
        return code;
    }
}
