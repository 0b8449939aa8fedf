package chat.parley.daemon.admin;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `audit`, of `parleyd` and of `parley-user`: looks at the audit log.
@Command(
        name = "audit",
        description = "Looks at the audit log: who logged in, was refused, changed what, and when.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  parley-user audit tail -n 50",
            "  parley-user audit tail --follow --json | jq .event"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the field
public final class AuditCommand implements Runnable {

    @Spec private CommandSpec spec;

    private AuditCommand() {}

    /// Of `parleyd`; the commands of `parley-user` have it from the program.
    @Command
    private static final class Help {

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "shows this help")
        @SuppressWarnings("unused") // picocli acts on it
        private boolean help;
    }

    /// Of `parleyd`, which also verifies.
    public static CommandLine all(Supplier<Path> config, PrintStream out, PrintStream err) {
        var tail = new CommandLine(new TailAudit("parleyd", config, out, err));
        var audit = new CommandLine(new AuditCommand());
        for (var line : List.of(tail, audit)) {
            line.getCommandSpec().addMixin("help", CommandSpec.forAnnotatedObject(new Help()));
        }
        return audit.addSubcommand(tail).addSubcommand(new VerifyAudit(config, out, err));
    }

    /// Of `parley-user`.
    static CommandLine looking(Supplier<Path> config, PrintStream out, PrintStream err) {
        return new CommandLine(new AuditCommand())
                .addSubcommand(new TailAudit("parley-user", config, out, err));
    }

    /// Without a command there is nothing to do.
    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "a command is missing; --help lists them");
    }
}
