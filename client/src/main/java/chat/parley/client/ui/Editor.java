package chat.parley.client.ui;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;

/// JLine's line editor with what a chat wants of it: a prompt that changes while one types, a text
/// of several lines, knowing what was pasted, and telling that somebody types.
///
/// Its reader's thread types; any thread may show a line or change the prompt. JLine's own lock
/// keeps them apart.
class Editor extends LineReaderImpl {

    static final String PAGE_UP = "\u001b[5~";

    private static final String NEW_LINE = "new-line";

    private AttributedString wanted = new AttributedString(""); // guarded by lock
    private boolean isPasted; // guarded by lock
    private String told = ""; // guarded by lock
    private boolean isAsking; // guarded by lock
    private Consumer<String> onChange = _ -> {}; // guarded by lock
    private Runnable onFocus = () -> {}; // guarded by lock
    private volatile boolean hasFocus;

    Editor(Terminal terminal) {
        super(terminal, "parley", null);
        getWidgets().put(NEW_LINE, this::newLine);
        for (var keys : getKeyMaps().values()) {
            // Alt-Enter, and what terminals with longer key codes send for Shift-Enter.
            keys.bind(
                    new Reference(NEW_LINE),
                    KeyMap.alt('\r'),
                    KeyMap.alt('\n'),
                    "\u001b[13;2u",
                    "\u001b[27;2;13~");
        }
    }

    /// @param action done under the lock
    final void bind(String name, Runnable action, String... keys) {
        getWidgets()
                .put(
                        name,
                        () -> {
                            action.run();
                            return true;
                        });
        for (var map : List.of(LineReader.EMACS, LineReader.MAIN)) {
            Objects.requireNonNull(getKeyMaps().get(map)).bind(new Reference(name), keys);
        }
    }

    /// @param otherwise the widget that is called where something is typed
    final void bindWhereEmpty(String name, Runnable action, String otherwise, String... keys) {
        bind(
                name,
                () -> {
                    if (buf.length() == 0) {
                        action.run();
                    } else {
                        callWidget(otherwise);
                    }
                },
                keys);
    }

    /// @param listener told the text whenever it is another; under the lock, so it must not wait
    void onChange(Consumer<String> listener) {
        locked(() -> onChange = listener);
    }

    /// Whether what is typed answers a question of ours, and is told to nobody.
    void asking(boolean changed) {
        locked(() -> isAsking = changed);
    }

    /// As it is, not as a pattern; at once if somebody types.
    void prompt(AttributedString changed) {
        locked(() -> {
            if (!changed.equals(wanted)) {
                wanted = changed;
                prompt = changed;
                if (reading) {
                    redisplay(true);
                }
            }
        });
    }

    /// JLine calls it when a line begins.
    @Override
    public void setPrompt(String ignored) {
        locked(() -> prompt = wanted);
    }

    /// Whether lines were pasted into the text since it was last asked.
    boolean wasPasted() {
        lock.lock();
        try {
            var was = isPasted;
            isPasted = false;
            return was;
        } finally {
            lock.unlock();
        }
    }

    /// Does something to the terminal while nobody else does.
    void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /// Whether the window is known to be in front.
    boolean hasFocus() {
        return hasFocus;
    }

    /// @param listener told when the window comes to the front
    void onFocus(Runnable listener) {
        locked(() -> onFocus = listener);
    }

    @Override
    public boolean focusIn() {
        hasFocus = true;
        onFocus.run();
        return true;
    }

    @Override
    public boolean focusOut() {
        hasFocus = false;
        return true;
    }

    @Override
    public boolean beginPaste() {
        var before = lines();
        var done = super.beginPaste();
        isPasted |= lines() > before;
        return done;
    }

    /// JLine would wait for the end of a paste with a lock on its input that its way out needs too:
    /// a process that is told to end meanwhile would not.
    @Override
    protected String doReadStringUntil(String end) {
        var text = new StringBuilder();
        while (text.indexOf(end, Math.max(0, text.length() - end.length())) < 0) {
            var c = readCharacter();
            if (c < 0) {
                throw new EndOfFileException();
            }
            text.append((char) c);
        }
        text.setLength(text.length() - end.length());
        return text.toString();
    }

    @Override
    protected void redisplay(boolean flush) {
        var text = buf.toString();
        // What is entered is taken off the screen before anybody has it: that is no news.
        if (!text.equals(told) && !isAsking && state != State.DONE) {
            told = text;
            onChange.accept(text);
        }
        draw(flush);
    }

    /// Draws what is typed where the cursor is.
    void draw(boolean flush) {
        super.redisplay(flush);
    }

    /// Draws what is typed on a terminal that others wrote to.
    void again() {
        locked(() -> {
            if (reading) {
                redrawLine();
                redisplay(true);
            }
        });
    }

    /// The terminal is about to be given back: from now on only this thread writes to it. Whoever
    /// begins a line at this very moment would switch on what nobody switches off; it waits for a
    /// lock that is never free again.
    @SuppressWarnings("LockNotBeforeTry") // it is kept
    void end() {
        lock.lock();
    }

    /// Takes what is typed and its prompt off the screen; the terminal is about to close.
    void erase() {
        locked(() -> display.update(List.of(), 0));
    }

    private boolean newLine() {
        buf.write('\n');
        return true;
    }

    private long lines() {
        return buf.toString().chars().filter(c -> c == '\n').count();
    }
}
