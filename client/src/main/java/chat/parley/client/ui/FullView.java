package chat.parley.client.ui;

import chat.parley.client.model.Conversation;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/// The full view: places, lines, nicks, status and what is typed. Pure: a [Scene] to a [Painting].
///
/// What there is no room for goes, the least needed first: the nicks, the places, the topic.
record FullView(Screen screen) {

    private static final int PLACES = 16;
    private static final int NICKS = 16;

    /// The narrowest terminals with a list of places, and of nicks besides.
    private static final int WITH_PLACES = 60;

    private static final int WITH_NICKS = 80;

    /// The lowest terminal with a topic.
    private static final int WITH_TOPIC = 8;

    private static final int MOST_TYPED = 3;
    private static final int MOST_BELOW = 5;

    Painting paint(Scene scene) {
        var typed = Typed.of(scene, MOST_TYPED);
        var here = scene.model().places().here();
        var left = scene.columns() >= WITH_PLACES ? PLACES + 1 : 0;
        var hasNicks =
                scene.columns() >= WITH_NICKS && here.filter(Conversation::isChannel).isPresent();
        var right = hasNicks ? NICKS + 1 : 0;
        var top = scene.rows() >= WITH_TOPIC ? 1 : 0;
        var below = scene.below().subList(0, Math.min(MOST_BELOW, scene.below().size()));
        var height = Math.max(1, scene.rows() - top - 1 - typed.rows().size() - below.size());
        var width = Math.max(1, scene.columns() - left - right);
        var lines = new Lately(screen, scene, width, height + scene.scroll());
        var rows = new ArrayList<List<Painting.Piece>>();
        if (top > 0) {
            rows.add(List.of(piece(0, topic(scene))));
        }
        var places = places(scene);
        var nicks = here.map(one -> List.copyOf(one.members().values())).orElse(List.of());
        for (var i = 0; i < height; i++) {
            var row = new ArrayList<Painting.Piece>();
            if (left > 0 && i < places.size()) {
                row.add(piece(0, places.get(i)));
            }
            row.add(piece(left, lines.row(i, height)));
            if (hasNicks && i < nicks.size()) {
                var isLast = i == height - 1 && nicks.size() > height;
                row.add(
                        piece(
                                scene.columns() - NICKS,
                                isLast
                                        ? quiet("and " + (nicks.size() - i) + " more")
                                        : nick(nicks.get(i))));
            }
            rows.add(row);
        }
        rows.add(List.of(piece(0, status(scene))));
        below.forEach(one -> rows.add(List.of(piece(0, cut(one, scene.columns())))));
        var firstTyped = rows.size();
        typed.rows().forEach(one -> rows.add(List.of(piece(0, one))));
        while (rows.size() > scene.rows()) {
            rows.removeFirst(); // a terminal of two rows: what is typed stays
        }
        var shift = Math.min(0, scene.rows() - firstTyped - typed.rows().size());
        return new Painting(
                rows,
                Math.max(0, firstTyped + shift + typed.cursorRow()),
                Math.min(typed.cursorColumn(), scene.columns() - 1),
                height,
                lines.highest(height),
                lines.isTop());
    }

    private AttributedString topic(Scene scene) {
        var here = scene.model().places().here();
        var text =
                here.map(one ->
                                TerminalText.name(one.name())
                                        + (one.topic().isEmpty()
                                                ? ""
                                                : "  " + TerminalText.plain(one.topic())))
                        .orElse("nowhere yet; /join #channel");
        return cut(new AttributedString(text, screen.theme().bold()), scene.columns());
    }

    private AttributedString status(Scene scene) {
        var row = new Status(screen.theme()).row(scene.model(), scene.now(), scene.columns());
        return scene.scroll() == 0
                ? row
                : cut(
                        new AttributedStringBuilder()
                                .styled(screen.theme().bold(), "-- older lines; End: newest ")
                                .append(row)
                                .toAttributedString(),
                        scene.columns());
    }

    /// With the number that Alt and a digit go to.
    private List<AttributedString> places(Scene scene) {
        var rows = new ArrayList<AttributedString>();
        for (var one : scene.model().places().all().values()) {
            var number = rows.size() + 1;
            var reading = one.reading();
            var isHere = Status.isHere(one, scene.model());
            var count =
                    isHere || reading.unread() == 0
                            ? ""
                            : " " + reading.unread() + (reading.mentions() > 0 ? "!" : "");
            var mark = (number < 10 ? number + "" : " ") + (isHere ? ">" : " ");
            var room = PLACES - mark.length() - count.length();
            var style =
                    isHere || reading.mentions() > 0
                            ? screen.theme().bold()
                            : reading.unread() > 0
                                    ? AttributedStyle.DEFAULT
                                    : screen.theme().quiet();
            rows.add(
                    new AttributedStringBuilder()
                            .style(style)
                            .append(mark)
                            .append(cut(new AttributedString(TerminalText.name(one.name())), room))
                            .append(count)
                            .toAttributedString());
        }
        return rows;
    }

    private AttributedString nick(String nick) {
        var shown = TerminalText.name(nick);
        return cut(new AttributedString(shown, screen.theme().nick(shown)), NICKS);
    }

    private AttributedString quiet(String text) {
        return cut(new AttributedString(text, screen.theme().quiet()), NICKS);
    }

    private static Painting.Piece piece(int column, AttributedString text) {
        return new Painting.Piece(column, text);
    }

    static AttributedString cut(AttributedString text, int columns) {
        return text.columnLength() <= columns
                ? text
                : text.columnSubSequence(0, Math.max(0, columns));
    }
}
