package chat.parley.daemon;

import chat.parley.daemon.admin.AuditCommand;
import chat.parley.daemon.admin.ExportMessages;
import chat.parley.daemon.admin.RestoreBackup;
import chat.parley.daemon.admin.TakeBackup;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.CurrentConfig;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.observe.Logs;
import chat.parley.daemon.tls.ServerTls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// `parleyd`: arguments, configuration, start, signals, exit codes.
@Command(
        name = "parleyd",
        description = "Serves secure team chat in the foreground until SIGTERM or SIGINT.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        commandListHeading = "%nCommands, instead of serving:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; or stopped, and every session was told; or the configuration is good",
            "1:refused; or stopped by force: a second signal, or sessions that did not end in time",
            "2:wrong use, or a configuration that cannot be used",
            "3:could not start, or failed"
        })
final class Main implements Callable<Integer> {

    private static final int DONE = 0;
    private static final int FORCED = 1;
    private static final int WRONG_USE = 2;
    private static final int FAILED = 3;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "the configuration (default: ${DEFAULT-VALUE})")
    private Path config = Path.of("conf", "parley.conf");

    @Option(
            names = "--check",
            description = "read the configuration, say what is wrong with it, and exit")
    private boolean check;

    /// What `--version` prints.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"parleyd " + (version == null ? "dev" : version)};
        }
    }

    public static void main(String[] args) {
        System.exit(line().execute(args));
    }

    /// The whole command line, as `--help` shows it.
    static CommandLine line() {
        var main = new Main();
        return new CommandLine(main)
                .addSubcommand(new TakeBackup(() -> main.config, System.err))
                .addSubcommand(new RestoreBackup(() -> main.config, System.err, Clock.systemUTC()))
                .addSubcommand(new ExportMessages(() -> main.config, System.out, System.err))
                .addSubcommand(AuditCommand.all(() -> main.config, System.out, System.err));
    }

    @Override
    public Integer call() throws InterruptedException {
        Logs.install();
        try {
            var loaded = CurrentConfig.load(config);
            if (check) {
                return checked(loaded.get());
            }
            return serve(loaded);
        } catch (ConfigProblem problem) {
            System.err.println("parleyd: " + problem.getMessage());
            return WRONG_USE;
        } catch (IOException | RuntimeException problem) { // the top of the main thread
            LoggerFactory.getLogger(Main.class).error("cannot run", problem);
            System.err.println("parleyd: " + problem.getMessage());
            return FAILED;
        }
    }

    private int checked(DaemonConfig loaded) throws ConfigProblem {
        var tls = ServerTls.of(loaded.tls());
        System.out.println("parleyd: " + config + " is good");
        tls.summary().forEach(line -> System.out.println("  certificate: " + line));
        return DONE;
    }

    private static int serve(CurrentConfig config)
            throws ConfigProblem, IOException, InterruptedException {
        var stop = new CountDownLatch(1);
        var hurry = new CountDownLatch(1);
        Signals.onStop(() -> {
            if (stop.getCount() == 0) {
                hurry.countDown();
            }
            stop.countDown();
        });
        var daemon = Daemon.start(config);
        Signals.onHangup(() -> Thread.ofVirtual().name("reread").start(daemon::reread));
        stop.await();
        return switch (daemon.stop(hurry)) {
            case GRACEFUL -> DONE;
            case FORCED -> FORCED;
        };
    }
}
