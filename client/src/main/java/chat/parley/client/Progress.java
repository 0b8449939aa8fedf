package chat.parley.client;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A line on the terminal that says how far something is, if it takes long enough to wonder. It is
/// gone when that is closed.
final class Progress implements AutoCloseable {

    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration EACH = Duration.ofMillis(200);
    private static final String ERASE = "\r\u001B[K";

    private final CountDownLatch over = new CountDownLatch(1);
    private final PrintStream err;
    private final Supplier<String> state;
    private final Thread thread = Thread.ofVirtual().name("progress").unstarted(this::tell);

    private Progress(PrintStream err, Supplier<String> state) {
        this.err = err;
        this.state = state;
    }

    /// @param state asked by a thread of its own
    static Progress on(Surroundings around, Supplier<String> state) {
        var progress = new Progress(around.err(), state);
        if (around.isWatched()) {
            progress.thread.start();
        }
        return progress;
    }

    private void tell() {
        try {
            var wait = QUIET;
            while (!over.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                err.print(ERASE + "parley: " + state.get());
                err.flush();
                wait = EACH;
            }
            if (!wait.equals(QUIET)) {
                err.print(ERASE);
                err.flush();
            }
        } catch (InterruptedException _) {
            // finish now
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // for the caller, who finishes now
        }
    }
}
