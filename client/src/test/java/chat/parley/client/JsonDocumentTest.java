package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.Message;
import chat.parley.protocol.MessageParser;
import chat.parley.protocol.Parsed;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/JSON.md and what is printed.
class JsonDocumentTest {

    private static final Pattern MEMBER = Pattern.compile("\"([a-z]+)\":");

    private static Message message(String line) {
        return assertParsed(MessageParser.parse(line));
    }

    private static Message assertParsed(Parsed parsed) {
        if (parsed instanceof Parsed.Good(var message)) {
            return message;
        }
        throw new AssertionError("no message: " + parsed);
    }

    private static String json(Message... lines) {
        var whole = new Assembly.Whole(List.of(lines), Optional.empty());
        return Utterance.of(whole, "me", Instant.EPOCH).orElseThrow().json();
    }

    private static List<String> members(String json) {
        return MEMBER.matcher(json).results().map(found -> found.group(1)).toList();
    }

    /// Those of the table under a heading.
    private static List<String> documented(String heading) throws IOException {
        var page = Files.readString(Path.of("..", "docs", "JSON.md"));
        var section = page.split("\n## " + heading + "\n", -1)[1].split("\n## ", -1)[0];
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.replaceFirst("^\\| `([a-z]+)` \\|.*", "$1"))
                .toList();
    }

    @Test
    void a_message_has_the_members_of_the_document_in_their_order() throws IOException {
        var json =
                json(
                        message(
                                "@time=2026-11-21T09:00:00.123Z;msgid=42-a;account=ann;+reply=41-a"
                                        + " :ann!a@h PRIVMSG #lobby :Lunch!"));

        assertEquals(documented("A message"), members(json));
    }

    @Test
    void the_examples_are_what_is_printed() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "JSON.md"));

        assertTrue(
                page.contains(
                        json(
                                message(
                                        "@time=2026-11-21T09:00:00.123Z;msgid=42-a;account=ann"
                                                + " :ann!a@h PRIVMSG #lobby :Lunch!"))));
        var somebody =
                WhoMode.json(message(":d.test 354 me 152 ann H@ ann :Ann Onym")).orElseThrow();
        assertTrue(page.contains(somebody), somebody);
        assertEquals(documented("Somebody"), members(somebody));
    }

    @Test
    void what_could_do_something_to_a_terminal_is_escaped_and_nothing_is_lost() {
        var hostile =
                "\u0002bold\u0002 \u001b]0;title\u0007 \u009b31m \u202Eesrever\u2066 \u200Bzero \"q\""
                        + " \\ \u00A0 \uD83C\uDF4E \u007f\u0085 \uE000";
        var json =
                json(
                        message("@msgid=1 :ann!a@h PRIVMSG #lobby :" + hostile),
                        message("@msgid=1 :ann!a@h PRIVMSG #lobby :second"));

        assertTrue(
                json.codePoints().allMatch(c -> c == ' ' || (c > ' ' && c < 0x7f) || c == 0x1F34E),
                json);
        var read = ConfigFactory.parseString(json);
        assertEquals(hostile + "\nsecond", read.getString("text"));
    }

    @Test
    void names_that_are_hostile_are_escaped_too() {
        var json = json(message("@account=\u202Ea :\u001bnn!a@h PRIVMSG #\u0085x :hi"));

        assertTrue(json.chars().allMatch(c -> c >= ' ' && c < 0x7f), json);
    }

    @Test
    void an_action_is_said_without_its_frame() {
        var json = json(message(":ann!a@h PRIVMSG #lobby :\u0001ACTION waves\u0001"));

        assertTrue(json.endsWith("\"kind\":\"action\",\"text\":\"waves\"}"), json);
    }
}
