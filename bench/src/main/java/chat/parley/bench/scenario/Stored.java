package chat.parley.bench.scenario;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;

/// A database with many messages in one channel, as the daemon itself would have stored them, for
/// [Reading]. It is made once for each schema and each number, and kept in the system's temporary
/// folder.
final class Stored {

    static final String CHANNEL = "#bench";

    private static final int WORDS = 20_000;
    private static final int TOGETHER = 1_000;
    private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");

    private Stored() {}

    /// The folder that it is in.
    static Path of(int messages) throws IOException, InterruptedException, ConfigProblem {
        var folder = folder();
        var made = Files.createTempDirectory(folder, "new-");
        var database = Database.prepare(made);
        var kept = folder.resolve("schema-" + schema(made) + "-messages-" + messages);
        if (!Files.exists(kept)) {
            try (var log = SqliteLog.open(database, Durability.PROCESS)) {
                fill(log, messages);
            }
            Files.move(made, kept, StandardCopyOption.ATOMIC_MOVE);
        } else {
            new Workplace(made).close();
        }
        return kept;
    }

    /// Private, and ours: others may write to the temporary folder.
    private static Path folder() throws IOException {
        var user = System.getProperty("user.name");
        var folder = Path.of(System.getProperty("java.io.tmpdir"), "parley-bench-kept-" + user);
        var mine = PosixFilePermissions.fromString("rwx------");
        if (!Files.exists(folder)) {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(mine));
        }
        if (!Files.getOwner(folder).getName().equals(user)
                || !Files.getPosixFilePermissions(folder).equals(mine)) {
            throw new IOException(folder + " is not ours alone");
        }
        return folder;
    }

    private static int schema(Path dir) throws IOException {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("parley.db"));
                var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static void fill(SqliteLog log, int messages) throws IOException, InterruptedException {
        var began = System.nanoTime();
        var said = began;
        var stream = new Stream.OfChannel(CHANNEL);
        for (var number = 1; number <= messages; ) {
            var some = new ArrayList<Entry>();
            for (; some.size() < TOGETHER && number <= messages; number++) {
                some.add(entry(stream, number));
            }
            log.append(some);
            if (System.nanoTime() - said > 1_000_000_000L || number > messages) {
                said = System.nanoTime();
                System.err.printf(
                        "storing messages: %d of %d, %d s%n",
                        number - 1, messages, (said - began) / 1_000_000_000L);
            }
        }
    }

    private static Entry entry(Stream stream, int number) {
        var nick = nick(number);
        return new Entry(
                stream,
                FIRST.plusSeconds(10L * number),
                nick,
                nick + "!" + nick + "@bench.example",
                "PRIVMSG",
                CHANNEL,
                String.join(" ", words(number)),
                "");
    }

    /// Who said a message.
    static String nick(int number) {
        return "talker" + number % 50;
    }

    /// What was said, by its number: some words are said often, most seldom, as people do (the
    /// tenth a tenth as often as the first).
    static String[] words(int number) {
        var random = new Random(number);
        var words = new String[4 + random.nextInt(16)];
        Arrays.setAll(words, _ -> "w" + (int) Math.pow(WORDS, random.nextDouble()));
        return words;
    }
}
