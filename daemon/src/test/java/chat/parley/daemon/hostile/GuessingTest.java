package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Peers without a password, and peers that are something else altogether.
class GuessingTest {

    private static final String ENOUGH =
            "ERROR :Closing link: 127.0.0.1 (3 failed logins on one connection)";

    private enum Way {
        LOGIN("LOGIN ann wrong", "464"),
        PASS("PASS ann:wrong", "464"),
        SASL("AUTHENTICATE PLAIN|AUTHENTICATE " + base64("\0ann\0wrong"), "904"),
        SASL_AS_SOMEBODY_ELSE(
                "AUTHENTICATE PLAIN|AUTHENTICATE " + base64("bob\0ann\0ann-secret"), "904");

        private final String lines;
        private final String answer;

        Way(String lines, String answer) {
            this.lines = lines;
            this.answer = answer;
        }

        void guess(Wire wire) {
            for (var line : lines.split("[|]", -1)) {
                wire.send(line);
            }
        }

        private static String base64(String plain) {
            return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void several_wrong_passwords_on_one_connection_end_it_whichever_way_they_come(
            @TempDir Path dir) {
        try (var daemon = new TestDaemon(dir).account("ann").account("bob");
                var bob = daemon.login("bob")) {
            var from = 2;
            for (var way : Way.values()) {
                var address = "127.0.0." + from++;
                var wire = daemon.connectFrom(address);
                for (var i = 0; i < 3; i++) {
                    way.guess(wire);
                    wire.expect(":parley.example " + way.answer + " * :…");
                }
                wire.expectClosed(ENOUGH.replace("127.0.0.1", address));
            }
            bob.expectNothing();
        }
    }

    /// The same budget as before login: being in is no better place to guess from.
    @Test
    void whoever_is_in_guesses_at_others_no_faster(@TempDir Path dir) {
        try (var daemon =
                        new TestDaemon(
                                        dir,
                                        "parley.identity.nick = free",
                                        "parley.auth.attempts = 100")
                                .account("ann")
                                .account("bob");
                var bob = daemon.login("bob")) {
            var guess = Way.base64("\0ann\0wrong");
            var failures = 0;
            while (true) {
                bob.send("AUTHENTICATE PLAIN");
                bob.expect("AUTHENTICATE +");
                bob.send("AUTHENTICATE " + guess);
                var answer = bob.expect(":parley.example …");
                if (answer.contains("TEMPORARILY_UNAVAILABLE")) {
                    break;
                }
                failures++;
            }
            assertEquals(4, failures, "typing errors are free, then it waits");
            bob.settle();
        }
    }

    /// PASSWD asks the same guard, and ends the session as a failed login does.
    @Test
    void whoever_is_in_guesses_at_the_old_password_no_faster(@TempDir Path dir) {
        try (var daemon = new TestDaemon(dir, "parley.auth.attempts = 100").account("ann");
                var ann = daemon.login("ann")) {
            var refused = 0;
            while (refused < 50) {
                ann.send("PASSWD wrong" + refused + " :four words without sense");
                if (!ann.expect(":parley.example FAIL PASSWD …").contains("WRONG_PASSWORD")) {
                    break;
                }
                refused++;
            }
            assertTrue(refused < 20, "typing errors are free, then it waits: " + refused);
            ann.settle();
        }
    }

    @Test
    void whoever_is_in_and_guesses_too_often_is_ended(@TempDir Path dir) {
        try (var daemon = new TestDaemon(dir).account("ann");
                var ann = daemon.login("ann")) {
            for (var i = 0; i < 3; i++) {
                ann.send("PASSWD wrong" + i + " :four words without sense");
            }
            ann.expectClosed("ERROR :Closing link: 127.0.0.1 (3 failed logins on one connection)");
        }
    }

    @Test
    void every_failure_has_one_answer(@TempDir Path dir) {
        try (var daemon = new TestDaemon(dir).account("ann").account("bob")) {
            var answers =
                    List.of(
                                    "LOGIN ann wrong",
                                    "LOGIN nobody wrong",
                                    "LOGIN ä \u0007",
                                    "PASS ann:wrong")
                            .stream()
                            .map(line -> {
                                try (var wire = daemon.connect()) {
                                    wire.send(line);
                                    return wire.expect(":parley.example 464 …");
                                }
                            })
                            .distinct()
                            .toList();
            assertEquals(1, answers.size(), answers.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "HEAD", "OPTIONS", "CONNECT"})
    void an_HTTP_request_gets_nowhere(String verb, @TempDir Path dir) {
        try (var daemon = new TestDaemon(dir).account("ann").account("bob");
                var bob = daemon.login("bob")) {
            var wire = daemon.connect();
            wire.sendRaw(
                    (verb
                                    + " / HTTP/1.1\r\nHost: localhost\r\n\r\nLOGIN ann ann-secret\r\n"
                                    + "PRIVMSG #lobby :from a browser\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            wire.expectClosed("ERROR :Closing link: 127.0.0.1 (Log in first: …");
            assertEquals(3, wire.seen().size(), wire.seen().toString()); // greeting, ERROR, closed
            bob.expectNothing();
        }
    }
}
