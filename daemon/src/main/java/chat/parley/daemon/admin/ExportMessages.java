package chat.parley.daemon.admin;

import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Export;
import chat.parley.daemon.store.Refused;
import chat.parley.protocol.JsonLine;
import chat.parley.protocol.Name;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `parleyd export`: what was said in a channel, or by an account, as lines of JSON.
@Command(
        name = "export",
        description = {
            "Prints what was said as lines of JSON, the oldest first. A daemon may run.",
            "A channel: all that happened in it. An account: what it said and did in channels, and its"
                    + " conversations, both sides of them."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused: there is no such channel, or no database",
            "2:wrong use, or a configuration that cannot be used",
            "3:could not read or write; what was printed is not all"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ExportMessages extends DataCommand {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final OutputStream out;

    @ArgGroup(multiplicity = "1")
    private Whose whose;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Moment.class,
            description = "from then on: 2026-01-31, or 2026-01-31T12:00:00Z")
    private Instant since = Instant.EPOCH;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Moment.class,
            description = "before then")
    private Instant until = Instant.ofEpochMilli(Long.MAX_VALUE);

    private static final class Whose {

        @Option(
                names = "--channel",
                paramLabel = "NAME",
                required = true,
                description = "of a channel")
        private @Nullable String channel;

        @Option(
                names = "--account",
                paramLabel = "NAME",
                required = true,
                description = "of an account")
        private @Nullable String account;
    }

    /// A day, which begins at midnight UTC, or a moment.
    static final class Moment implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.contains("T")
                        ? Instant.parse(text)
                        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            } catch (DateTimeParseException _) {
                throw new TypeConversionException(
                        "'" + text + "' is no time; write 2026-01-31 or 2026-01-31T12:00:00Z");
            }
        }
    }

    public ExportMessages(Supplier<Path> config, OutputStream out, PrintStream err) {
        super(config, err);
        this.out = out;
    }

    @Override
    Optional<String> on(Path dataDir, ProgressLine progress) throws IOException, Refused {
        try (var export = Export.open(dataDir, since, until, progress)) {
            var lines = new BufferedOutputStream(out, 1 << 16);
            var count = count(export, kept -> lines.write(line(kept)));
            lines.flush();
            return Optional.of("exported " + count + " entries");
        }
    }

    private long count(Export export, Export.Receiver receiver) throws IOException, Refused {
        if (whose.channel != null) {
            var channel = Name.Channel.of(whose.channel).map(Name.Channel::folded).orElse("");
            var count = export.channel(channel, receiver);
            if (count.isEmpty()) {
                throw new Refused("nothing was ever said in " + whose.channel);
            }
            return count.get();
        }
        if (whose.account == null || !Account.mayBeNamed(whose.account)) {
            throw new Refused("no account can be called " + whose.account);
        }
        return export.account(whose.account, receiver);
    }

    private static byte[] line(Kept kept) {
        var entry = kept.entry();
        var line = new JsonLine().with("id", kept.id()).with("time", TIME.format(entry.at()));
        switch (entry.stream()) {
            case Stream.OfChannel(var folded) -> line.with("channel", folded);
            case Stream.OfPair(var first, var second) -> line.with("between", first + " " + second);
        }
        return (line.with("account", entry.account())
                                .with("source", entry.source())
                                .with("command", entry.command())
                                .with("target", entry.target())
                                .with("text", entry.text())
                                .with("tags", entry.clientTags())
                        + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
