package chat.parley.client.ui;

import chat.parley.client.model.Effect;
import chat.parley.client.model.Habits;
import chat.parley.client.model.Line;
import chat.parley.client.model.Model;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.InfoCmp;

/// A real terminal by JLine: a stream of lines, and one line being typed that they never break.
///
/// What was typed is erased when it is entered; it comes back as a line when the daemon has kept
/// it. The status is a row of the prompt: no region of the screen is set apart, so the terminal's
/// own scrolling, copying and reading aloud stay what they are.
final class LineTerminal implements Terminal {

    /// Narrower than this a line is broken by the terminal alone.
    private static final int NARROWEST = 20;

    /// The smallest terminal that has room for a row of status.
    private static final int STATUS_COLUMNS = 40;

    private static final int STATUS_ROWS = 6;

    private final org.jline.terminal.Terminal terminal;
    private final Editor editor;
    private final Keyboard keyboard;
    private final Look look;
    private final Transcript transcript;
    private final Attention attention;
    private volatile Completion.Words words = new Completion.Words(List.of(), List.of());

    LineTerminal(
            org.jline.terminal.Terminal terminal,
            Look look,
            TypedHistory history,
            Person person,
            Instant now) {
        this.terminal = terminal;
        this.look = look;
        this.transcript = new Transcript(look.screen(), now);
        this.editor = new Editor(terminal);
        this.keyboard = new Keyboard(editor, () -> words, history);
        this.attention = new Attention(terminal, editor, look.notices(), "\r\n");
        editor.onChange(person::types);
        editor.onFocus(person::looks);
        new Suspension(terminal, editor, this::leave, this::enter).begin();
        editor.bindWhereEmpty("older", person::wantsOlder, LineReader.REDISPLAY, Editor.PAGE_UP);
    }

    @Override
    public void show(Line line, Model model) {
        transcript.next(line, model.places().current()).forEach(this::show);
    }

    private void show(Printed line) {
        var columns = Terminals.isDumb(terminal) ? 0 : terminal.getColumns();
        var rows = Wrap.rows(line, columns < NARROWEST ? 0 : columns, Wrap.LongWord.WHOLE);
        var all = new AttributedStringBuilder();
        for (var row : rows) {
            all.append(all.length() == 0 ? "" : "\n").append(row);
        }
        Terminals.ifOpen(() -> editor.printAbove(all.toAttributedString()));
    }

    @Override
    public void update(Model model, Instant now) {
        words = Completion.Words.of(model);
        var prompt = new AttributedStringBuilder();
        var columns = terminal.getColumns();
        if (look.hasStatus()
                && !Terminals.isDumb(terminal)
                && columns >= STATUS_COLUMNS
                && terminal.getRows() >= STATUS_ROWS) {
            prompt.append(new Status(look.screen().theme()).row(model, now, columns - 1))
                    .append("\n");
        }
        prompt.append(look.screen().prompt(model).text());
        Terminals.ifOpen(() -> {
            keyboard.prompt(prompt.toAttributedString());
            attention.update(model, now);
        });
    }

    @Override
    public void tell(Effect.Tell tell, Instant now) {
        Terminals.ifOpen(() -> attention.tell(tell, now));
    }

    @Override
    public Optional<List<String>> next() {
        return keyboard.next(() ->
                Terminals.ifOpen(() ->
                        editor.printAbove(new AttributedString("-- Ctrl-D or /quit leaves"))));
    }

    @Override
    public boolean hasPerson() {
        return true;
    }

    @Override
    public Habits.View view() {
        return Habits.View.STREAM;
    }

    @Override
    public void close() throws IOException {
        editor.end();
        Terminals.ifOpen(this::eraseWhatIsTyped);
        attention.close();
        terminal.close();
    }

    private void leave() {
        eraseWhatIsTyped();
        attention.rest();
    }

    private void enter() {
        attention.wake();
        editor.again();
    }

    /// It must not stay in the way of what the shell says next.
    private void eraseWhatIsTyped() {
        if (editor.isReading()) {
            editor.erase();
            terminal.puts(InfoCmp.Capability.carriage_return);
            terminal.puts(InfoCmp.Capability.clr_eos);
            terminal.flush();
        }
    }
}
