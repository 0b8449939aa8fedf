package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A run of the client that goes on while the test looks at its lines and types. Its standard error
/// is a terminal's.
final class Running {

    private static final int PATIENCE = 30; // seconds; longer than anything takes here

    private final Lines out = new Lines();
    private final Lines err = new Lines();
    private final PipedOutputStream in = new PipedOutputStream();
    private final FutureTask<Integer> run;

    private Running(Map<String, String> environment, String[] arguments) throws IOException {
        var around =
                new Surroundings(
                        new PipedInputStream(in),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment,
                        false,
                        true,
                        Optional::empty,
                        Clock.systemUTC(),
                        new Random(1));
        run = new FutureTask<>(() -> Main.run(arguments, around));
    }

    static Running start(Map<String, String> environment, String... arguments) throws IOException {
        var running = new Running(environment, arguments);
        Thread.ofPlatform().name("running").start(running.run);
        return running;
    }

    /// The next line of the output.
    String line() throws InterruptedException {
        var line = out.whole.poll(PATIENCE, TimeUnit.SECONDS);
        assertNotNull(line, () -> "no line; the standard error has: " + err.all());
        return line;
    }

    /// The next lines of the output, up to and with one that ends so.
    List<String> upTo(String ending) throws InterruptedException {
        var lines = new ArrayList<String>();
        do {
            lines.add(line());
        } while (!lines.getLast().endsWith(ending));
        return lines;
    }

    /// Waits until the standard error has this.
    void says(String text) throws InterruptedException {
        assertTrue(err.waitFor(text), () -> text + " was not said, but: " + err.all());
    }

    void type(String text) throws IOException {
        in.write(text.getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    void typesNoMore() throws IOException {
        in.close();
    }

    /// Waits for the end.
    int code() throws InterruptedException, ExecutionException, TimeoutException {
        return run.get(PATIENCE, TimeUnit.SECONDS);
    }

    private static final class Lines extends OutputStream {

        private final BlockingQueue<String> whole = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final ByteArrayOutputStream all = new ByteArrayOutputStream(); // guarded by lock

        @Override
        public void write(int b) {
            if (b == '\n') {
                whole.add(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(b);
            }
            lock.lock();
            try {
                all.write(b);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private String all() {
            lock.lock();
            try {
                return all.toString(StandardCharsets.UTF_8);
            } finally {
                lock.unlock();
            }
        }

        private boolean waitFor(String text) throws InterruptedException {
            var left = TimeUnit.SECONDS.toNanos(PATIENCE);
            lock.lock();
            try {
                while (!all.toString(StandardCharsets.UTF_8).contains(text)) {
                    if (left <= 0) {
                        return false;
                    }
                    left = changed.awaitNanos(left);
                }
                return true;
            } finally {
                lock.unlock();
            }
        }
    }
}
