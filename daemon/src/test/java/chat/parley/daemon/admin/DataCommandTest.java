package chat.parley.daemon.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.OnlyServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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

    private int run(String... arguments) {
        var bytes = new ByteArrayOutputStream();
        var err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var line =
                new CommandLine(new Nothing())
                        .addSubcommand(new TakeBackup(() -> config, err))
                        .addSubcommand(new RestoreBackup(() -> config, err, Clock.systemUTC()))
                        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        var code = line.execute(arguments);
        said = bytes.toString(StandardCharsets.UTF_8);
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
