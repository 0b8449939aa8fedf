package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.observe.AuditCheck;
import chat.parley.daemon.observe.AuditEvent;
import chat.parley.daemon.observe.AuditReader;
import chat.parley.daemon.observe.AuditTrail;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the audit log was told is in it after `kill -9`, and it is whole. Two processes write to
/// it, as the daemon and the admin's tool do, and both are killed; round after round.
@Timeout(180)
class KilledAuditTest {

    private static final int ROUNDS = 3;

    @TempDir Path dir;

    @Test
    void it_is_whole_and_has_all_that_was_written() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var told = new HashSet<String>();
        for (var round = 1; round <= ROUNDS; round++) {
            var before = told.size();
            var writers = List.of(start("a" + round), start("b" + round));
            for (var writer : writers) {
                try (var lines = writer.inputReader(StandardCharsets.UTF_8)) {
                    readUntilKilled(writer, lines, 20 + random.nextInt(100), told);
                }
            }
            for (var writer : writers) {
                writer.waitFor();
            }
            assertTrue(told.size() > before, "they wrote; seed " + seed);
            check(told, "seed " + seed + " round " + round);
        }
    }

    private static void readUntilKilled(
            Process writer, BufferedReader lines, int killAfter, Set<String> told)
            throws IOException {
        var count = 0;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.endsWith(".")) { // a line cut off by the kill was not heard
                told.add(line);
            }
            if (++count == killAfter) {
                writer.toHandle().destroyForcibly();
            }
        }
    }

    private void check(Set<String> told, String which) throws Exception {
        // Whatever is half is repaired by the next who writes.
        trail(dir).append(AuditEvent.of("looked at"));
        var head = new AuditHeads(Database.prepare(dir)).newest();
        var found = AuditCheck.of(dir, head);
        assertEquals(List.of(), found.problems(), which);
        assertEquals(head.orElseThrow().seq(), found.seq(), which);
        var written = new ArrayList<>(new AuditReader(dir, false).last(Integer.MAX_VALUE));
        var missing =
                told.stream()
                        .filter(name -> written.stream().noneMatch(line -> line.endsWith(name)))
                        .toList();
        assertEquals(List.of(), missing, which);
    }

    private static AuditTrail trail(Path dir) throws Exception {
        return new AuditTrail(
                dir,
                new AuditHeads(Database.prepare(dir)),
                Optional.empty(),
                Clock.systemUTC(),
                "parleyd");
    }

    private Process start(String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        dir.toString(),
                        name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// A process that is killed.
    static final class Writer {

        private Writer() {}

        static void main(String[] arguments) throws Exception {
            var out = new PrintStream(new FileOutputStream(FileDescriptor.out));
            var trail = trail(Path.of(arguments[0]));
            for (var i = 0; ; i++) {
                var name = arguments[1] + "-" + i + ".";
                trail.append(AuditEvent.of("login accepted").with("account", name));
                out.print(name + "\n");
                out.flush();
            }
        }
    }
}
