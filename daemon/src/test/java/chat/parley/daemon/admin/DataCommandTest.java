package chat.parley.daemon.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.OnlyServer;
import chat.parley.daemon.store.SqliteLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What `parleyd` does without serving: arguments in, text and exit code out.
class DataCommandTest {

    @TempDir Path dir;
    private Path config;
    private Path copy;
    private String said = "";

    @BeforeEach
    void configure() throws Exception {
        config = Files.writeString(dir.resolve("parley.conf"), "parley.data-dir = data");
        copy = dir.resolve("copy.db");
    }

    private String out = "";

    private int run(String... arguments) {
        var printed = new ByteArrayOutputStream();
        var bytes = new ByteArrayOutputStream();
        var err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var line =
                new CommandLine(new Nothing())
                        .addSubcommand(new TakeBackup(() -> config, err))
                        .addSubcommand(new RestoreBackup(() -> config, err, Clock.systemUTC()))
                        .addSubcommand(new ExportMessages(() -> config, printed, err))
                        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        var code = line.execute(arguments);
        said = bytes.toString(StandardCharsets.UTF_8);
        out = printed.toString(StandardCharsets.UTF_8);
        return code;
    }

    @CommandLine.Command
    private static final class Nothing {}

    @Nested
    class Backup_and_restore {

        @Test
        void say_what_they_did() throws Exception {
            Database.prepare(dir.resolve("data"));

            assertEquals(0, run("backup", copy.toString()), said);
            assertTrue(said.matches("parleyd: backed up to .*copy.db \\(0.\\d MiB\\)\n"), said);
            assertEquals(0, run("restore", copy.toString()), said);
            assertTrue(said.contains("restored " + copy + ": schema "), said);
            assertTrue(said.contains("what was there is now "), said);
        }

        @Test
        void end_with_1_when_they_refuse() throws Exception {
            assertEquals(1, run("backup", copy.toString()));
            assertTrue(said.startsWith("parleyd: there is no database "), said);

            Database.prepare(dir.resolve("data"));
            assertEquals(0, run("backup", copy.toString()));
            assertEquals(1, run("backup", copy.toString()));
            assertEquals(0, run("backup", "--force", copy.toString()));
            try (var _ = OnlyServer.of(dir.resolve("data"))) {
                assertEquals(1, run("restore", copy.toString()));
            }
        }

        @Test
        void end_with_2_when_they_are_not_understood() throws Exception {
            assertEquals(2, run("backup"));
            assertEquals(2, run("restore", "a", "b"));
            Files.writeString(config, "parley.colour = red");
            assertEquals(2, run("backup", copy.toString()));
            assertTrue(said.contains("colour is not known"), said);
        }

        @Test
        void end_with_3_when_they_cannot() throws Exception {
            Database.prepare(dir.resolve("data"));
            Files.writeString(dir.resolve("data/parley.db"), "dear diary, ".repeat(1000));
            assertEquals(3, run("backup", copy.toString()));
            assertTrue(said.contains("not a database"), said);
        }
    }

    @Nested
    class Export_prints {

        private static final Stream TEA = new Stream.OfChannel("#tea");

        private Entry entry(Stream stream, String account, int day, String text, String tags) {
            var at = Instant.parse("2026-01-0" + day + "T10:00:00Z");
            var source = account + "!u@h";
            return new Entry(stream, at, account, source, "PRIVMSG", "#Tea", text, tags);
        }

        @BeforeEach
        void say() throws Exception {
            var database = Database.prepare(dir.resolve("data"));
            try (var log = SqliteLog.open(database, Durability.PROCESS)) {
                log.append(
                        List.of(
                                entry(TEA, "Ann", 1, "milk? \"no\" \u001b[1m☕", "+x=y"),
                                entry(TEA, "bob", 2, "yes", ""),
                                entry(Stream.OfPair.of("bob", "ann"), "bob", 3, "to ann", ""),
                                entry(Stream.OfPair.of("bob", "cat"), "bob", 3, "to cat", "")));
            }
        }

        @Test
        void a_channel_in_order_each_entry_a_line() {
            assertEquals(0, run("export", "--channel", "#TEA"), said);

            assertEquals(
                    """
                    {"id":"1-1","time":"2026-01-01T10:00:00.000Z","channel":"#tea","account":"Ann",\
                    "source":"Ann!u@h","command":"PRIVMSG","target":"#Tea",\
                    "text":"milk? \\"no\\" \\u001b[1m☕","tags":"+x=y"}
                    {"id":"1-2","time":"2026-01-02T10:00:00.000Z","channel":"#tea","account":"bob",\
                    "source":"bob!u@h","command":"PRIVMSG","target":"#Tea","text":"yes"}
                    """,
                    out);
            assertEquals("parleyd: exported 2 entries\n", said);
        }

        @Test
        void an_account_s_words_in_channels_and_its_conversations() {
            assertEquals(0, run("export", "--account", "ann"), said);
            assertTrue(out.contains("milk") && out.contains("\"between\":\"ann bob\""), out);
            assertTrue(!out.contains("yes") && !out.contains("to cat"), out);
        }

        @Test
        void what_lies_between_two_times() {
            assertEquals(0, run("export", "--channel", "#tea", "--since", "2026-01-02"));
            assertEquals(1, out.lines().count());
            assertEquals(0, run("export", "--channel", "#tea", "--until", "2026-01-02T10:00:00Z"));
            assertEquals(1, out.lines().count());
        }

        @Test
        void nothing_when_it_is_not_understood_or_not_there() {
            assertEquals(2, run("export"));
            assertEquals(2, run("export", "--channel", "#tea", "--account", "ann"));
            assertEquals(2, run("export", "--channel", "#tea", "--since", "yesterday"));
            assertEquals(1, run("export", "--channel", "#milk"));
            assertEquals(1, run("export", "--channel", "tea"));
            assertEquals(1, run("export", "--account", "a b"));
            assertEquals("", out);
        }

        @Test
        void and_changes_nothing_beside_a_daemon() throws Exception {
            try (var _ = OnlyServer.of(dir.resolve("data"))) {
                assertEquals(0, run("export", "--channel", "#tea"));
            }
        }
    }

    @Nested
    class The_progress {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        private long now;

        private ProgressLine line(boolean terminal) {
            return new ProgressLine("p", out, terminal, () -> now);
        }

        @Test
        void is_silent_for_a_second_and_then_is_told_now_and_then() {
            try (var line = line(false)) {
                for (var second = 0; second < 25; second++) {
                    now = second * 1_000_000_000L;
                    line.at("copying", second, 100);
                }
            }
            assertEquals(
                    "p: copying 1 %\np: copying 11 %\np: copying 21 %\n",
                    bytes.toString(StandardCharsets.UTF_8));
        }

        @Test
        void is_one_line_on_a_terminal_and_leaves_nothing() {
            try (var line = line(true)) {
                now = 2_000_000_000L;
                line.at("copying", 1, 2);
                now = 3_000_000_000L;
                line.at("ok", 0, 0);
            }
            assertEquals(
                    "\rp: copying 50 %\rp: ok          \r     \r",
                    bytes.toString(StandardCharsets.UTF_8));
        }
    }
}
