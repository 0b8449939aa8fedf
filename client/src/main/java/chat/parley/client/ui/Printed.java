package chat.parley.client.ui;

import java.util.stream.Collectors;
import org.jline.utils.AttributedString;

/// A line as it is shown, before it is as wide as a terminal: what came of it is harmless already.
///
/// @param text a line feed in it ends a row; the next begins under the text
/// @param start the index at which the text begins, after the time and who said it
public record Printed(AttributedString text, int start) {

    /// Without a colour or a sequence of any kind.
    public static Printed plain(String text) {
        return new Printed(new AttributedString(text), 0);
    }

    /// Without a sequence, and as wide as it is; what has several lines is set under its text.
    public String asText() {
        return Wrap.rows(this, 0, Wrap.LongWord.WHOLE).stream()
                .map(AttributedString::toString)
                .collect(Collectors.joining("\n"));
    }

    /// The columns that stand before the text.
    int indent() {
        return text.subSequence(0, start).columnLength();
    }
}
