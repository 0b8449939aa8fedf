package chat.parley.daemon.admin;

import chat.parley.daemon.config.ConfigLoader;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.observe.AuditReader;
import chat.parley.daemon.observe.Logs;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `audit tail`: the newest lines, and with `--follow` those that come.
@Command(
        name = "tail",
        description = "Prints the newest lines of the audit log.",
        sortOptions = false)
final class TailAudit implements Callable<Integer> {

    /// Others write, and whoever reads a file is not told that it grew: the JDK's watch looks no
    /// oftener, and not at all on some file systems. A person does not see the difference.
    private static final Duration OFTEN = Duration.ofMillis(250);

    private final String program;
    private final Supplier<Path> config;
    private final PrintStream out;
    private final PrintStream err;

    @Option(
            names = "-n",
            paramLabel = "N",
            description = "how many (default: ${DEFAULT-VALUE})",
            defaultValue = "20")
    private int most;

    @Option(
            names = {"-f", "--follow"},
            description = "go on with what is written, until Ctrl-C")
    private boolean follow;

    @Option(names = "--json", description = "as they stand in the file, one JSON object a line")
    private boolean json;

    /// @param program whose command it is
    TailAudit(String program, Supplier<Path> config, PrintStream out, PrintStream err) {
        this.program = program;
        this.config = config;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        Logs.quiet();
        try {
            show(ConfigLoader.load(config.get()).dataDir());
            return UserTool.DONE;
        } catch (ConfigProblem | IOException problem) {
            err.println(program + ": " + problem.getMessage());
            return UserTool.CANNOT;
        }
    }

    private void show(Path dataDir) throws IOException {
        var reader = new AuditReader(dataDir, json);
        print(reader.last(Math.max(0, most)));
        try {
            while (follow && !out.checkError()) {
                var more = reader.more();
                print(more);
                if (more.isEmpty()) {
                    Thread.sleep(OFTEN);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // finish now
        }
    }

    private void print(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }
}
