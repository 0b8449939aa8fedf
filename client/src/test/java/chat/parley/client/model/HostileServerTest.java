package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.parley.client.ui.Screen;
import chat.parley.client.ui.Theme;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A daemon that says anything at all: nothing throws, and nothing reaches the terminal raw.
class HostileServerTest {

    private static final List<String> COMMANDS =
            List.of(
                    "PRIVMSG",
                    "NOTICE",
                    "JOIN",
                    "PART",
                    "QUIT",
                    "NICK",
                    "KICK",
                    "TOPIC",
                    "FAIL",
                    "WARN",
                    "NOTE",
                    "ACK",
                    "ERROR",
                    "INVITE",
                    "BATCH",
                    "TAGMSG",
                    "PONG",
                    "001",
                    "REDACT",
                    "MARKREAD",
                    "CHATHISTORY",
                    "SEARCH",
                    "BATCH +a",
                    "BATCH -a",
                    "BATCH +a chathistory",
                    "BATCH +b draft/multiline",
                    "BATCH -b",
                    "BATCH +c draft/chathistory-targets",
                    "BATCH +d soju.im/search",
                    "BATCH -d",
                    "005",
                    "322",
                    "331",
                    "332",
                    "352",
                    "353",
                    "366",
                    "372",
                    "404",
                    "433",
                    "499",
                    "904",
                    "999");

    private static final List<String> WORDS =
            List.of(
                    "ann",
                    "bob",
                    "#lobby",
                    "#tea",
                    "*",
                    "=",
                    ":",
                    ": ",
                    ":a b c",
                    ":\u0001ACTION\u0001",
                    ":\u0001",
                    "\u001b[2J",
                    ":\u001b]52;c;eA==\u0007",
                    "\u009b1m",
                    "\u202e",
                    "PREFIX=",
                    "PREFIX=)",
                    "LINELEN=-1",
                    "LINELEN=99999999999",
                    "CHANTYPES",
                    "CHATHISTORY=-1",
                    "MSGREFTYPES=,",
                    "timestamp=9999-12-31T23:59:59.999Z",
                    "timestamp=x",
                    "TARGETS",
                    "1",
                    "-PREFIX",
                    "@+@+",
                    "!",
                    "😀",
                    "\ud800");

    private static final List<String> TAGS =
            List.of(
                    "",
                    "@label=p0 ",
                    "@label=p1;msgid=1 ",
                    "@time=yesterday ",
                    "@time ",
                    "@msgid ",
                    "@batch=a ",
                    "@batch=b;msgid=2 ",
                    "@batch=c ",
                    "@batch=d;time=9999-12-31T23:59:59.999Z ",
                    "@msgid=3;+reply=1 ",
                    "@+typing=active ",
                    "@+draft/react=\\s\u001b[1m;+draft/reply=1 ",
                    "@+draft/unreact=x;+reply=2 ");

    private static final List<String> SOURCES =
            List.of("", ":ann!ann@h ", ":bob!b@h ", ":d.test ", ":! ", ":@ ", ":\u001b]0;x\u0007 ");

    private static String line(Random random) {
        var line = new StringBuilder();
        line.append(any(TAGS, random)).append(any(SOURCES, random)).append(any(COMMANDS, random));
        for (var i = random.nextInt(6); i > 0; i--) {
            line.append(' ').append(any(WORDS, random));
        }
        return line.toString();
    }

    private static Act anAct(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> new Act.Reply("1 x");
            case 1 -> new Act.React("", "x");
            case 2 -> new Act.Redact("", "");
            case 3 -> new Act.History("");
            case 4 -> new Act.Block("a\nb");
            case 5 -> new Act.Numbered("99");
            case 6 -> new Act.Search("x");
            case 7 -> new Act.Unread();
            default -> new Act.Agree(true);
        };
    }

    private static String any(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    @Nested
    class Whatever_it_says {

        @Test
        void nothing_throws_and_no_control_character_is_shown() {
            var screen = new Screen(Theme.PLAIN, ZoneOffset.UTC);
            for (var seed = 0; seed < 400; seed++) {
                var random = new Random(seed);
                var story = Story.inLobby();
                for (var i = 0; i < 60; i++) {
                    switch (random.nextInt(18)) {
                        case 0 -> story.says("hello " + i);
                        case 1 -> story.down();
                        case 2 -> story.up();
                        case 3 -> story.passes(Duration.ofSeconds(3));
                        case 4 -> story.asks(new Act.Part("", ""));
                        case 5 -> story.asks(new Act.GoTo("#tea"));
                        case 6 -> story.upWithAll();
                        case 7 -> story.asks(anAct(random));
                        case 8 -> story.happens(new Event.Composed("x" + i, Story.NOON));
                        default -> story.hears(line(random));
                    }
                }
                var where = story.model().places().current();
                for (var shown : story.lines()) {
                    var text = screen.line(shown, where, Story.NOON);
                    var isRaw = text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n');
                    assertFalse(isRaw, "seed " + seed + ": " + text);
                }
                var prompt = screen.prompt(story.model()).asText();
                assertFalse(
                        prompt.chars().anyMatch(Character::isISOControl),
                        "seed " + seed + ": " + prompt);
            }
        }
    }
}
