package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.parley.client.model.Effect;
import chat.parley.client.model.Story;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A hostile server's words through the model to a terminal, in both views: no sequence of theirs
/// is among what the terminal is told.
@Timeout(60)
class HostileViewsTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /// Each says 666, which no sequence of ours does.
    private static final List<String> HOSTILE =
            List.of(
                    "\u001b[666m",
                    "\u001b]52;c;666\u0007",
                    "\u001b]0;666\u0007",
                    "\u001b]2;666\u001b\\",
                    "\u001bP666q\u001b\\",
                    "\u009b666m",
                    "\u009d0;666\u009c",
                    "\u0007666",
                    "\u202e666\u2066",
                    "a\u200bb666",
                    "\b\r666;666",
                    "\u001bc666",
                    "\ud800666");

    private static final Pattern SEQUENCE =
            Pattern.compile(
                    "\u001b\\[[?>=]?[0-9;]*[A-Za-z]" // CSI
                            + "|\u001b\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)" // OSC
                            + "|\u001b[=>]");

    private static String any(Random random) {
        return HOSTILE.get(random.nextInt(HOSTILE.size()));
    }

    private static List<String> lines(Random random) {
        return List.of(
                ":b" + any(random) + "!b@h PRIVMSG #lobby :ann " + any(random) + any(random),
                ":b" + any(random) + "!b@h PRIVMSG ann :" + any(random),
                ":b" + any(random) + "!b@h JOIN #lobby",
                ":ann!ann@h JOIN #" + any(random),
                ":b!b@h PRIVMSG #" + any(random) + " :ann " + any(random),
                ":d 353 ann = #lobby :b" + any(random) + " c" + any(random),
                ":d 332 ann #lobby :" + any(random),
                ":b TOPIC #lobby :" + any(random),
                "@+typing=active :b" + any(random) + "!b@h TAGMSG #lobby",
                "@msgid=m1 :b!b@h PRIVMSG #lobby :x",
                "@+draft/reply=m1;+draft/react=" + "\\s666 :b!b@h TAGMSG #lobby",
                ":d FAIL X Y :" + any(random),
                ":d 499 ann " + any(random) + " :" + any(random),
                "ERROR :" + any(random));
    }

    /// Everything but our own sequences is text, and text holds nothing that a terminal obeys.
    private static void assertHarmless(String told, int seed) {
        SEQUENCE.matcher(told)
                .results()
                .map(found -> found.group())
                .filter(sequence -> sequence.startsWith("\u001b["))
                .forEach(sequence ->
                        assertFalse(sequence.contains("666"), "seed " + seed + ": " + sequence));
        SEQUENCE.matcher(told)
                .results()
                .map(found -> found.group())
                .filter(sequence -> sequence.startsWith("\u001b]"))
                .forEach(sequence ->
                        assertFalse(
                                !sequence.startsWith("\u001b]2;")
                                        && !sequence.startsWith("\u001b]777;notify;"),
                                "seed " + seed + ": " + sequence));
        var text = SEQUENCE.matcher(told).replaceAll("").replaceAll("[\r\n\u0007]", "");
        assertEquals(
                -1,
                text.chars()
                        .filter(c ->
                                Character.isISOControl(c)
                                        || (c >= 0x202A && c <= 0x202E)
                                        || (c >= 0x2066 && c <= 0x2069)
                                        || c == 0x200B)
                        .findFirst()
                        .orElse(-1),
                "seed " + seed);
        // The only bells are ours: one for each notification.
        var bells = SEQUENCE.matcher(told).replaceAll("").chars().filter(c -> c == 7).count();
        assertEquals(2, bells, "seed " + seed);
    }

    private static ExternalTerminal terminal(Glass glass) throws IOException {
        var terminal =
                new ExternalTerminal(
                        "test",
                        "xterm-256color",
                        InputStream.nullInputStream(),
                        glass,
                        StandardCharsets.UTF_8);
        terminal.setSize(Size.of(90, 20));
        return terminal;
    }

    private static Look look() {
        return new Look(
                new Screen(Theme.DARK, ZoneOffset.UTC),
                new Notices(Notices.Kind.OSC_777, true, true),
                true);
    }

    private interface View {
        Terminal on(ExternalTerminal terminal);
    }

    private static void tryOut(View view) throws Exception {
        for (var seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            var glass = new Glass();
            var story = Story.inLobby().hears(lines(random).toArray(String[]::new));
            try (var terminal = view.on(terminal(glass))) {
                story.lines().forEach(line -> terminal.show(line, story.model()));
                terminal.update(story.model(), NOON);
                terminal.tell(
                        new Effect.Tell("#" + any(random), any(random), any(random), false), NOON);
                terminal.tell(new Effect.Tell("", any(random), any(random) + ";x", true), NOON);
            }
            assertHarmless(glass.waitFor(_ -> true), seed);
        }
    }

    private static final class Nobody implements Person {

        @Override
        public void types(String text) {}

        @Override
        public void looks() {}

        @Override
        public void wantsOlder() {}

        @Override
        public void goesTo(String place) {}
    }

    @Nested
    class Whatever_a_server_says {

        @Test
        void does_nothing_to_the_stream() throws Exception {
            tryOut(terminal ->
                    new LineTerminal(
                            terminal, look(), TypedHistory.inMemory(), new Nobody(), NOON));
        }

        @Test
        void does_nothing_to_the_full_view() throws Exception {
            tryOut(terminal ->
                    new FullTerminal(
                            terminal,
                            look(),
                            TypedHistory.inMemory(),
                            new Nobody(),
                            Clock.fixed(NOON, ZoneOffset.UTC)));
        }
    }
}
