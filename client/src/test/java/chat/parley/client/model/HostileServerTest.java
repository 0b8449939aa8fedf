package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    /// What is kept in all is bounded, whatever is sent and never ended.
    @Nested
    class However_much_it_says {

        private static final int MANY = 3_000;

        @Test
        void there_are_not_more_places_than_may_be() {
            var story = Story.inLobby();
            for (var i = 0; i < MANY; i++) {
                story.hears(
                        ":ann!ann@h JOIN #c" + i,
                        ":n" + i + "!x@h PRIVMSG ann :hi",
                        ":bob!b@h JOIN #d" + i);
            }

            assertEquals(Places.MOST, story.model().places().all().size());
        }

        @Test
        void there_are_not_more_members_than_may_be() {
            var story = Story.inLobby();
            var names = new StringBuilder();
            for (var i = 0; i < 40_000; i++) {
                names.append(' ').append("n").append(i);
            }
            for (var channel : List.of("#lobby", "#tea", "#milk", "#ale")) {
                story.hears(
                        ":ann!ann@h JOIN " + channel,
                        ":d 353 ann = " + channel + " :" + names.substring(1));
            }

            var all =
                    story.model().places().all().values().stream()
                            .mapToInt(place -> place.members().size())
                            .sum();
            assertTrue(all <= Places.MEMBERS, "" + all);
        }

        @Test
        void a_backlog_forgets_its_oldest_and_all_of_them_the_heaviest() {
            var story = Story.inLobby();
            for (var i = 0; i < Backlog.LONGEST + 100; i++) {
                story.hears("@msgid=m" + i + " :bob!b@h PRIVMSG #lobby :" + "x".repeat(8000));
            }

            var backlog = story.model().places().here().orElseThrow().backlog();
            assertTrue(backlog.entries().size() <= Backlog.LONGEST);
            assertTrue(backlog.weight() <= Places.WEIGHT, "" + backlog.weight());
            assertEquals(backlog.entries().getLast().id(), "m" + (Backlog.LONGEST + 99));
        }

        @Test
        void reactions_and_typists_are_few() {
            var story = Story.inLobby().hears("@msgid=1 :bob!b@h PRIVMSG #lobby :hi");
            for (var i = 0; i < MANY; i++) {
                story.hears(
                        "@+draft/react=" + i + ";+reply=1 :bob!b@h TAGMSG #lobby",
                        "@+draft/react=0;+reply=1 :n" + i + "!x@h TAGMSG #lobby",
                        "@+typing=active :n" + i + "!x@h TAGMSG #lobby");
            }

            var place = story.model().places().here().orElseThrow();
            var reactions = place.backlog().byId("1").orElseThrow().reactions();
            assertTrue(reactions.weight() < 1000, "" + reactions.weight());
            assertTrue(place.typing().by().size() <= 20);
        }

        @Test
        void batches_that_never_end_are_few_and_short() {
            var story = Story.inLobby();
            for (var i = 0; i < MANY; i++) {
                story.hears(
                        "@batch=b" + (i - 1) + " BATCH +b" + i + " draft/multiline #lobby",
                        "@batch=b0 :bob!b@h PRIVMSG #lobby :" + "x".repeat(400),
                        "BATCH +h chathistory #lobby",
                        "@batch=h;msgid=h" + i + " :bob!b@h PRIVMSG #lobby :" + "x".repeat(400));
            }

            var open = story.model().asking().batches().open();
            assertTrue(open.size() <= Batches.MOST);
            for (var batch : open.values()) {
                assertTrue(batch.heard().size() <= Batches.LONGEST);
                assertTrue(batch.weight() <= Batches.HEAVIEST + 1000);
            }
        }

        @Test
        void what_is_asked_for_is_bounded_too() {
            var story = Story.of().upWithAll();
            for (var i = 0; i < MANY; i++) {
                story.hears(
                        ":ann!ann@h JOIN #c" + i,
                        "BATCH +t draft/chathistory-targets",
                        "@batch=t :d CHATHISTORY TARGETS n" + i + " 2026-11-21T11:30:00.000Z",
                        "BATCH -t",
                        ":d 005 ann T" + i + "=" + "x".repeat(400) + " :are supported");
            }

            assertTrue(story.model().asking().waiting().size() <= Places.MOST + 20);
            assertTrue(story.model().server().tokens().size() <= 200);
        }

        @Test
        void a_history_that_repeats_itself_is_not_asked_on_for_ever() {
            var page = new String[102];
            page[0] = "BATCH +1 chathistory #lobby";
            for (var i = 0; i < 100; i++) {
                page[i + 1] = "@batch=1;msgid=m" + i + " :bob!b@h PRIVMSG #lobby :x";
            }
            page[101] = "BATCH -1";
            var story =
                    Story.of()
                            .upWithAll()
                            .hears(
                                    "BATCH +0 draft/chathistory-targets",
                                    "BATCH -0",
                                    ":ann!a@h JOIN #lobby")
                            .hears(page)
                            .down()
                            .upWithAll()
                            .hears(
                                    "BATCH +0 draft/chathistory-targets",
                                    "BATCH -0",
                                    ":ann!a@h JOIN #lobby")
                            .forget();
            for (var i = 0; i < 10; i++) {
                story.hears(page);
            }

            assertEquals(List.of(), story.sent());
        }
    }
}
