package chat.parley.client.ui;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Where lines are shown and typed. A border of the system: a real terminal, or two streams.
public interface Terminal extends AutoCloseable {

    /// Shows a finished line, above what is being typed. Any thread.
    void show(Printed line);

    /// Changes the prompt, at once. Any thread.
    void prompt(Printed prompt);

    /// Waits for what is typed next: one text, which may have several lines, or several texts if
    /// lines were pasted and are to be said one by one. Empty when there will be no more. One
    /// thread.
    Optional<List<String>> next() throws IOException;

    /// Whether a person sits there, who can wait, look and leave.
    boolean hasPerson();

    @Override
    void close() throws IOException;
}
