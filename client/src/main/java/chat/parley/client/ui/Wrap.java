package chat.parley.client.ui;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.WCWidth;

/// Breaks a line into rows of a width, by words, and sets the later rows under the text. Pure.
///
/// The width is that of Unicode: two columns for what is wide, none for what stands on another, one
/// piece for an emoji of several. Between two ideographs a row may end, as no spaces stand there.
final class Wrap {

    /// So much of a row the text has at least, however long a nick is.
    private static final int LEAST_ROOM = 12;

    /// What becomes of a word that is wider than a row.
    enum LongWord {
        /// It stays whole, so that the terminal itself breaks it and a link can be copied.
        WHOLE,
        /// It is cut: a row must not be wider than it may be.
        CUT
    }

    private final AttributedString text;
    private final String letters;
    private final int width;
    private final int indent;
    private final int start;
    private final LongWord longWord;
    private final List<AttributedString> rows = new ArrayList<>();
    private int rowStart;
    private int mayEnd; // where the row may end best; at its start if nowhere
    private int column;

    private Wrap(Printed line, int width, LongWord longWord) {
        this.text = line.text();
        this.letters = text.toString();
        this.width = width;
        this.start = line.start();
        this.indent = Math.max(0, Math.min(line.indent(), width - LEAST_ROOM));
        this.longWord = longWord;
    }

    /// @param width the columns of a row; rows are not broken where it is 0
    static List<AttributedString> rows(Printed line, int width, LongWord longWord) {
        return new Wrap(line, width <= 0 ? Integer.MAX_VALUE : width, longWord).rows();
    }

    private List<AttributedString> rows() {
        var clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(letters);
        var at = 0;
        for (var next = clusters.next(); next != BreakIterator.DONE; next = clusters.next()) {
            put(at, next);
            at = next;
        }
        end(letters.length());
        return rows;
    }

    private void put(int at, int next) {
        var c = letters.codePointAt(at);
        if (c == '\n') {
            end(at);
            rowStart = next;
            mayEnd = next;
            return;
        }
        var columns = WCWidth.wcwidthForGraphemeCluster(letters, at);
        if (at > start && mayStandAlone(c)) {
            mayEnd = at;
        }
        // What goes to the next row may, with a wide letter, be too much for that one too.
        while (column + columns > width && c != ' ' && hasBrokenBefore(at)) {}
        column += Math.max(0, columns);
        if (at >= start && (c == ' ' || mayStandAlone(c))) {
            mayEnd = next;
        }
    }

    private boolean hasBrokenBefore(int at) {
        if (mayEnd > rowStart) {
            var from = mayEnd;
            end(from);
            rowStart = from;
            column = indent + columns(from, at);
            return true;
        }
        if (longWord == LongWord.CUT && at > rowStart) {
            end(at);
            rowStart = at;
            mayEnd = at;
            column = indent;
            return true;
        }
        return false;
    }

    /// The row ends here; the next begins under the text.
    private void end(int at) {
        var stop = at;
        while (stop > rowStart && letters.charAt(stop - 1) == ' ') {
            stop--;
        }
        var row = text.subSequence(rowStart, stop);
        rows.add(
                rows.isEmpty()
                        ? row
                        : new AttributedStringBuilder()
                                .append(row.length() == 0 ? "" : " ".repeat(indent))
                                .append(row)
                                .toAttributedString());
        column = indent;
    }

    private int columns(int from, int to) {
        return text.subSequence(from, to).columnLength();
    }

    /// Whether a row may end before and after it without a space: the writing has none.
    private static boolean mayStandAlone(int c) {
        return Character.isIdeographic(c)
                || switch (Character.UnicodeScript.of(c)) {
                    case HIRAGANA, KATAKANA -> true;
                    default -> false;
                };
    }
}
