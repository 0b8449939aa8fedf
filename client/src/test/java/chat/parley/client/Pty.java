package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A command line on a pseudo-terminal of 24 rows and 80 columns, which `script` of util-linux
/// makes. A test types, and waits for what it sees.
final class Pty implements AutoCloseable {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final Process script;
    private final OutputStream keys;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final StringBuilder seen = new StringBuilder(); // guarded by lock
    private boolean isOver; // guarded by lock
    private int looked; // the test's thread's: how far it has waited

    /// @param line for sh
    Pty(String line, Map<String, String> environment) throws IOException {
        var builder =
                new ProcessBuilder(
                        "script",
                        "--quiet",
                        "--return",
                        "--flush",
                        "--echo",
                        "always",
                        "--command",
                        "stty rows 24 cols 80; " + line,
                        "/dev/null");
        builder.environment().putAll(environment);
        builder.environment().put("SHELL", "/bin/sh");
        script = builder.redirectErrorStream(true).start();
        keys = script.getOutputStream();
        Thread.ofVirtual().name("pty").start(this::read);
    }

    /// Whether this machine has a `script` that knows how.
    static boolean isThere() {
        try {
            var help = new ProcessBuilder("script", "--help").redirectErrorStream(true).start();
            var said = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said.contains("--echo") && said.contains("--command");
        } catch (IOException _) {
            return false;
        }
    }

    private void read() {
        try (var out = script.inputReader(StandardCharsets.UTF_8)) {
            var some = new char[4096];
            for (var n = out.read(some); n >= 0; n = out.read(some)) {
                see(new String(some, 0, n));
            }
        } catch (IOException _) {
            // killed
        }
        lock.lock();
        try {
            isOver = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void see(String text) {
        lock.lock();
        try {
            seen.append(text);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    /// Waits for a text after the one that was last waited for.
    void waitFor(String text) throws InterruptedException {
        var left = PATIENCE;
        lock.lock();
        try {
            while (seen.indexOf(text, looked) < 0) {
                assertTrue(left > 0 && !isOver, () -> text + " did not come; came: " + shown());
                left = changed.awaitNanos(left);
            }
            looked = seen.indexOf(text, looked) + text.length();
        } finally {
            lock.unlock();
        }
    }

    /// All that came, control characters as they are.
    String seen() {
        lock.lock();
        try {
            return seen.toString();
        } finally {
            lock.unlock();
        }
    }

    private String shown() {
        return seen().replace("\u001b", "␛");
    }

    /// Java with what this test was started with, for a line of sh.
    static String java() {
        return "'"
                + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -cp '"
                + System.getProperty("java.class.path")
                + "' chat.parley.client.Main";
    }

    /// The client's own process.
    ProcessHandle client() {
        return script.descendants()
                .filter(one -> one.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow();
    }

    /// Waits for the end of it all.
    void end() throws InterruptedException {
        assertTrue(script.waitFor(30, TimeUnit.SECONDS), () -> "it goes on; came: " + shown());
    }

    @Override
    public void close() {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly();
    }
}
