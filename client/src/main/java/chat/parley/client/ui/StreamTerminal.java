package chat.parley.client.ui;

import chat.parley.client.model.Effect;
import chat.parley.client.model.Habits;
import chat.parley.client.model.Line;
import chat.parley.client.model.Model;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Two streams instead of a terminal, for scripts: a line in, a line out, no prompt.
public final class StreamTerminal implements Terminal {

    private final BufferedReader in;
    private final PrintStream out;
    private final Transcript transcript;

    public StreamTerminal(InputStream in, PrintStream out, Transcript transcript) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
        this.transcript = transcript;
    }

    @Override
    public void show(Line line, Model model) {
        transcript
                .next(line, model.places().current())
                .forEach(printed -> out.println(printed.asText()));
        out.flush();
    }

    @Override
    public void update(Model model, Instant now) {}

    @Override
    public void tell(Effect.Tell tell, Instant now) {}

    @Override
    public Optional<List<String>> next() throws IOException {
        return Optional.ofNullable(in.readLine()).map(List::of);
    }

    @Override
    public boolean hasPerson() {
        return false;
    }

    @Override
    public Habits.View view() {
        return Habits.View.STREAM;
    }

    @Override
    public void close() {}
}
