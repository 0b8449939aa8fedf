package chat.parley.daemon.admin;

import chat.parley.daemon.store.Progress;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Tells how far something is that takes longer than a second: on a terminal in one line that is
/// written over, elsewhere in a line now and then, so that a log shows it too.
///
/// For the thread that does the work.
final class ProgressLine implements Progress, AutoCloseable {

    private static final long QUIET = Duration.ofSeconds(1).toNanos();
    private static final long ON_A_TERMINAL = Duration.ofMillis(100).toNanos();
    private static final long IN_A_LOG = Duration.ofSeconds(10).toNanos();

    private final String program;
    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanos;
    private long next;
    private int shown;

    ProgressLine(String program, PrintStream out, boolean terminal, LongSupplier nanos) {
        this.program = program;
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
        next = nanos.getAsLong() + QUIET;
    }

    /// Whether somebody looks on.
    static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    @Override
    public void at(String what, long done, long all) {
        var now = nanos.getAsLong();
        if (now - next < 0) {
            return;
        }
        next = now + (terminal ? ON_A_TERMINAL : IN_A_LOG);
        var line = program + ": " + what + (all == 0 ? "" : percent(done, all));
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
            out.flush();
            shown = line.length();
        } else {
            out.println(line);
        }
    }

    private static String percent(long done, long all) {
        return String.format(Locale.ROOT, " %d %%", Math.min(100, done * 100 / all));
    }

    /// Leaves the line empty for what is said next.
    @Override
    public void close() {
        if (shown > 0) {
            out.print("\r" + " ".repeat(shown) + "\r");
            out.flush();
        }
    }
}
