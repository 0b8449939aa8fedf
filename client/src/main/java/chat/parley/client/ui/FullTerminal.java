package chat.parley.client.ui;

import chat.parley.client.model.Effect;
import chat.parley.client.model.Habits;
import chat.parley.client.model.Line;
import chat.parley.client.model.Model;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/// The whole screen: [FullView] drawn on the terminal's other screen, which leaves the first as it
/// was. Only rows that changed are written.
///
/// The editor's lock guards all fields: the typist draws with each key, the showing thread with
/// each change of the model.
final class FullTerminal implements Terminal {

    private static final String ON = "\u001b[?1049h\u001b[?7l\u001b[2J";
    private static final String OFF = "\u001b[?7h\u001b[?25h\u001b[0m\u001b[?1049l";
    private static final int MOST_NOTES = 500;

    private final org.jline.terminal.Terminal terminal;
    private final FullEditor editor;
    private final Keyboard keyboard;
    private final FullView view;
    private final Look look;
    private final Person person;
    private final Clock clock;
    private final Attention attention;
    private final Switches switches;
    private final Deque<Scene.Note> notes = new ArrayDeque<>();
    private List<String> shown = List.of();
    private volatile @Nullable Model model;
    private String place = "";
    private long newest;
    private int scroll;
    private int page = 1;
    private boolean isTop;

    FullTerminal(
            org.jline.terminal.Terminal terminal,
            Look look,
            TypedHistory history,
            Person person,
            Clock clock) {
        this.terminal = terminal;
        this.look = look;
        this.person = person;
        this.clock = clock;
        this.view = new FullView(look.screen());
        this.editor = new FullEditor(terminal, this::paint, this::asked);
        this.keyboard =
                new Keyboard(
                        editor,
                        () -> {
                            var now = model;
                            return now == null
                                    ? new Completion.Words(List.of(), List.of())
                                    : Completion.Words.of(now);
                        },
                        history);
        this.attention = new Attention(terminal, editor, look.notices(), "");
        this.switches = Terminals.switches(terminal, OFF, "");
        editor.onChange(person::types);
        editor.onFocus(person::looks);
        new Suspension(terminal, editor, this::leave, this::back).begin();
        enter();
    }

    /// Of the lines only what is in no backlog: the client's own words.
    @Override
    public void show(Line line, Model model) {
        switch (line) {
            case Line.Said _, Line.Happened _ -> {}
            case Line.Note _, Line.Trouble _ ->
                    editor.locked(() -> {
                        notes.add(new Scene.Note(clock.instant(), model.places().current(), line));
                        if (notes.size() > MOST_NOTES) {
                            notes.removeFirst();
                        }
                    });
        }
    }

    @Override
    public void update(Model changed, Instant now) {
        Terminals.ifOpen(() ->
                editor.locked(() -> {
                    model = changed;
                    keyboard.prompt(look.screen().prompt(changed).text());
                    attention.update(changed, now);
                    paint();
                }));
    }

    @Override
    public void tell(Effect.Tell tell, Instant now) {
        Terminals.ifOpen(() -> attention.tell(tell, now));
    }

    @Override
    public Optional<List<String>> next() {
        return keyboard.next(() -> {});
    }

    @Override
    public boolean hasPerson() {
        return true;
    }

    @Override
    public Habits.View view() {
        return Habits.View.PLACE;
    }

    @Override
    public void close() throws IOException {
        editor.end();
        attention.close();
        switches.close();
        terminal.close();
    }

    private void enter() {
        editor.locked(() -> {
            shown = List.of();
            terminal.writer().write(ON);
            terminal.flush();
            paint();
        });
    }

    private void back() {
        attention.wake();
        enter();
    }

    private void leave() {
        terminal.writer().write(OFF);
        attention.rest();
    }

    /// What a key asks for; under the editor's lock.
    private void asked(FullEditor.Wish wish) {
        var now = model;
        if (now == null) {
            return;
        }
        switch (wish) {
            case FullEditor.Wish.Older _ -> older(page);
            case FullEditor.Wish.Newer _ -> scroll = Math.max(0, scroll - page);
            case FullEditor.Wish.Oldest _ -> older(Integer.MAX_VALUE / 2);
            case FullEditor.Wish.Newest _ -> scroll = 0;
            case FullEditor.Wish.Anew _ -> shown = List.of();
            case FullEditor.Wish.Place(var number) -> goTo(now, number);
            case FullEditor.Wish.Step(var by) -> {
                var names = List.copyOf(now.places().all().keySet());
                var at = names.indexOf(now.places().current());
                if (!names.isEmpty()) {
                    goTo(now, Math.floorMod(at + by, names.size()) + 1);
                }
            }
        }
        paint();
    }

    private void older(int rows) {
        if (isTop && rows >= page) {
            person.wantsOlder();
        }
        scroll = (int) Math.min(Integer.MAX_VALUE / 2, (long) scroll + rows);
    }

    private void goTo(Model now, int number) {
        var places = List.copyOf(now.places().all().values());
        if (number <= places.size()) {
            person.goesTo(places.get(number - 1).name());
        }
    }

    /// Under the editor's lock.
    private void paint() {
        var now = model;
        var size = terminal.getBufferSize();
        if (now == null || size.getColumns() <= 0 || size.getRows() <= 0) {
            return;
        }
        settle(now);
        var typed = editor.typed();
        var painting =
                view.paint(
                        new Scene(
                                now,
                                clock.instant(),
                                List.copyOf(notes),
                                scroll,
                                editor.question(),
                                typed,
                                Math.min(editor.at(), typed.length()),
                                editor.below(size.getColumns()),
                                size.getColumns(),
                                size.getRows()));
        page = Math.max(1, painting.lines() - 1);
        isTop = painting.isTop();
        scroll = Math.min(scroll, painting.highest());
        draw(painting);
    }

    /// Another place is looked at from its end; lines that come do not move what one reads.
    private void settle(Model now) {
        var here = now.places().here();
        var last = here.map(one -> one.backlog().next()).orElse(0L);
        if (!now.places().current().equals(place)) {
            place = now.places().current();
            scroll = 0;
        } else if (scroll > 0 && last > newest) {
            scroll += (int) Math.min(1000, last - newest);
        }
        newest = last;
    }

    private void draw(Painting painting) {
        var rows = new ArrayList<String>();
        for (var pieces : painting.rows()) {
            var row = new StringBuilder();
            for (var piece : pieces) {
                row.append("\u001b[")
                        .append(rows.size() + 1)
                        .append(';')
                        .append(piece.column() + 1)
                        .append('H')
                        .append(ansi(piece.text()));
            }
            rows.add(row.toString());
        }
        var out = new StringBuilder("\u001b[?25l");
        if (shown.size() != rows.size()) {
            out.append("\u001b[2J");
            shown = List.of();
        }
        for (var i = 0; i < rows.size(); i++) {
            if (shown.isEmpty() || !shown.get(i).equals(rows.get(i))) {
                out.append("\u001b[").append(i + 1).append(";1H\u001b[K").append(rows.get(i));
            }
        }
        out.append("\u001b[")
                .append(painting.cursorRow() + 1)
                .append(';')
                .append(painting.cursorColumn() + 1)
                .append("H\u001b[?25h");
        shown = rows;
        terminal.writer().write(out.toString());
        terminal.flush();
    }

    private String ansi(AttributedString text) {
        return look.screen().theme().hasColour() ? text.toAnsi(terminal) : text.toString();
    }
}
