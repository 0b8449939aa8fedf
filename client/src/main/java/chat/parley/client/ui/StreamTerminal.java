package chat.parley.client.ui;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
    public void show(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void prompt(String prompt) {}

    @Override
    public Optional<String> next() throws IOException {
        return Optional.ofNullable(in.readLine());
    }

    @Override
    public boolean hasPerson() {
        return false;
    }

    @Override
    public void close() {}
}
