package chat.parley.daemon.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.OpenSession;
import chat.parley.daemon.store.SqliteSessions;
import chat.parley.daemon.talks.TestDaemon;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `parley-user sessions` and `kick` beside a daemon.
@Timeout(60)
class UserSessionsTest {

    @TempDir Path dir;
    private String out = "";
    private String err = "";

    @Test
    void sessions_are_listed_while_they_last() throws Exception {
        try (var daemon = new TestDaemon(dir).account("ann").account("bob");
                var phone = daemon.connect();
                var bob = daemon.login("bob")) {
            phone.send("LOGIN ann@phone " + TestDaemon.passwordOf("ann"));
            phone.settle();
            awaitListed(daemon, "ann", "bob");

            assertEquals(0, run(daemon, "sessions", "--json", "Ann"));
            assertTrue(
                    out.matches(
                            "\\[\\{\"number\":\\d+,\"account\":\"ann\",\"device\":\"phone\","
                                    + "\"address\":\"127.0.0.1\",\"since\":\"[^\"]+Z\","
                                    + "\"tls\":\"TLSv1.3 [A-Z0-9_]+\"}]\n"),
                    out);

            bob.send("QUIT");
            bob.expectClosed();
            awaitListed(daemon, "ann");
            assertEquals(0, run(daemon, "sessions"));
            assertEquals(2, out.lines().count(), out);
            assertTrue(out.lines().toList().get(1).contains("ann"), out);
            assertEquals(0, run(daemon, "sessions", "bob"));
            assertEquals("parley-user: nobody is logged in\n", err);

            assertEquals(0, run(daemon, "kick", "ann"));
            assertEquals("parley-user: ann is sent away\n", err);
            phone.expectClosed();
            awaitListed(daemon);
        }
    }

    @Test
    void who_is_not_known_and_a_daemon_that_does_not_run_are_told() throws Exception {
        var conf = stopped().conf();
        assertEquals(1, run(conf, "sessions", "zoe"));
        assertEquals("parley-user: there is no account zoe\n", err);
        assertEquals(1, run(conf, "kick", "zoe"));
        assertEquals(1, run(conf, "sessions"));
        assertEquals("parley-user: no daemon is running, so nobody is logged in\n", err);
    }

    /// What an earlier daemon left, however it ended, is forgotten.
    @Test
    void a_daemon_begins_with_none() throws Exception {
        try (var daemon = new TestDaemon(dir).account("ann").account("bob")) {
            try (var _ = daemon.login("ann")) {
                awaitListed(daemon, "ann");
                daemon.restart();
            }
            try (var _ = daemon.login("bob")) {
                awaitListed(daemon, "bob");
            }
        }
    }

    private static void awaitListed(TestDaemon daemon, String... accounts) throws Exception {
        var store = new SqliteSessions(Database.prepare(daemon.config().dataDir()));
        while (!store.list().stream()
                .map(OpenSession::account)
                .sorted()
                .toList()
                .equals(List.of(accounts))) {
            Thread.onSpinWait();
        }
    }

    private TestDaemon stopped() {
        try (var daemon = new TestDaemon(dir).account("ann")) {
            return daemon;
        }
    }

    private int run(TestDaemon daemon, String... arguments) {
        return run(daemon.conf(), arguments);
    }

    private int run(Path conf, String... arguments) {
        var outBytes = new ByteArrayOutputStream();
        var errBytes = new ByteArrayOutputStream();
        var streams =
                new UserTool.Streams(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8),
                        _ -> Optional.empty());
        var code =
                UserTool.run(
                        streams,
                        Stream.concat(Stream.of("--config", conf.toString()), Stream.of(arguments))
                                .toArray(String[]::new));
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }
}
