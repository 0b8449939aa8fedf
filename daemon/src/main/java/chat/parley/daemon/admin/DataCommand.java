package chat.parley.daemon.admin;

import chat.parley.daemon.config.ConfigLoader;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.observe.AuditHead;
import chat.parley.daemon.observe.AuditTrail;
import chat.parley.daemon.observe.Logs;
import chat.parley.daemon.store.AuditHeads;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.Refused;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What `parleyd` does with its data and without serving: backup, restore, export, audit.
///
/// What people are told goes to standard error; standard output has only what was asked for.
@SuppressWarnings("NullAway.Init") // picocli sets the field
abstract sealed class DataCommand implements Callable<Integer>
        permits TakeBackup, RestoreBackup, ExportMessages, VerifyAudit {

    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int WRONG_USE = 2;
    private static final int FAILED = 3;

    private final Supplier<Path> config;
    private final PrintStream err;

    @Spec private CommandSpec spec;

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
        DaemonConfig loaded;
        try {
            loaded = ConfigLoader.load(config.get());
        } catch (ConfigProblem problem) {
            return say(problem, WRONG_USE);
        }
        var code = on(loaded.dataDir());
        record(loaded, code);
        return code;
    }

    private int on(Path dataDir) {
        try {
            done(dataDir).ifPresent(this::say);
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

    /// What was done stays done, also if it cannot be recorded.
    private void record(DaemonConfig loaded, int code) {
        var dataDir = loaded.dataDir();
        try {
            if (!isAct() || !Database.isIn(dataDir)) {
                return;
            }
            var heads = AuditHeads.existing(dataDir);
            var trail =
                    new AuditTrail(
                            dataDir,
                            heads.isPresent() ? heads.get() : AuditHead.Keeper.NOWHERE,
                            loaded.audit().keep(),
                            Clock.systemUTC(),
                            "parleyd");
            if (code == DONE && this instanceof RestoreBackup) {
                trail.adopt(); // the database knows what was newest when it was copied
            }
            var asked = spec.root().commandLine().getParseResult();
            trail.append(AdminAct.of(asked, System.getenv()).with("exit", Integer.toString(code)));
        } catch (IOException problem) {
            say("this is not in the audit log: " + problem.getMessage());
        }
    }

    /// Whether it does anything but look at the audit log.
    private boolean isAct() {
        return !(this instanceof VerifyAudit);
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
