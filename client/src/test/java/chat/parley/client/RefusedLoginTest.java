package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.talks.TestDaemon;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A login that the daemon does not take.
@Timeout(120)
class RefusedLoginTest {

    @TempDir Path dir;
    @TempDir Path home;
    private TestDaemon daemon;

    @BeforeEach
    void start() {
        daemon = new TestDaemon(dir).account("ann");
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private Run send(String user, String password) {
        var ca = ((DaemonConfig.Tls.Pem) daemon.config().tls().main()).certificate();
        return Run.of(
                home,
                Map.of("PARLEY_PASSWORD", password),
                "",
                "send",
                "#lobby",
                "hello",
                "-s",
                user + "@localhost:" + daemon.port(),
                "--ca",
                ca.toString());
    }

    @Test
    void that_is_wrong_is_told_with_1_and_what_to_look_at() {
        var run = send("ann", "wrong");

        assertEquals(1, run.code());
        assertEquals(
                """
                parley: the daemon refused the login of ann: Login failed: wrong account or password
                  Check the account's name and its password; if it has a second factor, give a code \
                too: --totp, on a terminal.
                """,
                run.err());
    }

    @Test
    void that_is_put_off_is_told_with_3_and_when_to_try_again() {
        var last = send("ann", "ann-secret");
        for (var tries = 0; tries < 40 && last.code() != 3; tries++) {
            last = send("bob", "wrong");
        }
        assertEquals(3, last.code(), last::err);
        assertTrue(
                last.err().matches("(?s).*try again at \\d\\d:\\d\\d:\\d\\d \\(in \\d+ s\\)\\n"),
                last::err);
    }
}
