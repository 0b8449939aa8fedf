package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A line inside a line: whatever a peer can make others hear, it cannot make them hear a line of
/// its own making. (The wire of these tests ends a line at a lone CR, as many clients do.)
class InjectionTest {

    private static final String FORGED = ":parley.example NOTICE bob :forged";

    private static final List<String> AFTER_LOGIN =
            List.of(
                    "PRIVMSG #lobby :hello^" + FORGED,
                    "PRIVMSG bob :hello^" + FORGED,
                    "PRIVMSG #lobby^" + FORGED,
                    "PRIVMSG #lobby^x :hello",
                    "NOTICE #lobby :hello^" + FORGED,
                    "SAY hello^" + FORGED,
                    "TOPIC #lobby :hello^" + FORGED,
                    "PART #lobby :bye^" + FORGED,
                    "QUIT :bye^" + FORGED,
                    "JOIN #x^" + FORGED,
                    "NICK ann^" + FORGED,
                    "AWAY :lunch^" + FORGED,
                    "SETNAME :Ann^" + FORGED,
                    "KICK #lobby bob :bye^" + FORGED,
                    "MODE #lobby +b x^" + FORGED,
                    "@+x=hello^" + FORGED + " TAGMSG #lobby",
                    "@+x=^" + FORGED + " PRIVMSG #lobby :hello",
                    "@label=x^" + FORGED + " PING x",
                    "^" + FORGED,
                    ":x^" + FORGED + " PRIVMSG #lobby :hello");

    private static final List<String> BEFORE_LOGIN =
            List.of(
                    "USER ann 0 * :Ann^" + FORGED,
                    "NICK ann^" + FORGED,
                    "CAP LS^" + FORGED,
                    "CAP REQ :sasl^" + FORGED,
                    "PING x^" + FORGED);

    @Test
    void a_carriage_return_reaches_nobody(@TempDir Path dir) {
        try (var daemon = new TestDaemon(dir).account("ann").account("bob");
                var bob = daemon.login("bob", "message-tags", "echo-message");
                var ann = daemon.login("ann", "message-tags", "labeled-response", "echo-message")) {
            bob.expect(":ann!* JOIN #lobby");
            for (var line : AFTER_LOGIN) {
                ann.send(line.replace('^', '\r'));
                ann.expectNext(":parley.example FAIL * INVALID_MESSAGE …");
                bob.expectNothing();
                ann.expectNothing();
            }
            assertNothingForged(bob);
            assertNothingForged(ann);
        }
    }

    @Test
    void before_login_neither(@TempDir Path dir) {
        try (var daemon = new TestDaemon(dir);
                var wire = daemon.connect()) {
            wire.expectNext("…");
            for (var line : BEFORE_LOGIN) {
                wire.send(line.replace('^', '\r'));
                wire.expectNext(":parley.example FAIL * INVALID_MESSAGE …");
                wire.send("PING x");
                wire.expectNext(":parley.example PONG parley.example :x");
            }
        }
    }

    @Test
    void in_a_secret_it_is_part_of_the_secret_and_no_more(@TempDir Path dir) {
        try (var daemon = new TestDaemon(dir).account("ann")) {
            for (var line :
                    List.of(
                            "LOGIN ann^" + FORGED + " x",
                            "LOGIN ann x^" + FORGED,
                            "PASS ann:x^" + FORGED)) {
                try (var wire = daemon.connect()) {
                    wire.expectNext("…");
                    wire.send(line.replace('^', '\r'));
                    wire.expectNext(
                            ":parley.example 464 * :Login failed: wrong account or password");
                }
            }
        }
    }

    @Test
    void escaped_in_a_tag_it_stays_escaped(@TempDir Path dir) {
        try (var daemon = new TestDaemon(dir).account("ann").account("bob");
                var bob = daemon.login("bob", "message-tags");
                var ann = daemon.login("ann", "message-tags")) {
            ann.send("@+x=a\\r\\n:parley.example\\sNOTICE\\sbob\\s\\::forged TAGMSG #lobby");
            bob.expect(
                    "@msgid=*;+x=a\\r\\n:parley.example\\sNOTICE\\sbob\\s\\::forged :ann!* TAGMSG #lobby");
            assertNothingForged(bob);
        }
    }

    @Test
    void labels_and_tags_that_are_not_client_tags_reach_nobody_else(@TempDir Path dir) {
        try (var daemon = new TestDaemon(dir).account("ann").account("bob");
                var bob = daemon.login("bob", "message-tags", "labeled-response", "echo-message");
                var ann = daemon.login("ann", "message-tags", "labeled-response", "echo-message")) {
            bob.expect(":ann!* JOIN #lobby");
            ann.send(
                    "@label=secret;msgid=mine;time=2001-01-01T00:00:00.000Z;account=bob;x=y;+z PRIVMSG #lobby :hello");
            var line = bob.expectNext(":ann!* PRIVMSG #lobby :hello");
            assertTrue(line.matches("@msgid=\\S+;\\+z :ann!.*"), line);
            assertTrue(!line.contains("mine"), line);
        }
    }

    /// Where a peer's words stand in the middle of a reply of ours.
    @Test
    void nobody_speaks_as_the_server_through_what_it_quotes(@TempDir Path dir) {
        try (var daemon = new TestDaemon(dir).account("ann").account("bob");
                var bob = daemon.login("bob")) {
            var ann = daemon.connect();
            ann.send("PASS ann:ann-secret");
            ann.send("NICK ann");
            ann.send("USER ann 0 * ::parley.example NOTICE bob :forged");
            ann.settle();
            ann.send("TOPIC #lobby ::parley.example NOTICE bob :forged");
            bob.expect(":ann!* TOPIC #lobby ::parley.example NOTICE bob :forged");
            bob.send("WHO #lobby");
            bob.expect(
                    ":parley.example 352 bob #lobby * * * ann * :0 :parley.example NOTICE bob :forged");
            bob.settle();
            assertNothingForged(bob);
            ann.close();
        }
    }

    private static void assertNothingForged(Wire wire) {
        assertEquals(
                List.of(), wire.seen().stream().filter(line -> line.startsWith(FORGED)).toList());
    }
}
