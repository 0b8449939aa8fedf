package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command with every kind of parameter that it does not expect. The answer may be what it
/// likes; a bug of ours ("Internal error") it is not, and the session goes on.
class OddParametersTest {

    private static final List<String> ODD =
            List.of(
                    "",
                    ":",
                    "::",
                    "::x",
                    ":a b",
                    ":  ",
                    "*",
                    ",",
                    ",,",
                    "#",
                    "#,#",
                    "#lobby",
                    "#lobby,#lobby",
                    "#LOBBY",
                    "#nowhere",
                    "#lobby,ann,,:x",
                    "ann",
                    "ANN",
                    "nobody",
                    "bob",
                    "0",
                    "-1",
                    "99999999999",
                    "+",
                    "-",
                    "+x",
                    "-x",
                    "draft/multiline",
                    "+b",
                    "-ov",
                    "b",
                    "=",
                    "@a",
                    "\\s",
                    "ü",
                    "🍵",
                    "a\u200bb",
                    "\u202e",
                    "\t",
                    "\1ACTION\1",
                    "!",
                    "%s",
                    "$",
                    "LS",
                    "REQ",
                    "SET",
                    "SUB",
                    "SYNC",
                    "*ALL",
                    "LIST",
                    "END",
                    "302",
                    ":-cap-notify nonsense",
                    "x".repeat(300));

    private static final int LINES = 3_000;

    private final long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());

    @Test
    void after_login_are_answered_and_the_session_goes_on(@TempDir Path dir) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (var daemon =
                new TestDaemon(
                        dir,
                        "parley.limits.rate.burst = 1000000",
                        "parley.limits.tags = 8 KiB",
                        "parley.auth.attempts = 1000000")) { // or PASSWD ends it, as it should
            daemon.account("ann").account("bob");
            try (var bob = daemon.login("bob");
                    var ann =
                            daemon.login(
                                    "ann",
                                    "labeled-response",
                                    "batch",
                                    "message-tags",
                                    "draft/multiline",
                                    "echo-message")) {
                var commands = commands(ann);
                commands.remove("QUIT");
                commands.add("PASS");
                commands.add("LOGIN");
                commands.add("AUTHENTICATE");
                for (var i = 0; i < LINES; i++) {
                    var line = line(commands.get(random.nextInt(commands.size())), random);
                    ann.send(line);
                    if (i % 100 == 99) {
                        goesOn(ann, "-Dseed=" + seed);
                        goesOn(bob, "-Dseed=" + seed);
                    }
                }
            }
        }
    }

    @Test
    void before_login_are_answered_and_the_connection_goes_on(@TempDir Path dir) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (var daemon = new TestDaemon(dir, "parley.limits.rate.burst = 1000000")) {
            var peer = daemon.connect();
            for (var i = 0; i < LINES / 10; i++) {
                var command =
                        List.of(
                                "CAP",
                                "NICK",
                                "PING",
                                "PONG",
                                "ERROR",
                                "AUTHENTICATE",
                                "METADATA",
                                "X");
                peer.send(line(command.get(random.nextInt(command.size())), random));
                if (i % 100 == 99) {
                    peer.send("PING still-here");
                    peer.expect(":* PONG * :still-here");
                }
            }
            peer.close();
        }
    }

    private static String line(String command, RandomGenerator random) {
        var line = new StringBuilder();
        switch (random.nextInt(8)) {
            case 0 -> line.append("@label=").append(random.nextInt(100)).append(' ');
            case 1 -> line.append("@label=;+x=\\s\\:;=y;+typing ");
            case 2 -> line.append("@label=").append("l".repeat(70)).append(' ');
            default -> {}
        }
        line.append(random.nextInt(10) == 0 ? ":ann!x@y " : "").append(command);
        for (var i = random.nextInt(4); i > 0; i--) {
            line.append(' ').append(ODD.get(random.nextInt(ODD.size())));
        }
        return line.toString();
    }

    private static void goesOn(Wire wire, String where) {
        try {
            wire.settle();
        } catch (AssertionError ended) {
            throw new AssertionError(where + ": " + ended.getMessage(), ended);
        }
        assertTrue(wire.seen().stream().noneMatch(l -> l.contains("Internal error")), where);
    }

    /// As HELP lists them.
    static List<String> commands(Wire wire) {
        wire.send("HELP");
        var commands = new ArrayList<String>();
        wire.expect(":* 704 …");
        for (var line = wire.expect("…"); !line.contains(" 706 "); line = wire.expect("…")) {
            var text = line.substring(line.indexOf(" :") + 2);
            commands.add(text.split(" ", 2)[0]);
        }
        assertTrue(commands.contains("PRIVMSG"), commands.toString());
        return commands;
    }
}
