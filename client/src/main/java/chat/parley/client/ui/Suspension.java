package chat.parley.client.ui;

import java.io.IOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;

/// Ctrl-Z: the shell gets its terminal back as it was, and `fg` brings this one again. Not every
/// shell puts a terminal right that was left in the middle of a line.
///
/// Runs on the thread that JLine has for signals, under the editor's lock: nobody draws meanwhile.
final class Suspension {

    /// A process that was told to stop may go on for milliseconds; what it did in them would be
    /// done to the shell's terminal. So it waits for somebody who has seen it stopped, a second at
    /// most.
    private static final String STOPPED =
            "kill -STOP \"$1\"; n=0; while [ $n -lt 50 ]; do"
                    + " case $(ps -o stat= -p \"$1\") in T*) exit ;; esac;"
                    + " n=$((n + 1)); sleep 0.02; done";

    private final Terminal terminal;
    private final Editor editor;
    private final Runnable leave;
    private final Runnable enter;
    private final Attributes before;

    /// To be made before anybody reads a key: the terminal is then as the shell left it.
    ///
    /// @param leave puts the terminal back
    /// @param enter takes it again and draws all anew
    Suspension(Terminal terminal, Editor editor, Runnable leave, Runnable enter) {
        this.terminal = terminal;
        this.editor = editor;
        this.leave = leave;
        this.enter = enter;
        this.before = terminal.getAttributes();
    }

    void begin() {
        terminal.handle(Signal.TSTP, _ -> Terminals.ifOpen(() -> editor.locked(this::suspend)));
    }

    private void suspend() {
        var editing = terminal.getAttributes();
        leave.run();
        terminal.flush();
        terminal.setAttributes(before);
        stop();
        terminal.setAttributes(editing);
        enter.run();
        terminal.flush();
    }

    private static void stop() {
        try {
            new ProcessBuilder(
                            "sh",
                            "-c",
                            STOPPED,
                            "stop",
                            Long.toString(ProcessHandle.current().pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException _) {
            // no shell on this machine: there is nobody to stop for either
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
