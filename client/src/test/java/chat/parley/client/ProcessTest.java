package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import chat.parley.daemon.talks.TestDaemon;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `parley` as a process of its own, with the signals, pipes and variables of a shell.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessTest {

    private TestDaemon daemon;
    private Piped piped;

    @BeforeAll
    void start(@TempDir Path dir, @TempDir Path home) {
        daemon = new TestDaemon(dir).account("ann").account("bob");
        piped = new Piped(daemon, home);
    }

    @AfterAll
    void stop() {
        piped.close();
        daemon.close();
    }

    /// @param script of sh, where `"$@"` is the client
    private Process process(String script, String... words) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                "sh",
                                "-c",
                                script,
                                "sh",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "chat.parley.client.Main"));
        command.addAll(List.of(piped.arguments(words)));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(piped.environment());
        return builder.start();
    }

    private static BufferedReader reader(Process process) {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    private static int end(Process process) throws InterruptedException {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it goes on");
        return process.exitValue();
    }

    /// Else it would print the right one, and the message would be kept.
    @Test
    void a_password_command_does_not_get_the_password_of_the_environment() throws Exception {
        var process =
                process(
                        "\"$@\"",
                        "send",
                        "#lobby",
                        "hello",
                        "--password-command",
                        "echo \"${PARLEY_PASSWORD-none}\"");

        assertTrue(reader(process).readLine().contains("refused the login"));
        assertEquals(1, end(process));
    }

    @Test
    void a_reader_that_goes_away_ends_it_with_0_and_without_a_word() throws Exception {
        try (var bob = piped.login("bob")) {
            bob.send("JOIN #head");
            var process =
                    process(
                            "{ \"$@\"; echo \"ended with $?\" >&2; } | head -n 1",
                            "tail",
                            "#head",
                            "-f");
            bob.expect(":ann!* JOIN #head");
            bob.send("PRIVMSG #head :one");
            var out = reader(process);
            assertTrue(out.readLine().endsWith("bob  one"));

            // It learns of it by what it prints next, or the one after that.
            String line = null;
            while (line == null) {
                bob.send("PRIVMSG #head :more");
                bob.settle();
                line = out.ready() || !process.isAlive() ? out.readLine() : null;
            }

            assertEquals("ended with 0", line);
            assertEquals(0, end(process));
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void a_signal_ends_it_as_signals_do_and_others_see_a_leave(String signal, int code)
            throws Exception {
        assumeFalse(
                signal.equals("INT") && isIgnored(2),
                "SIGINT is ignored here, as in a background job, and so it is by what we start");
        try (var bob = piped.login("bob")) {
            bob.send("JOIN #signal");
            var process = process("exec \"$@\"", "tail", "#signal", "-f");
            bob.expect(":ann!* JOIN #signal");
            bob.send("PRIVMSG #signal :one");
            assertTrue(reader(process).readLine().endsWith("bob  one"));

            var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()));
            assertEquals(0, kill.start().waitFor());

            assertEquals(code, end(process));
            bob.expect(":ann!* QUIT …");
        }
    }

    private static boolean isIgnored(int signal) throws IOException {
        var status = Path.of("/proc/self/status");
        return Files.isReadable(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .anyMatch(mask ->
                                ((Long.parseUnsignedLong(mask, 16) >> (signal - 1)) & 1) > 0);
    }

    @Test
    void a_disk_that_is_full_is_told_and_is_not_0() throws Exception {
        var process = process("\"$@\" > /dev/full; echo \"ended with $?\"", "who", "ann");

        var said = reader(process).readAllLines();

        assertEquals(0, end(process));
        assertEquals("ended with 2", said.getLast(), said::toString);
        assertTrue(
                said.getFirst().startsWith("parley: the output cannot be written"), said::toString);
    }
}
