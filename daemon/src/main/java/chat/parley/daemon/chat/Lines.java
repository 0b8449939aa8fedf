package chat.parley.daemon.chat;

import java.util.ArrayList;
import java.util.List;

/// A text of several lines as it is kept: one string, in which what no line can hold parts them. LF
/// begins a line of its own; CR begins one that goes on where the last one ended (IRCv3 multiline,
/// the tag `draft/multiline-concat`). So a text of one line is kept as it always was.
///
/// Pure functions; any thread.
public final class Lines {

    /// Before a line of its own.
    public static final char NEXT = '\n';

    /// Before a line that goes on where the one before ended.
    public static final char GOES_ON = '\r';

    private Lines() {}

    /// @param goesOn whether it is joined to the line before with nothing between
    record Line(String text, boolean goesOn) {

        boolean isBlank() {
            return text.isEmpty();
        }
    }

    /// Whether it is more than one line.
    static boolean areIn(String kept) {
        return kept.indexOf(NEXT) >= 0 || kept.indexOf(GOES_ON) >= 0;
    }

    static List<Line> of(String kept) {
        var lines = new ArrayList<Line>();
        var from = 0;
        for (var at = 0; at <= kept.length(); at++) {
            if (at == kept.length() || kept.charAt(at) == NEXT || kept.charAt(at) == GOES_ON) {
                var goesOn = from > 0 && kept.charAt(from - 1) == GOES_ON;
                lines.add(new Line(kept.substring(from, at), goesOn));
                from = at + 1;
            }
        }
        return lines;
    }
}
