package chat.parley.client.ui;

import chat.parley.client.model.Effect;
import chat.parley.client.model.Habits;
import chat.parley.client.model.Line;
import chat.parley.client.model.Model;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where lines are shown and typed. A border of the system: a real terminal, or two streams.
public interface Terminal extends AutoCloseable {

    /// Shows a finished line, above what is being typed. One thread, that of [#update].
    void show(Line line, Model model);

    /// How things stand now: where one speaks, what is new elsewhere, whether the link stands.
    void update(Model model, Instant now);

    /// Somebody wants the person, who may look elsewhere.
    void tell(Effect.Tell tell, Instant now);

    /// Waits for what is typed next: one text, which may have several lines, or several texts if
    /// lines were pasted and are to be said one by one. Empty when there will be no more. One
    /// thread.
    Optional<List<String>> next() throws IOException;

    /// Whether a person sits there, who can wait, look and leave.
    boolean hasPerson();

    /// What of the model somebody sees who looks: a place that is not shown is not read.
    Habits.View view();

    @Override
    void close() throws IOException;
}
