package chat.parley.client.ui;

import chat.parley.client.model.Story;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A person's keys and what the terminal is told, by JLine's own terminal in memory.
abstract class AtATerminal {

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /// What the person did without entering it.
    static final class Noted implements Person {

        final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void types(String text) {
            all.add("types " + text);
        }

        @Override
        public void looks() {
            all.add("looks");
        }

        @Override
        public void wantsOlder() {
            all.add("wants older");
        }

        @Override
        public void goesTo(String place) {
            all.add("goes to " + place);
        }
    }

    final Noted person = new Noted();

    final Glass glass = new Glass();
    final TypedHistory history = TypedHistory.inMemory();
    private PipedOutputStream keys;
    LineTerminal terminal;

    @BeforeEach
    void open() throws IOException {
        keys = new PipedOutputStream();
        var external =
                new ExternalTerminal(
                        "test", "xterm", new PipedInputStream(keys), glass, StandardCharsets.UTF_8);
        external.setSize(Size.of(80, 24));
        terminal =
                new LineTerminal(
                        external,
                        new Look(
                                new Screen(Theme.PLAIN, ZoneOffset.UTC),
                                new Notices(Notices.Kind.BELL, true, true),
                                true),
                        history,
                        person,
                        NOON);
        stands(lobby());
    }

    /// With bob, who spoke last, bea and ann.
    static Story lobby() {
        return Story.inLobby()
                .hears(
                        ":d 353 ann = #lobby :ann bea bob",
                        ":bea!b@h PRIVMSG #lobby :one",
                        ":bob!b@h PRIVMSG #lobby :two");
    }

    static Story in(String channel) {
        return Story.inLobby().hears(":ann!ann@h JOIN " + channel, ":ann!ann@h PART #lobby");
    }

    final void stands(Story story) {
        terminal.update(story.model(), NOON);
    }

    final void bobSays(String text) {
        var story = lobby().hears(":bob!b@h PRIVMSG #lobby :" + text);
        terminal.show(story.lines().getLast(), story.model());
    }

    @AfterEach
    void close() throws IOException {
        terminal.close();
    }

    final void types(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    final CompletableFuture<Optional<List<String>>> next() {
        return CompletableFuture.supplyAsync(() -> terminal.next());
    }

    static Optional<List<String>> typed(String... texts) {
        return Optional.of(List.of(texts));
    }
}
