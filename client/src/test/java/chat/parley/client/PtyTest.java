package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a person does at a terminal, with the client as a process of its own on a real one.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PtyTest {

    private static final String PASTE = "\u001b[200~";
    private static final String PASTE_END = "\u001b[201~";

    private TestDaemon daemon;
    private Piped piped;
    private Path home;

    @BeforeAll
    void start(@TempDir Path dir, @TempDir Path home) {
        assumeTrue(Pty.isThere(), "no script of util-linux 2.36 or later here to make a terminal");
        this.home = home;
        daemon = new TestDaemon(dir).account("ann").account("bob");
        piped = new Piped(daemon, home);
    }

    @AfterAll
    void stop() {
        if (piped != null) {
            piped.close();
            daemon.close();
        }
    }

    /// The client at its prompt, by a password that was typed. The terminal's settings are told
    /// before and after it.
    private Pty parley(String... words) throws Exception {
        return parley("", words);
    }

    /// @param then what the shell does next, when the client has ended or stopped
    private Pty parley(String then, String[] words) throws Exception {
        var line =
                "set -m; echo \"before $(stty -g)\"; "
                        + Pty.java()
                        + " '"
                        + String.join("' '", piped.arguments(words))
                        + "'; "
                        + then
                        + "echo \"ended with $?\"; echo \"after $(stty -g)\"";
        var pty =
                new Pty(
                        line,
                        Map.of(
                                "TERM",
                                "xterm-256color",
                                "PARLEY_PASSWORD",
                                "",
                                "HOME",
                                home.toString(),
                                "XDG_STATE_HOME",
                                home.toString(),
                                "XDG_CONFIG_HOME",
                                home.toString()));
        pty.waitFor("Password for ann at ");
        pty.waitFor(": ");
        pty.type(TestDaemon.passwordOf("ann") + "\n");
        pty.waitFor("#lobby");
        return pty;
    }

    /// What bob says has come, so ann is there and knows him.
    private static void greet(Wire bob, Pty ann) throws InterruptedException {
        bob.send("PRIVMSG #lobby :good morning");
        ann.waitFor("good morning");
    }

    private static void leave(Pty pty) throws InterruptedException, IOException {
        pty.type("/quit\r");
        pty.waitFor("ended with 0");
        pty.waitFor("after ");
        pty.end();
        assertIsAsItWas(pty);
    }

    /// Modes and settings alike.
    private static void assertIsAsItWas(Pty pty) {
        var seen = pty.seen();
        for (var mode : new String[] {"?2004", "?1004", "?1049"}) {
            var on = seen.lastIndexOf("\u001b[" + mode + "h");
            var off = seen.lastIndexOf("\u001b[" + mode + "l");
            assertTrue(on < 0 || off > on, () -> mode + " stayed: " + seen.replace("\u001b", "␛"));
        }
        assertEquals(
                seen.replaceFirst("(?s).*before (\\S+).*", "$1"),
                seen.replaceFirst("(?s).*after (\\S+).*", "$1"));
    }

    @Test
    void a_password_is_not_shown() throws Exception {
        try (var pty = parley()) {
            leave(pty);

            assertFalse(pty.seen().contains(TestDaemon.passwordOf("ann")), pty::seen);
        }
    }

    @Test
    void typing_completing_and_finding_again() throws Exception {
        try (var bob = daemon.login("bob");
                var pty = parley()) {
            greet(bob, pty);
            pty.type("bo\tmilk?\r");
            bob.expect(":ann!* PRIVMSG #lobby :bob: milk?");
            pty.type("tea\r");
            bob.expect(":ann!* PRIVMSG #lobby :tea");
            pty.type("\u0012mil\r"); // Ctrl-R
            bob.expect(":ann!* PRIVMSG #lobby :bob: milk?");
            leave(pty);
        }
    }

    @Test
    void a_paste_of_two_lines_is_asked_about() throws Exception {
        try (var bob = daemon.login("bob");
                var pty = parley()) {
            greet(bob, pty);
            pty.type(PASTE + "one\rtwo" + PASTE_END + "\r");
            pty.waitFor("2 lines were pasted");
            pty.type("d\r");
            pty.type(PASTE + "three\rfour" + PASTE_END + "\r");
            pty.waitFor("2 lines were pasted");
            pty.type("l\r");
            bob.expect(":ann!* PRIVMSG #lobby :three");
            bob.expect(":ann!* PRIVMSG #lobby :four");
            assertTrue(bob.seen().stream().noneMatch(line -> line.endsWith(":one")));
            leave(pty);
        }
    }

    @Test
    void the_full_view_is_gone_when_it_is_left() throws Exception {
        try (var bob = daemon.login("bob");
                var pty = parley("--full")) {
            greet(bob, pty);
            leave(pty);

            var seen = pty.seen();
            var on = seen.indexOf("\u001b[?1049h");
            var off = seen.lastIndexOf("\u001b[?1049l");
            assertTrue(on >= 0 && seen.indexOf("good morning") > on, seen);
            // Nothing of it is on the screen that was there before.
            assertFalse(seen.substring(0, on).contains("#lobby"), seen);
            assertFalse(seen.substring(off).contains("#lobby"), seen);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-status", "--full"})
    void who_is_killed_in_the_middle_of_a_paste_leaves_the_terminal_as_it_was(String view)
            throws Exception {
        try (var bob = daemon.login("bob");
                var pty = parley(view)) {
            greet(bob, pty);
            pty.type("seen" + PASTE + "one\rtwo");
            pty.waitFor("seen");

            assertTrue(pty.client().destroy());

            pty.waitFor("ended with 143");
            pty.waitFor("after ");
            pty.end();
            assertIsAsItWas(pty);
        }
    }

    /// Ctrl-Z and `fg`.
    @ParameterizedTest
    @ValueSource(strings = {"--no-status", "--full"})
    void the_shell_gets_its_terminal_for_a_while(String view) throws Exception {
        try (var bob = daemon.login("bob");
                var pty =
                        parley(
                                "echo \"stopped $(stty -g)\"; read -r _; fg > /dev/null; ",
                                new String[] {view})) {
            greet(bob, pty);
            pty.type("half\u001a");
            pty.waitFor("stopped ");
            assertTrue(pty.client().isAlive());
            bob.send("PRIVMSG #lobby :meanwhile");
            pty.type("\n");
            pty.waitFor("meanwhile");
            pty.type(" and whole\r");
            bob.expect(":ann!* PRIVMSG #lobby :half and whole");
            leave(pty);

            assertEquals(
                    pty.seen().replaceFirst("(?s).*before (\\S+).*", "$1"),
                    pty.seen().replaceFirst("(?s).*stopped (\\S+).*", "$1"));
        }
    }
}
