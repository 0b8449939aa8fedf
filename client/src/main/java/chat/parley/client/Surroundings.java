package chat.parley.client;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What a run of the client finds around it; a test passes its own.
record Surroundings(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        boolean hasTerminal,
        Clock clock,
        RandomGenerator random) {

    /// `~/.config/parley`, where XDG wants it.
    Path configuration() {
        var xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
        var home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return (xdg.isEmpty() ? Path.of(home, ".config") : Path.of(xdg)).resolve("parley");
    }
}
