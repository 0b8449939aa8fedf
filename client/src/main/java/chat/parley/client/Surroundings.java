package chat.parley.client;

import chat.parley.client.ui.Tty;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What a run of the client finds around it; a test passes its own.
///
/// @param hasTerminal whether lines are typed and shown on a terminal
/// @param isWatched whether the standard error is a terminal, where something may come and go
/// @param person who can be asked, also when they are not
record Surroundings(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        boolean hasTerminal,
        boolean isWatched,
        Supplier<Optional<Tty>> person,
        Clock clock,
        RandomGenerator random) {

    /// `~/.config/parley`, where XDG wants it.
    Path configuration() {
        return configuration(environment);
    }

    static Path configuration(Map<String, String> environment) {
        var xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
        var home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return (xdg.isEmpty() ? Path.of(home, ".config") : Path.of(xdg)).resolve("parley");
    }

    /// `~/.local/state/parley`, where XDG wants it: what is worth keeping and not worth a backup.
    Path state() {
        var xdg = environment.getOrDefault("XDG_STATE_HOME", "");
        var home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return (xdg.isEmpty() ? Path.of(home, ".local", "state") : Path.of(xdg)).resolve("parley");
    }
}
