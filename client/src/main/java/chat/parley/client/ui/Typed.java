package chat.parley.client.ui;

import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/// What is being typed as rows of the full view, those round the cursor. Pure.
record Typed(List<AttributedString> rows, int cursorRow, int cursorColumn) {

    /// @param most rows it may take
    static Typed of(Scene scene, int most) {
        var columns = Math.max(2, scene.columns());
        var before = harmless(scene.typed().substring(0, scene.cursor()));
        var all =
                new AttributedStringBuilder()
                        .append(scene.prompt())
                        .append(before)
                        .append(harmless(scene.typed().substring(scene.cursor())))
                        .append(" ") // the cursor may stand after the text
                        .toAttributedString();
        var rows = all.columnSplitLength(columns);
        var upToCursor =
                new AttributedStringBuilder()
                        .append(scene.prompt())
                        .append(before)
                        .append(" ")
                        .toAttributedString()
                        .columnSplitLength(columns);
        var cursorRow = upToCursor.size() - 1;
        var first = Math.max(0, Math.min(cursorRow - most / 2, rows.size() - most));
        return new Typed(
                List.copyOf(rows.subList(first, Math.min(rows.size(), first + most))),
                cursorRow - first,
                upToCursor.getLast().columnLength() - 1);
    }

    /// A paste may hold anything; a line feed in it is a sign here.
    private static String harmless(String typed) {
        return TerminalText.plain(typed.replace('\n', '\u23CE'));
    }
}
