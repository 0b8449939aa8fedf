package chat.parley.client.ui;

import java.util.List;
import org.jline.utils.AttributedString;

/// A whole screen, ready to be drawn.
///
/// A row is made of pieces, each with the column it begins at, so that a letter of which the
/// terminal thinks otherwise cannot shift what stands to its right.
///
/// @param cursorRow from 0, as is the column
/// @param lines how many rows of lines there were room for
/// @param highest the most one can be above the newest, as far as anybody knows
/// @param isTop whether the oldest line is among them
record Painting(
        List<List<Piece>> rows,
        int cursorRow,
        int cursorColumn,
        int lines,
        int highest,
        boolean isTop) {

    record Piece(int column, AttributedString text) {}

    Painting {
        rows = List.copyOf(rows);
    }
}
