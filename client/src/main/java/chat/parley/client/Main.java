package chat.parley.client;

import chat.parley.client.ui.TerminalText;
import chat.parley.client.ui.Tty;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The command `parley`: which mode was asked for, and the exit code.
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        // UTF-8 whatever the locale says: a channel's text is UTF-8, and so is a pipe's other end.
        var output = new Output();
        var out = utf8(output);
        var err = utf8(new FileOutputStream(FileDescriptor.err));
        var around =
                new Surroundings(
                        System.in,
                        out,
                        err,
                        System.getenv(),
                        hasTerminal(),
                        isTerminal("2"),
                        Tty::open,
                        Clock.system(ZoneId.systemDefault()),
                        RandomGenerator.getDefault());
        var code = run(arguments, around);
        out.flush();
        System.exit(written(output, code, err));
    }

    /// What cannot be written is not done, whatever became of the rest.
    private static int written(Output output, int code, PrintStream err) {
        var loss = output.loss();
        if (code != ExitCode.DONE.number() || loss.isEmpty()) {
            return code;
        }
        err.println("parley: the output cannot be written: " + loss.get());
        err.flush();
        return ExitCode.WRONG_USE.number();
    }

    /// Everything but the process itself.
    static int run(String[] arguments, Surroundings around) {
        try {
            return switch (CommandLine.read(List.of(arguments), around.environment())) {
                case Request.Print(var text) -> print(text, around);
                case Request.FirstRun() -> FirstRun.run(around).number();
                case Request.Talk talk -> Talk.run(talk, around).number();
                case Request.Send send -> Send.run(send, around).number();
                case Request.Passwd passwd -> Passwd.run(passwd, around).number();
                case Request.Sessions sessions -> SessionsMode.run(sessions, around).number();
                case Request.Tail tail -> Tail.run(tail, around).number();
                case Request.History history -> HistoryMode.run(history, around).number();
                case Request.Search search -> SearchMode.run(search, around).number();
                case Request.Who who -> WhoMode.run(who, around).number();
                case Request.Totp totp -> Totp.run(totp, around).number();
                case Request.KeyringStore(var connection) ->
                        KeyringMode.store(connection, around).number();
                case Request.KeyringRemove(var connection) ->
                        KeyringMode.remove(connection, around).number();
                case Request.TrustList list -> TrustMode.list(list, around).number();
                case Request.TrustShow show -> TrustMode.show(show, around).number();
                case Request.TrustRemove remove -> TrustMode.remove(remove, around).number();
            };
        } catch (Problem e) {
            around.err().println("parley: " + harmless(String.valueOf(e.getMessage())));
            return e.code().number();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ExitCode.CANNOT_CONNECT.number(); // it was not done, and may be tried again
        }
    }

    private static int print(String text, Surroundings around) {
        around.out().print(text);
        around.out().flush();
        return ExitCode.DONE.number();
    }

    /// Our own texts have lines; what the network said in them has none.
    private static String harmless(String text) {
        return Stream.of(text.split("\n", -1))
                .map(TerminalText::plain)
                .collect(Collectors.joining("\n"));
    }

    private static PrintStream utf8(OutputStream to) {
        return new PrintStream(to, false, StandardCharsets.UTF_8);
    }

    /// Java tells it of the standard input and output alone; elsewhere than on Linux it is not
    /// known.
    private static boolean isTerminal(String descriptor) {
        try {
            var file = Files.readSymbolicLink(Path.of("/proc/self/fd", descriptor)).toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException _) {
            return false;
        }
    }

    @SuppressWarnings("SystemConsoleNull") // a smaller Java may have none
    private static boolean hasTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }
}
