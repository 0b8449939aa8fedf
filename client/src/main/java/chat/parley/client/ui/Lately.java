package chat.parley.client.ui;

import chat.parley.client.model.Backlog;
import chat.parley.client.model.Conversation;
import chat.parley.client.model.Entry;
import chat.parley.client.model.Line;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jspecify.annotations.Nullable;

/// The newest rows of where one is, built from the newest up and no further than they are looked
/// at: a keystroke must not wrap a thousand lines.
final class Lately {

    private final Screen screen;
    private final String here;
    private final int width;
    private final int wanted;
    private final List<AttributedString> newestFirst = new ArrayList<>();
    private final boolean isTop;
    private @Nullable LocalDate day; // of what stands above which all is newer

    /// @param wanted rows
    Lately(Screen screen, Scene scene, int width, int wanted) {
        this.screen = screen;
        this.here = scene.model().places().current();
        this.width = width;
        this.wanted = wanted;
        var entries =
                scene.model()
                        .places()
                        .here()
                        .map(Conversation::backlog)
                        .map(Backlog::entries)
                        .orElse(List.of());
        var notes = scene.notes().stream().filter(one -> one.place().equals(here)).toList();
        var entry = entries.size() - 1;
        var note = notes.size() - 1;
        while (newestFirst.size() < wanted && (entry >= 0 || note >= 0)) {
            var isNote =
                    note >= 0
                            && (entry < 0
                                    || !notes.get(note)
                                            .at()
                                            .isBefore(at(entries.get(entry).line())));
            if (isNote) {
                put(screen.line(notes.get(note--).line(), here));
            } else {
                put(entries.get(entry--));
            }
        }
        this.isTop = entry < 0 && note < 0;
        if (isTop && day != null) {
            put(screen.day(day));
        }
    }

    boolean isTop() {
        return isTop;
    }

    /// How far up one can be.
    int highest(int height) {
        return Math.max(0, Math.min(newestFirst.size(), wanted) - height);
    }

    /// @param index from the top of a window whose last row is the oldest wanted but `height`
    AttributedString row(int index, int height) {
        // One cannot scroll further than to the oldest row.
        var highest = Math.min(newestFirst.size(), wanted);
        var at = Math.max(height, highest) - 1 - index;
        return at < newestFirst.size() ? newestFirst.get(at) : new AttributedString("");
    }

    private void put(Entry entry) {
        var of = screen.dayOf(at(entry.line()));
        if (day != null && !of.equals(day)) {
            put(screen.day(day));
        }
        day = of;
        put(marked(entry));
    }

    private void put(Printed line) {
        newestFirst.addAll(Wrap.rows(line, width, Wrap.LongWord.CUT).reversed());
    }

    /// How far an own line got, and who reacted.
    private Printed marked(Entry entry) {
        var line = screen.line(entry.line(), here);
        var mark =
                switch (entry.state()) {
                    case STORED -> "";
                    case PENDING -> " (on its way)";
                    case FAILED -> " (not said)";
                    case UNSURE -> " (may be kept or not)";
                    case TAKEN_BACK -> "(taken back)";
                };
        var reactions =
                entry.reactions().by().entrySet().stream()
                        .map(one ->
                                " ["
                                        + TerminalText.plain(one.getKey())
                                        + (one.getValue().size() > 1
                                                ? " " + one.getValue().size()
                                                : "")
                                        + "]")
                        .collect(Collectors.joining());
        if (mark.isEmpty() && reactions.isEmpty()) {
            return line;
        }
        return new Printed(
                new AttributedStringBuilder()
                        .append(line.text())
                        .styled(screen.theme().quiet(), mark + reactions)
                        .toAttributedString(),
                line.start());
    }

    private static Instant at(Line line) {
        return switch (line) {
            case Line.Said said -> said.at();
            case Line.Happened happened -> happened.at();
            case Line.Note _, Line.Trouble _ -> Instant.MIN;
        };
    }
}
