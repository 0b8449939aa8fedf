package chat.parley.client.ui;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;

/// A real terminal by JLine: a stream of lines, and one line being typed that they never break.
///
/// What was typed is erased when it is entered; it comes back as a line when the daemon has kept
/// it. The history is in memory only: what was said is nobody's business on this disk.
public final class LineTerminal implements Terminal {

    private final org.jline.terminal.Terminal terminal;
    private final LineReaderImpl reader;
    private volatile String prompt = "> "; // as it should be
    private volatile String shown = ""; // as it is; catches up with the next call

    /// @param names what Tab completes besides commands: nicks and channels at this moment
    public static LineTerminal open(Supplier<List<String>> names) throws IOException {
        return new LineTerminal(
                TerminalBuilder.builder()
                        .name("parley")
                        .system(true)
                        .dumb(true)
                        .encoding(StandardCharsets.UTF_8)
                        .graphemeCluster(false) // the probe costs half a second where none answers
                        .build(),
                names);
    }

    LineTerminal(org.jline.terminal.Terminal terminal, Supplier<List<String>> names) {
        this.terminal = terminal;
        this.reader =
                (LineReaderImpl)
                        LineReaderBuilder.builder()
                                .terminal(terminal)
                                .parser(
                                        new DefaultParser()
                                                .quoteChars(new char[0])
                                                .escapeChars(new char[0]))
                                .completer(completer(names))
                                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                                .option(LineReader.Option.ERASE_LINE_ON_FINISH, true)
                                .option(LineReader.Option.BRACKETED_PASTE, true)
                                .option(LineReader.Option.CASE_INSENSITIVE, true)
                                .option(LineReader.Option.DISABLE_HIGHLIGHTER, true)
                                .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
                                .variable(LineReader.BELL_STYLE, "none")
                                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "")
                                .build();
    }

    /// Whether the terminal can do more than append.
    public boolean isDumb() {
        return terminal.getType().startsWith(org.jline.terminal.Terminal.TYPE_DUMB);
    }

    @Override
    public void show(String line) {
        ifOpen(() -> reader.printAbove(line));
    }

    /// JLine reads a prompt as a pattern.
    private static String literal(String text) {
        return text.replace("%", "%%");
    }

    /// JLine closes the terminal by itself when the JVM is told to end, at any moment.
    private static void ifOpen(Runnable action) {
        try {
            action.run();
        } catch (IllegalStateException _) {
            // closed: nobody looks any more
        }
    }

    @Override
    public void prompt(String changed) {
        prompt = changed;
        if (changed.equals(shown)) {
            return;
        }
        ifOpen(() -> {
            if (reader.isReading()) {
                reader.setPrompt(literal(changed));
                reader.callWidget(LineReader.REDISPLAY);
                shown = changed;
            }
        });
    }

    @Override
    public Optional<String> next() {
        while (true) {
            try {
                shown = prompt;
                return Optional.of(reader.readLine(literal(shown)));
            } catch (UserInterruptException e) {
                if (e.getPartialLine().isEmpty()) {
                    show("-- Ctrl-D or /quit leaves");
                }
            } catch (EndOfFileException _) {
                return Optional.empty();
            }
        }
    }

    @Override
    public boolean hasPerson() {
        return true;
    }

    @Override
    public void close() throws IOException {
        ifOpen(this::eraseWhatIsTyped);
        terminal.close();
    }

    /// It must not stay in the way of what the shell says next.
    private void eraseWhatIsTyped() {
        if (reader.isReading()) {
            terminal.puts(InfoCmp.Capability.carriage_return);
            terminal.puts(InfoCmp.Capability.clr_eos);
            terminal.flush();
        }
    }

    private static Completer completer(Supplier<List<String>> names) {
        return (_, line, candidates) -> {
            if (isFirst(line) && line.word().startsWith("/")) {
                SlashCommands.names().forEach(name -> candidates.add(candidate(name)));
                return;
            }
            for (var name : names.get()) {
                var shown = TerminalText.name(name);
                // At the beginning of a line a nick is spoken to.
                var isSpokenTo = isFirst(line) && !shown.startsWith("#");
                candidates.add(candidate(isSpokenTo ? shown + ":" : shown));
            }
        };
    }

    private static boolean isFirst(ParsedLine line) {
        return line.wordIndex() == 0;
    }

    private static Candidate candidate(String value) {
        return new Candidate(value, value, null, null, null, null, true);
    }
}
