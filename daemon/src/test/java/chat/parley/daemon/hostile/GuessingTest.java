package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Peers without a password, and peers that are something else altogether.
class GuessingTest {

    private static final String ENOUGH =
            "ERROR :Closing link: 127.0.0.1 (3 failed logins on one connection)";

    private enum Way {
        LOGIN(wire -> wire.send("LOGIN ann wrong"), "464"),
        PASS(wire -> wire.send("PASS ann:wrong"), "464"),
        SASL(
                wire -> {
                    wire.send("AUTHENTICATE PLAIN");
                    var plain = "\0ann\0wrong".getBytes(StandardCharsets.UTF_8);
                    wire.send("AUTHENTICATE " + Base64.getEncoder().encodeToString(plain));
                },
                "904"),
        SASL_AS_SOMEBODY_ELSE(
                wire -> {
                    wire.send("AUTHENTICATE PLAIN");
                    var plain = "bob\0ann\0ann-secret".getBytes(StandardCharsets.UTF_8);
                    wire.send("AUTHENTICATE " + Base64.getEncoder().encodeToString(plain));
                },
                "904");

        private final Consumer<Wire> guess;
        private final String answer;

        Way(Consumer<Wire> guess, String answer) {
            this.guess = guess;
            this.answer = answer;
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
                    way.guess.accept(wire);
                    wire.expect(":parley.example " + way.answer + " * :…");
                }
                wire.expectClosed(ENOUGH.replace("127.0.0.1", address));
            }
            bob.expectNothing();
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
