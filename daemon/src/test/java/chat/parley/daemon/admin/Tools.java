package chat.parley.daemon.admin;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/// Runs the admin's tools for tests of other packages.
public final class Tools {

    private Tools() {}

    /// @param printed to standard output
    /// @param said to standard error
    public record Run(int code, String printed, String said) {}

    @CommandLine.Command(name = "parleyd")
    private static final class Parleyd {}

    /// One of the commands of `parleyd` that do not serve.
    public static Run parleyd(Path config, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        var say = new PrintStream(err, true, StandardCharsets.UTF_8);
        var code =
                new CommandLine(new Parleyd())
                        .addSubcommand(new TakeBackup(() -> config, say))
                        .addSubcommand(new RestoreBackup(() -> config, say, Clock.systemUTC()))
                        .addSubcommand(new ExportMessages(() -> config, print, say))
                        .addSubcommand(AuditCommand.all(() -> config, print, say))
                        .setErr(new PrintWriter(say, true, StandardCharsets.UTF_8))
                        .execute(arguments);
        return new Run(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// `parley-user`; nobody types.
    public static Run parleyUser(Path config, String... arguments) {
        return parleyUser(InputStream.nullInputStream(), config, arguments);
    }

    /// The same with something on standard input.
    public static Run parleyUser(InputStream in, Path config, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var streams =
                new UserTool.Streams(
                        in,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        _ -> Optional.empty());
        var all = new ArrayList<>(List.of("--config", config.toString()));
        all.addAll(List.of(arguments));
        var code = UserTool.run(streams, all.toArray(String[]::new));
        return new Run(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
