package chat.parley.daemon.admin;

import chat.parley.daemon.config.ConfigLoader;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.observe.Logs;
import chat.parley.daemon.store.Refused;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/// What `parleyd` does with its data and without serving: backup, restore, export.
///
/// What people are told goes to standard error; standard output has only what was asked for.
abstract sealed class DataCommand implements Callable<Integer>
        permits TakeBackup, RestoreBackup, ExportMessages {

    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int WRONG_USE = 2;
    private static final int FAILED = 3;

    private final Supplier<Path> config;
    private final PrintStream err;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "shows this help")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    /// @param config where the configuration is, asked once the command line was read
    DataCommand(Supplier<Path> config, PrintStream err) {
        this.config = config;
        this.err = err;
    }

    @Override
    public final Integer call() {
        Logs.quiet();
        try {
            done(ConfigLoader.load(config.get()).dataDir()).ifPresent(this::say);
            return DONE;
        } catch (ConfigProblem problem) {
            return say(problem, WRONG_USE);
        } catch (Refused problem) {
            return say(problem, REFUSED);
        } catch (IOException problem) {
            return say(problem, FAILED);
        }
    }

    private Optional<String> done(Path dataDir) throws ConfigProblem, IOException, Refused {
        try (var progress =
                new ProgressLine("parleyd", err, ProgressLine.isTerminal(), System::nanoTime)) {
            return on(dataDir, progress);
        }
    }

    /// @return what to tell when it is done
    abstract Optional<String> on(Path dataDir, ProgressLine progress)
            throws ConfigProblem, IOException, Refused;

    private int say(Exception problem, int code) {
        say(Objects.requireNonNullElse(problem.getMessage(), problem.toString()));
        return code;
    }

    private void say(String text) {
        err.println("parleyd: " + text);
    }
}
