package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Stream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What was said to be kept is there after `kill -9`, whatever the durability.
///
/// Another process writes as fast as it can and says what it was told was kept; it is killed in the
/// middle, and its file is read. The same file is used round after round.
@Timeout(120)
class KilledLogTest {

    private static final int ROUNDS = 3;
    private static final int CHANNELS = 4;

    @TempDir Path dir;

    @ParameterizedTest
    @EnumSource
    void everything_that_was_kept_is_there_once_and_in_order(Durability durability)
            throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var told = new HashMap<String, String>();
        for (var round = 1; round <= ROUNDS; round++) {
            var before = told.size();
            var writer = start(durability, round);
            try (var lines = writer.inputReader(StandardCharsets.UTF_8)) {
                readUntilKilled(writer, lines, 100 + random.nextInt(500), told);
            }
            writer.waitFor();
            assertTrue(told.size() > before, "the writer wrote; seed " + seed);
            check(told, "seed " + seed + " round " + round);
        }
    }

    private static void readUntilKilled(
            Process writer, BufferedReader lines, int killAfter, Map<String, String> told)
            throws IOException {
        var count = 0;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.endsWith(".")) { // a line cut off by the kill was not heard
                var words = line.split(" ", 2);
                told.put(words[0], words[1]);
            }
            if (++count == killAfter) {
                writer.toHandle().destroyForcibly(); // SIGKILL; what is in the pipe is still read
            }
        }
    }

    private void check(Map<String, String> told, String which) throws Exception {
        try (var log = SqliteLog.open(Database.prepare(dir), Durability.COMMIT)) {
            var found = new HashMap<String, String>();
            for (var channel = 0; channel < CHANNELS; channel++) {
                var all = log.read(channel(channel), 0, Integer.MAX_VALUE);
                for (var i = 0; i < all.size(); i++) {
                    assertEquals(i + 1, all.get(i).sequence(), which);
                    found.put(all.get(i).id(), all.get(i).entry().text());
                }
            }
            told.forEach((id, text) -> assertEquals(text, found.get(id), which));
        }
    }

    private Process start(Durability durability, int round) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        dir.toString(),
                        durability.name(),
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Stream channel(int number) {
        return new Stream.OfChannel("#channel" + number);
    }

    /// The process that is killed.
    static final class Writer {

        private Writer() {}

        static void main(String[] arguments) throws Exception {
            var out = new PrintStream(new FileOutputStream(FileDescriptor.out));
            var printing = new ReentrantLock();
            var log =
                    SqliteLog.open(
                            Database.prepare(Path.of(arguments[0])),
                            Durability.valueOf(arguments[1]));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var writing = new ArrayList<Callable<Void>>();
                for (var channel = 0; channel < CHANNELS; channel++) {
                    var number = channel;
                    writing.add(() -> write(log, number, arguments[2], out, printing));
                }
                var _ = threads.invokeAny(writing); // never ends by itself
            }
        }

        private static Void write(
                SqliteLog log, int channel, String round, PrintStream out, ReentrantLock printing)
                throws Exception {
            for (var i = 0; ; i++) {
                var entries = new ArrayList<Entry>();
                for (var part = 0; part <= i % 3; part++) {
                    entries.add(entry(channel, "%s %d %d.".formatted(round, i, part)));
                }
                var kept = log.append(entries);
                printing.lock();
                try {
                    kept.forEach(k -> out.print(k.id() + " " + k.entry().text() + "\n"));
                    out.flush();
                } finally {
                    printing.unlock();
                }
            }
        }

        private static Entry entry(int channel, String text) {
            return new Entry(
                    channel(channel), Instant.now(), "ann", "ann!a@b", "PRIVMSG", "#c", text, "");
        }
    }
}
