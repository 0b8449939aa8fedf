package chat.parley.client;

import chat.parley.client.ui.Tty;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/// One run of the client in this process: its exit code and what it printed.
record Run(int code, String out, String err) {

    /// @param home takes the place of the configuration directory
    static Run of(Path home, Map<String, String> environment, String stdin, String... arguments) {
        return of(home, environment, stdin, _ -> Optional.empty(), arguments);
    }

    /// @param person who is asked; given what was printed so far
    static Run of(
            Path home,
            Map<String, String> environment,
            String stdin,
            Function<String, Optional<Tty>> person,
            String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var variables = new HashMap<>(environment);
        variables.put("XDG_CONFIG_HOME", home.toString());
        variables.putIfAbsent("PARLEY_PASSWORD", "correct horse");
        var around =
                new Surroundings(
                        new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        variables,
                        false,
                        false,
                        () -> person.apply(out.toString(StandardCharsets.UTF_8)),
                        Clock.systemUTC(),
                        new Random(1));
        var code = Main.run(arguments, around);
        return new Run(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static Run of(Path home, String... arguments) {
        return of(home, Map.of(), "", arguments);
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
