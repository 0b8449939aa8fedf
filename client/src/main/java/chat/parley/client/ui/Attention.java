package chat.parley.client.ui;

import chat.parley.client.model.Effect;
import chat.parley.client.model.Model;
import java.time.Instant;

/// Gets the person's attention: a bell or a notification while its window is not in front, some
/// seconds apart, and the number of unread lines in the title, which is put back at the end.
///
/// Belongs to the thread that shows; the editor's lock keeps its sequences apart from others.
final class Attention implements AutoCloseable {

    private static final String FOCUS_ON = "\u001b[?1004h";
    private static final String FOCUS_OFF = "\u001b[?1004l";

    /// JLine leaves it on where the reader never comes to the end of a line.
    private static final String PASTE_ON = "\u001b[?2004h";

    private static final String PASTE_OFF = "\u001b[?2004l";

    private final org.jline.terminal.Terminal terminal;
    private final Editor editor;
    private final Notices notices;
    private final Switches switches;
    private final String on;
    private final String off;
    private final Calls calls = new Calls();
    private String title = "";

    /// @param last written when the process is told to end: what was typed keeps a line of its own
    Attention(org.jline.terminal.Terminal terminal, Editor editor, Notices notices, String last) {
        this.terminal = terminal;
        this.editor = editor;
        this.notices = notices;
        var asksFocus = !Terminals.isDumb(terminal) && notices.kind() != Notices.Kind.OFF;
        this.off =
                (Terminals.isDumb(terminal) ? "" : PASTE_OFF)
                        + (asksFocus ? FOCUS_OFF : "")
                        + (notices.hasTitle() ? Notices.TITLE_BACK : "");
        this.on = (asksFocus ? FOCUS_ON : "") + (notices.hasTitle() ? Notices.KEEP_TITLE : "");
        this.switches = Terminals.switches(terminal, off, last);
        write(on);
    }

    /// The shell has the terminal for a while.
    void rest() {
        write(off);
    }

    /// Here again; what is switched on while a line is read, too.
    void wake() {
        write((editor.isReading() && !Terminals.isDumb(terminal) ? PASTE_ON : "") + on + title);
    }

    /// A terminal that does not say whether it is in front is told always; none too often.
    void tell(Effect.Tell tell, Instant now) {
        ringDue(now);
        if (!editor.hasFocus()) {
            calls.next(tell, now).ifPresent(this::ring);
        }
    }

    private void ring(Calls.Call call) {
        write(notices.sequence(call));
    }

    /// Who looks by now needs no call of what was held back.
    private void ringDue(Instant now) {
        var due = calls.due(now);
        if (!editor.hasFocus()) {
            due.forEach(this::ring);
        }
    }

    void update(Model model, Instant now) {
        ringDue(now);
        var here = model.places().here().map(place -> place.name()).orElse("");
        var changed = notices.title(here, Status.unread(model));
        if (!changed.equals(title)) {
            title = changed;
            write(changed);
        }
    }

    private void write(String sequence) {
        if (!sequence.isEmpty()) {
            editor.locked(() -> {
                terminal.writer().write(sequence);
                terminal.flush();
            });
        }
    }

    @Override
    public void close() {
        switches.close();
    }
}
