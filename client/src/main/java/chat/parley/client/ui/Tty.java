package chat.parley.client.ui;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The person at the terminal, also when input or output is a pipe: asks for a password or a yes.
///
/// It speaks to `/dev/tty`, as ssh does. Belongs to one thread, before any [Terminal] is open.
public final class Tty implements AutoCloseable {

    private static final Path DEVICE = Path.of("/dev/tty");
    private static final int LONGEST = 1024;

    private final InputStream in;
    private final OutputStream out;

    private Tty(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /// Somebody who types elsewhere than on the terminal; for tests.
    public static Tty over(InputStream in, OutputStream out) {
        return new Tty(in, out);
    }

    /// Empty if nobody is there.
    public static Optional<Tty> open() {
        try {
            return Optional.of(
                    new Tty(
                            new FileInputStream(DEVICE.toFile()),
                            new FileOutputStream(DEVICE.toFile())));
        } catch (IOException _) { // a daemon, a build, a pipe: nobody to ask
            return Optional.empty();
        }
    }

    /// A password, typed without echo. Empty if there was none. The caller wipes it.
    public Optional<char[]> password(String prompt) throws IOException {
        var echoAgain = new Thread(() -> stty("echo"), "echo");
        Runtime.getRuntime().addShutdownHook(echoAgain); // Ctrl-C must not leave a mute terminal
        stty("-echo");
        try {
            say(prompt);
            var typed = line();
            say("\n");
            return typed;
        } finally {
            stty("echo");
            Runtime.getRuntime().removeShutdownHook(echoAgain);
        }
    }

    /// Whether the person types `yes`.
    public boolean agrees(String question) throws IOException {
        say(question);
        return line().map(typed -> new String(typed).strip().toLowerCase(Locale.ROOT))
                .filter(List.of("yes", "y")::contains)
                .isPresent();
    }

    /// What the person types, without spaces around it. Empty if it is nothing.
    public Optional<String> answer(String question) throws IOException {
        say(question);
        return line().map(typed -> new String(typed).strip()).filter(text -> !text.isEmpty());
    }

    private void say(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private Optional<char[]> line() throws IOException {
        return Lines.firstOf(in, LONGEST);
    }

    private static void stty(String setting) {
        try {
            var stty =
                    new ProcessBuilder("stty", setting)
                            .redirectInput(Redirect.from(DEVICE.toFile()))
                            .redirectOutput(Redirect.DISCARD)
                            .redirectError(Redirect.DISCARD);
            stty.environment().remove("PARLEY_PASSWORD"); // nobody else's business
            stty.start().waitFor();
        } catch (IOException _) {
            // no stty: the password is seen by whoever looks over the shoulder, and nobody else
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
        out.close();
    }
}
