package chat.parley.client.ui;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.InfoCmp;

/// A real terminal by JLine: a stream of lines, and one line being typed that they never break.
///
/// What was typed is erased when it is entered; it comes back as a line when the daemon has kept
/// it.
public final class LineTerminal implements Terminal {

    /// Narrower than this a line is broken by the terminal alone.
    private static final int NARROWEST = 20;

    private final org.jline.terminal.Terminal terminal;
    private final Editor editor;
    private final TypedHistory history;
    private AttributedString prompt = new AttributedString("> "); // guarded by the editor's lock
    private boolean isAsking; // guarded by the editor's lock

    /// @param words what Tab completes besides commands at this moment
    public static LineTerminal open(Supplier<Completion.Words> words, TypedHistory history)
            throws IOException {
        return new LineTerminal(
                TerminalBuilder.builder()
                        .name("parley")
                        .system(true)
                        .dumb(true)
                        .encoding(StandardCharsets.UTF_8)
                        .graphemeCluster(false) // the probe costs half a second where none answers
                        .build(),
                words,
                history);
    }

    LineTerminal(
            org.jline.terminal.Terminal terminal,
            Supplier<Completion.Words> words,
            TypedHistory history) {
        this.terminal = terminal;
        this.history = history;
        this.editor = new Editor(terminal);
        editor.setParser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]));
        editor.setCompleter(new Completion(words));
        editor.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.ERASE_LINE_ON_FINISH, true)
                .option(LineReader.Option.BRACKETED_PASTE, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.CASE_INSENSITIVE_SEARCH, true)
                .option(LineReader.Option.DISABLE_HIGHLIGHTER, true)
                .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
                .option(LineReader.Option.MENU_COMPLETE, true)
                .variable(LineReader.BELL_STYLE, "none")
                .variable(LineReader.HISTORY_SIZE, TypedHistory.LINES)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "");
        editor.setHistory(history.forReader());
    }

    /// Whether the terminal can do more than append.
    public boolean isDumb() {
        return terminal.getType().startsWith(org.jline.terminal.Terminal.TYPE_DUMB);
    }

    @Override
    public void show(Printed line) {
        var columns = isDumb() ? 0 : terminal.getColumns();
        var rows = Wrap.rows(line, columns < NARROWEST ? 0 : columns, Wrap.LongWord.WHOLE);
        var all = new AttributedStringBuilder();
        for (var row : rows) {
            all.append(all.length() == 0 ? "" : "\n").append(row);
        }
        ifOpen(() -> editor.printAbove(all.toAttributedString()));
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
    public void prompt(Printed changed) {
        ifOpen(() ->
                editor.locked(() -> {
                    prompt = changed.text();
                    if (!isAsking) {
                        editor.prompt(prompt);
                    }
                }));
    }

    @Override
    public Optional<List<String>> next() {
        var begun = "";
        var isAgain = false;
        while (true) {
            var typed = line(begun);
            if (typed.isEmpty()) {
                return Optional.empty();
            }
            var text = typed.get();
            var wasPasted = editor.wasPasted() || isAgain;
            var lines = text.strip().split("\n", -1);
            if (!wasPasted || lines.length < 2) {
                return Optional.of(List.of(text));
            }
            switch (asked(lines.length)) {
                case ONE -> {
                    return Optional.of(List.of(text));
                }
                case EACH -> {
                    return Optional.of(List.of(lines));
                }
                case EDIT -> begun = text;
                case DROP -> begun = "";
            }
            isAgain = !begun.isEmpty();
        }
    }

    private enum Answer {
        ONE,
        EACH,
        EDIT,
        DROP
    }

    /// What becomes of a paste of several lines. Whatever is no answer leaves it to be edited.
    private Answer asked(int lines) {
        ask(
                lines
                        + " lines were pasted. Send as (o)ne message, (l)ine by line, (e)dit,"
                        + " (d)rop? ");
        try {
            var answer = line("").orElse("d").strip().toLowerCase(Locale.ROOT);
            return switch (answer.isEmpty() ? ' ' : answer.charAt(0)) {
                case 'o' -> Answer.ONE;
                case 'l' -> Answer.EACH;
                case 'd' -> Answer.DROP;
                default -> Answer.EDIT;
            };
        } finally {
            ask("");
        }
    }

    /// @param question takes the place of the prompt; empty when it was answered
    private void ask(String question) {
        editor.locked(() -> {
            isAsking = !question.isEmpty();
            history.pause(isAsking);
            editor.prompt(isAsking ? new AttributedString(question) : prompt);
        });
    }

    /// Empty at the end of the input.
    private Optional<String> line(String begun) {
        while (true) {
            try {
                return Optional.of(editor.readLine("", null, (Character) null, begun));
            } catch (UserInterruptException e) {
                if (e.getPartialLine().isEmpty()) {
                    show(Printed.plain("-- Ctrl-D or /quit leaves"));
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
        if (editor.isReading()) {
            terminal.puts(InfoCmp.Capability.carriage_return);
            terminal.puts(InfoCmp.Capability.clr_eos);
            terminal.flush();
        }
    }
}
