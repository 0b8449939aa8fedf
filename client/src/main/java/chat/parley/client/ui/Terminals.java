package chat.parley.client.ui;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.AbstractPosixTerminal;

/// The terminal this process was started on, and which view it gets.
public final class Terminals {

    /// What the person asked for.
    ///
    /// @param isFull a view of the whole screen instead of a stream
    public record Wish(boolean isFull, boolean hasColour, boolean hasStatus) {}

    private Terminals() {}

    /// A terminal that can only append gets the stream, whatever was asked for.
    public static Terminal open(
            Wish wish,
            Taste taste,
            Map<String, String> environment,
            TypedHistory history,
            Person person,
            Clock clock)
            throws IOException {
        var terminal =
                TerminalBuilder.builder()
                        .name("parley")
                        .system(true)
                        .dumb(true)
                        .encoding(StandardCharsets.UTF_8)
                        .graphemeCluster(false) // the probe costs half a second where none answers
                        .build();
        var settings = taste.under(environment);
        var theme = Theme.of(settings, wish.hasColour() && !isDumb(terminal));
        var look =
                new Look(
                        new Screen(theme, clock.getZone()), Notices.of(settings), wish.hasStatus());
        return wish.isFull() && !isDumb(terminal)
                ? new FullTerminal(terminal, look, history, person, clock)
                : new LineTerminal(terminal, look, history, person, clock.instant());
    }

    /// Whether it can do no more than append.
    static boolean isDumb(org.jline.terminal.Terminal terminal) {
        return terminal.getType().startsWith(org.jline.terminal.Terminal.TYPE_DUMB);
    }

    /// What a process writes at its end goes past JLine, which may have closed by then; a terminal
    /// in memory has no other way.
    static Switches switches(org.jline.terminal.Terminal terminal, String off, String last) {
        return terminal instanceof AbstractPosixTerminal posix
                        && posix.getPty().getSystemStream() != null
                ? Switches.ofProcess(off, last)
                : Switches.of(off, last, terminal.output());
    }

    /// JLine closes the terminal by itself when the JVM is told to end, at any moment.
    static void ifOpen(Runnable action) {
        try {
            action.run();
        } catch (IllegalStateException _) {
            // closed: nobody looks any more
        }
    }
}
