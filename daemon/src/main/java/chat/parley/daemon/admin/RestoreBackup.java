package chat.parley.daemon.admin;

import chat.parley.daemon.store.Refused;
import chat.parley.daemon.store.Restore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `parleyd restore FILE`.
@Command(
        name = "restore",
        description = {
            "Puts a backup in the place of the database. No daemon may run.",
            "The backup is copied and looked at from end to end first; what was there stays beside it,"
                    + " under a name with the time. Accounts and passwords are those of the backup."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused: a daemon runs, or the file is no whole backup that this version can read",
            "2:wrong use, or a configuration that cannot be used",
            "3:could not read or write; the database is as it was"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class RestoreBackup extends DataCommand {

    private final Clock clock;

    @Parameters(paramLabel = "FILE", description = "what backup made")
    private Path file;

    public RestoreBackup(Supplier<Path> config, PrintStream err, Clock clock) {
        super(config, err);
        this.clock = clock;
    }

    @Override
    Optional<String> on(Path dataDir, ProgressLine progress) throws IOException, Refused {
        var restored = Restore.from(file, dataDir, clock.instant(), progress);
        var said = new StringBuilder();
        said.append(
                "restored %s: schema %d, accounts %d, messages %d"
                        .formatted(
                                file, restored.schema(), restored.accounts(), restored.messages()));
        restored.newest()
                .ifPresent(at ->
                        said.append(", the newest of ").append(at.truncatedTo(ChronoUnit.SECONDS)));
        restored.replaced().ifPresent(old -> said.append("\n  what was there is now ").append(old));
        if (!restored.back().isEmpty()) {
            said.append("\n  can log in again as before the backup: ")
                    .append(String.join(", ", restored.back()));
        }
        return Optional.of(said.toString());
    }
}
