package chat.parley.daemon.admin;

import chat.parley.daemon.store.Backup;
import chat.parley.daemon.store.Refused;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parleyd backup FILE`.
@Command(
        name = "backup",
        description = {
            "Copies the database to a file, whole and as it is at one moment. A daemon may run.",
            "The file has mode 600: it holds every message and every password's hash. It appears when"
                    + " it is whole and on the disk."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused: the file exists, or there is no database",
            "2:wrong use, or a configuration that cannot be used",
            "3:could not read or write; there is no new file"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class TakeBackup extends DataCommand {

    @Parameters(paramLabel = "FILE", description = "the copy")
    private Path file;

    @Option(names = "--force", description = "replace a file that is there, once the copy is whole")
    private boolean force;

    public TakeBackup(Supplier<Path> config, PrintStream err) {
        super(config, err);
    }

    @Override
    Optional<String> on(Path dataDir, ProgressLine progress) throws IOException, Refused {
        var bytes = Backup.take(dataDir, file, force, progress);
        return Optional.of(
                String.format(
                        Locale.ROOT, "backed up to %s (%.1f MiB)", file, bytes / 1024.0 / 1024));
    }
}
