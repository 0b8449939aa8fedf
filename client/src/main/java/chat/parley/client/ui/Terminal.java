package chat.parley.client.ui;

import java.io.IOException;
import java.util.Optional;

/// Where lines are shown and typed. A border of the system: a real terminal, or two streams.
public interface Terminal extends AutoCloseable {

    /// Shows a finished line, above what is being typed. Any thread.
    void show(String line);

    /// Changes the prompt, at once. Any thread.
    void prompt(String prompt);

    /// Waits for what is typed next: one line, or several if they were pasted together. Empty when
    /// there will be no more. One thread.
    Optional<String> next() throws IOException;

    /// Whether a person sits there, who can wait, look and leave.
    boolean hasPerson();

    @Override
    void close() throws IOException;
}
