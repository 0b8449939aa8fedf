package chat.parley.daemon.admin;

import chat.parley.daemon.config.ConfigLoader;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.observe.AuditEvent;
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
        try {
            begins(loaded);
        } catch (IOException problem) {
            say("the audit log cannot be written, so nothing was done: " + problem.getMessage());
            return FAILED;
        }
        var code = on(loaded.dataDir());
        ended(loaded, code);
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

    private void begins(DaemonConfig loaded) throws IOException {
        if (isAct() && Database.isIn(loaded.dataDir())) {
            var heads = // of a database that is to be replaced nobody knows whether it can be read
                    this instanceof RestoreBackup
                            ? Optional.<AuditHead.Keeper>empty()
                            : AuditHeads.existing(loaded.dataDir());
            trail(loaded, heads).append(act(AdminAct.BEGINS));
        }
    }

    /// That it began is there already, unless there was no database yet.
    private void ended(DaemonConfig loaded, int code) {
        try {
            if (isAct() && Database.isIn(loaded.dataDir())) {
                var trail = trail(loaded, AuditHeads.existing(loaded.dataDir()));
                if (code == DONE && this instanceof RestoreBackup) {
                    trail.adopt(); // the database knows what was newest when it was copied
                }
                trail.append(act(AdminAct.ENDED).with("exit", Integer.toString(code)));
            }
        } catch (IOException problem) {
            say("how it ended is not in the audit log: " + problem.getMessage());
        }
    }

    private static AuditTrail trail(
            DaemonConfig loaded, Optional<? extends AuditHead.Keeper> heads) {
        return new AuditTrail(
                loaded.dataDir(),
                heads.isPresent() ? heads.get() : AuditHead.Keeper.NOWHERE,
                loaded.audit().keep(),
                Clock.systemUTC(),
                "parleyd");
    }

    private AuditEvent act(String what) {
        return AdminAct.of(what, spec.root().commandLine().getParseResult(), System.getenv());
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
