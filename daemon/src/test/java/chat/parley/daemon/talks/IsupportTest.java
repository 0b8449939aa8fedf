package chat.parley.daemon.talks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What 005 says is what is enforced: the last that is allowed is done, the next is refused.
@Timeout(60)
class IsupportTest {

    @TempDir Path dir;
    private TestDaemon daemon;
    private Wire ann;
    private Map<String, String> said;

    @BeforeEach
    void start() {
        daemon =
                new TestDaemon(
                        dir,
                        "parley.identity.nick = free",
                        "parley.network = \"A=B\\\\C\"",
                        "parley.limits.channels-per-user = 5");
        ann = daemon.account("ann").account("bob").login("ann");
        said = said();
    }

    @AfterEach
    void stop() {
        ann.close();
        daemon.close();
    }

    private Map<String, String> said() {
        var tokens = new HashMap<String, String>();
        ann.send("ISUPPORT");
        ann.send("PING end");
        for (var line = ann.read(); line != null && !line.contains("PONG"); line = ann.read()) {
            assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= 510, line);
            var words = List.of(line.substring(0, line.indexOf(" :are supported")).split(" ", -1));
            var inLine = words.subList(3, words.size());
            assertTrue(inLine.size() <= 13, line);
            for (var token : inLine) {
                var equals = token.indexOf('=');
                tokens.put(
                        equals < 0 ? token : token.substring(0, equals),
                        equals < 0 ? "" : token.substring(equals + 1));
            }
        }
        return tokens;
    }

    private String value(String token) {
        return Objects.requireNonNull(said.get(token), token);
    }

    private int number(String token) {
        return Integer.parseInt(value(token));
    }

    private String longest(String token) {
        return "x".repeat(number(token));
    }

    private void isDone(String line, String answer) {
        ann.send(line);
        ann.expectNext(answer);
    }

    @Test
    void texts_may_be_so_long_and_no_longer() {
        isDone("AWAY :" + longest("AWAYLEN"), ":parley.example 306 ann …");
        isDone("AWAY :" + longest("AWAYLEN") + "x", ":parley.example FAIL AWAY INVALID_PARAMS …");
        isDone("TOPIC #lobby :" + longest("TOPICLEN"), ":ann!* TOPIC #lobby …");
        isDone("TOPIC #lobby :" + longest("TOPICLEN") + "x", ":parley.example FAIL TOPIC …");
        isDone("SETNAME :" + longest("NAMELEN") + "x", ":parley.example FAIL SETNAME …");
        ann.send("SETNAME :" + longest("NAMELEN"));
        ann.expectNothing();
    }

    @Test
    void names_may_be_so_long_and_no_longer() {
        var channel = "#" + longest("CHANNELLEN").substring(1);
        isDone("JOIN " + channel + "x", ":parley.example 403 ann …");
        isDone("JOIN " + channel, ":ann!* JOIN " + channel);
        ann.expect(":parley.example 366 …");
        isDone("NICK " + longest("NICKLEN") + "x", ":parley.example 432 ann …");
        isDone("NICK " + longest("NICKLEN"), ":ann!* NICK …");
    }

    @Test
    void user_and_host_are_no_longer() {
        try (var bob = daemon.connect()) {
            bob.send("PASS bob:bob-secret");
            bob.send("NICK bob");
            bob.send("USER " + "u".repeat(60) + " 0 * :Bob");
            var welcome = bob.expect(":parley.example 001 bob …");
            var shown = welcome.substring(welcome.indexOf("bob!") + "bob!".length()).split("@", -1);
            assertEquals(number("USERLEN"), shown[0].length());
            assertEquals(number("HOSTLEN"), shown[1].length());
        }
    }

    @Test
    void there_may_be_so_many_and_no_more() {
        assertEquals("#:5", said.get("CHANLIMIT"));
        for (var i = 1; i < 5; i++) {
            isDone("JOIN #c" + i, ":ann!* JOIN …");
            ann.expect(":parley.example 366 …");
        }
        isDone("JOIN #c6", ":parley.example 405 ann …");

        assertEquals("Ibe:100", said.get("MAXLIST"));
        for (var i = 0; i < 100; i++) {
            isDone("MODE #c1 +" + "Ibe".charAt(i % 3) + " n" + i, ":ann!* MODE …");
        }
        isDone("MODE #c1 +b one-more", ":parley.example 478 ann …");

        for (var i = 0; i < number("MONITOR"); i++) {
            isDone("MONITOR + n" + i, ":parley.example 731 ann …");
        }
        isDone("MONITOR + more", ":parley.example 734 ann " + number("MONITOR") + " …");
    }

    @Test
    void a_command_takes_so_many_targets() {
        var targets = new HashMap<String, String>();
        for (var each : value("TARGMAX").split(",", -1)) {
            targets.put(each.split(":", -1)[0], each.split(":", -1)[1]);
        }
        for (var command : List.of("PRIVMSG", "NOTICE", "TAGMSG")) {
            assertEquals("4", targets.get(command));
        }
        isDone("PRIVMSG a,b,c,d :hi", ":parley.example 401 ann …");
        ann.settle();
        isDone("PRIVMSG a,b,c,d,e :hi", ":parley.example 407 ann …");
        assertEquals("", targets.get("JOIN"));
        isDone("JOIN #1,#2,#3,#4", ":ann!* JOIN …");
        ann.expect(":ann!* JOIN #4");
        ann.settle();
        assertEquals("5", targets.get("USERHOST"));
        isDone("USERHOST ann ann ann ann ann bob", ":parley.example 302 ann …");
        isDone("PART #1,#2,#3,#4", ":ann!* PART …");
    }

    @Test
    void a_line_may_be_so_long_and_no_longer() {
        var begin = "PRIVMSG ann :";
        var rest = number("LINELEN") - 2 - begin.length();
        isDone(begin + "x".repeat(rest), ":ann!* PRIVMSG ann …");
        isDone(begin + "x".repeat(rest + 1), ":parley.example 417 ann …");
    }

    @Test
    void what_cannot_stand_in_a_value_is_escaped_and_nothing_is_promised_that_is_not_kept() {
        assertEquals("A\\x3DB\\x5CC", said.get("NETWORK"));
        assertFalse(said.containsKey("SAFERATE"), said.toString());
        assertFalse(said.containsKey("KICKLEN"), said.toString());
        assertFalse(said.containsKey("draft/ICON"), said.toString());
    }
}
