package chat.parley.client.ui;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.utils.AttributedString;

/// What the person enters, text by text: with a history, completion, and a question before a paste
/// of several lines is said.
///
/// One thread calls [#next]; any thread may change the prompt.
final class Keyboard {

    private enum Answer {
        ONE,
        EACH,
        EDIT,
        DROP
    }

    private final Editor editor;
    private final TypedHistory history;
    private AttributedString prompt = new AttributedString("> "); // guarded by the editor's lock
    private boolean isAsking; // guarded by the editor's lock

    Keyboard(Editor editor, Supplier<Completion.Words> words, TypedHistory history) {
        this.editor = editor;
        this.history = history;
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

    /// Takes effect when no question is open.
    void prompt(AttributedString changed) {
        editor.locked(() -> {
            prompt = changed;
            if (!isAsking) {
                editor.prompt(changed);
            }
        });
    }

    /// @param onInterrupt Ctrl-C on an empty line
    Optional<List<String>> next(Runnable onInterrupt) {
        var begun = "";
        var isAgain = false;
        while (true) {
            var typed = line(begun, onInterrupt);
            if (typed.isEmpty()) {
                return Optional.empty();
            }
            var text = typed.get();
            var wasPasted = editor.wasPasted() || isAgain;
            var lines = text.strip().split("\n", -1);
            if (!wasPasted || lines.length < 2) {
                return Optional.of(List.of(text));
            }
            switch (asked(lines.length, onInterrupt)) {
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

    /// What becomes of a paste of several lines. Whatever is no answer leaves it to be edited.
    private Answer asked(int lines, Runnable onInterrupt) {
        ask(
                lines
                        + " lines were pasted. Send as (o)ne message, (l)ine by line, (e)dit,"
                        + " (d)rop? ");
        try {
            var answer = line("", onInterrupt).orElse("d").strip().toLowerCase(Locale.ROOT);
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
            editor.asking(isAsking);
            editor.prompt(isAsking ? new AttributedString(question) : prompt);
        });
    }

    /// Empty at the end of the input.
    private Optional<String> line(String begun, Runnable onInterrupt) {
        while (true) {
            try {
                return Optional.of(editor.readLine("", null, (Character) null, begun));
            } catch (UserInterruptException e) {
                if (e.getPartialLine().isEmpty()) {
                    onInterrupt.run();
                }
            } catch (EndOfFileException _) {
                return Optional.empty();
            }
        }
    }
}
