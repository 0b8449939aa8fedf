package chat.parley.client.ui;

import java.util.List;
import java.util.function.Consumer;
import org.jline.keymap.KeyMap;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;

/// An [Editor] that is drawn by somebody else, as part of a screen, with the keys that move in it.
final class FullEditor extends Editor {

    /// What a key asks for.
    sealed interface Wish {

        record Older() implements Wish {}

        record Newer() implements Wish {}

        record Oldest() implements Wish {}

        record Newest() implements Wish {}

        /// Draw all anew.
        record Anew() implements Wish {}

        /// Go to the place of this number, from 1.
        record Place(int number) implements Wish {}

        /// Go to the next place, or the one before.
        record Step(int by) implements Wish {}
    }

    private final Runnable painter;

    /// @param painter draws the screen, under the lock
    /// @param asked told of keys, under the lock
    FullEditor(Terminal terminal, Runnable painter, Consumer<Wish> asked) {
        super(terminal);
        this.painter = painter;
        bind("older", () -> asked.accept(new Wish.Older()), PAGE_UP);
        bind("newer", () -> asked.accept(new Wish.Newer()), "\u001b[6~");
        bind("anew", () -> asked.accept(new Wish.Anew()), KeyMap.ctrl('L'));
        bind("next-place", () -> asked.accept(new Wish.Step(1)), KeyMap.ctrl('N'));
        bind("previous-place", () -> asked.accept(new Wish.Step(-1)), KeyMap.ctrl('P'));
        for (var number = 1; number <= 9; number++) {
            var place = new Wish.Place(number);
            bind("place-" + number, () -> asked.accept(place), KeyMap.alt((char) ('0' + number)));
        }
        // With nothing typed there is no line to go to the ends of.
        bindWhereEmpty(
                "oldest",
                () -> asked.accept(new Wish.Oldest()),
                LineReader.BEGINNING_OF_LINE,
                "\u001b[H",
                "\u001bOH",
                "\u001b[1~");
        bindWhereEmpty(
                "newest",
                () -> asked.accept(new Wish.Newest()),
                LineReader.END_OF_LINE,
                "\u001b[F",
                "\u001bOF",
                "\u001b[4~");
    }

    @Override
    void draw(boolean flush) {
        painter.run();
    }

    /// The screen is not a stream: no line is left behind.
    @Override
    protected void doCleanup(boolean nl) {
        super.doCleanup(false);
    }

    String typed() {
        return reading ? buf.toString() : "";
    }

    /// Where the cursor is, in characters.
    int at() {
        return reading ? typed().offsetByCodePoints(0, buf.cursor()) : 0;
    }

    AttributedString question() {
        return prompt == null ? new AttributedString("") : prompt;
    }

    /// What the editor shows for a while: a search, a choice of words.
    List<AttributedString> below(int columns) {
        var now = post;
        var text = now == null ? null : now.get();
        return text == null || text.length() == 0 ? List.of() : text.columnSplitLength(columns);
    }
}
