package chat.parley.daemon.admin;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.observe.AuditEvent;
import chat.parley.daemon.observe.AuditTrail;
import chat.parley.daemon.observe.Logs;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Accounts: `scripts/parley-user` runs it.
///
/// What people are told goes to standard error; standard output has only what was asked for (a
/// list, an account, a generated password), so that scripts can use it. It works on the database
/// beside a running daemon, which notices at once.
@Command(
        name = "parley-user",
        description = {
            "Adds, changes, disables, deletes and lists accounts. What it changes holds at once in a"
                    + " running daemon: a disabled account's sessions end.",
            "",
            "A password comes from the terminal, from standard input, or is generated; never from the"
                    + " command line, where others could read it.",
            "",
            "With --json a command answers in JSON on standard output: what it was asked for, or what it did,"
                    + " as {\"name\":…,\"done\":…,\"changed\":…}; changed is false if it was so"
                    + " already. What people are told, and why something was refused, goes to standard"
                    + " error. Several may run at once, and beside the daemon."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused, or there is no such account",
            "2:wrong use",
            "3:the configuration or the database cannot be used"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  parley-user invite ann                    shows a password for one login",
            "  parley-user add ann                       asks for the password",
            "  parley-user add bob --generate            shows a good one, this once",
            "  pass show cleo | parley-user add cleo --password-stdin",
            "  parley-user bind-cert ann --file ann.crt  that certificate opens it too",
            "  parley-user totp ann disable              ann has lost the phone with the app",
            "  parley-user disable bob                   bob is out within a second",
            "  parley-user list --json"
        },
        versionProvider = UserTool.Version.class,
        sortOptions = false)
public final class UserTool implements Runnable {

    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int WRONG_USE = 2;
    static final int CANNOT = 3;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "the daemon's configuration (default: conf/parley.conf)")
    private Path config = Path.of("conf/parley.conf");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "shows this help, or that of a command")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "shows the version")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean version;

    private final Streams streams;
    private final Recording recording = new Recording();

    /// What an admin does, in the audit log. It begins there when the database is opened; what was
    /// not opened was not changed.
    private final class Recording implements AdminAct.Recording {

        private Optional<AuditEvent> next = Optional.empty();
        private @Nullable AuditTrail trail;

        @Override
        public void begins(AuditEvent act) {
            next = Optional.of(act);
        }

        void opened(AuditTrail opened) throws IOException {
            if (next.isPresent()) {
                opened.append(next.get());
                trail = opened;
            }
        }

        /// That it began is there already.
        @Override
        public void ended(AuditEvent act) {
            try {
                if (trail != null) {
                    trail.append(act);
                }
            } catch (IOException problem) {
                say("how it ended is not in the audit log: " + problem.getMessage());
            }
        }
    }

    /// What `--version` prints.
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            var version = UserTool.class.getPackage().getImplementationVersion();
            return new String[] {"parley-user " + Objects.requireNonNullElse(version, "dev")};
        }
    }

    /// Where the program reads and writes.
    ///
    /// @param terminal where a password is typed; tests have one of their own
    record Streams(InputStream in, PrintStream out, PrintStream err, Terminal terminal) {}

    /// Somebody who types.
    interface Terminal {

        /// What was typed and not shown; empty if nobody is there.
        Optional<char[]> readPassword(String prompt);
    }

    private UserTool(Streams streams) {
        this.streams = streams;
    }

    static void main(String[] arguments) {
        Logs.quiet();
        var streams = new Streams(System.in, System.out, System.err, UserTool::askOnConsole);
        System.exit(run(streams, arguments));
    }

    private static Optional<char[]> askOnConsole(String prompt) {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .flatMap(console -> Optional.ofNullable(console.readPassword("%s", prompt)));
    }

    /// The whole program, but for the exit.
    static int run(Streams streams, String... arguments) {
        return line(streams).execute(arguments);
    }

    /// The program with all its commands.
    static CommandLine line(Streams streams) {
        var tool = new UserTool(streams);
        return new CommandLine(tool)
                .addSubcommand(new AddUser(tool))
                .addSubcommand(new InviteUser(tool))
                .addSubcommand(new SetPassword(tool))
                .addSubcommand(new SetRole(tool))
                .addSubcommand(new UserSwitches.Disable(tool))
                .addSubcommand(new UserSwitches.Enable(tool))
                .addSubcommand(new UserSwitches.Unlock(tool))
                .addSubcommand(new DeleteUser(tool))
                .addSubcommand(new CertificateBindings.Bind(tool))
                .addSubcommand(new CertificateBindings.Unbind(tool))
                .addSubcommand(new UserTotp(tool))
                .addSubcommand(new UserLists.ListAll(tool))
                .addSubcommand(new UserLists.Show(tool))
                .addSubcommand(new ImportUsers(tool))
                .addSubcommand(new ExportUsers(tool))
                .addSubcommand(new UserSessions(tool))
                .addSubcommand(new UserSwitches.Kick(tool))
                .addSubcommand(
                        AuditCommand.looking(() -> tool.config, streams.out(), streams.err()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
                .setExecutionStrategy(asked -> AdminAct.run(asked, System.getenv(), tool.recording))
                .setExecutionExceptionHandler((problem, _, _) -> tool.cannot(problem));
    }

    /// Without a command there is nothing to do.
    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                new CommandLine(this), "a command is missing; --help lists them");
    }

    private int cannot(Exception problem) throws Exception {
        if (problem instanceof ConfigProblem || problem instanceof IOException) {
            say(Objects.requireNonNullElse(problem.getMessage(), problem.toString()));
            return CANNOT;
        }
        throw problem;
    }

    /// Opens what the configuration names, and writes down what is about to be done.
    ///
    /// @throws ConfigProblem also if that cannot be written; then nothing may be done
    UserDesk open() throws ConfigProblem {
        return UserDesk.open(config, recording::opened);
    }

    Streams streams() {
        return streams;
    }

    /// Tells the person who runs this.
    void say(String text) {
        streams.err().println("parley-user: " + text);
    }

    /// Tells why not.
    int refuse(String why) {
        say(why);
        return REFUSED;
    }
}
