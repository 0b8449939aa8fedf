package chat.parley.client.ui;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Two streams instead of a terminal, for scripts: a line in, a line out, no prompt.
public final class StreamTerminal implements Terminal {

    private final BufferedReader in;
    private final PrintStream out;

    public StreamTerminal(InputStream in, PrintStream out) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
    }

    @Override
    public void show(Printed line) {
        out.println(line.asText());
        out.flush();
    }

    @Override
    public void prompt(Printed prompt) {}

    @Override
    public Optional<List<String>> next() throws IOException {
        return Optional.ofNullable(in.readLine()).map(List::of);
    }

    @Override
    public boolean hasPerson() {
        return false;
    }

    @Override
    public void close() {}
}
