package chat.parley.daemon.auth;

import chat.parley.daemon.store.GuardRow;
import chat.parley.daemon.store.SqliteLoginGuard;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down what [LoginGuard] counts, so that a restart changes nothing for those who guess.
///
/// A platform thread of its own, `login-guard`, four times a second if there is anything: nobody
/// who logs in waits for the disk. `kill -9` loses what was counted since.
public final class GuardMemory implements AutoCloseable {

    static final Duration OFTEN = Duration.ofMillis(250);

    private static final Duration PRUNE_EVERY = Duration.ofMinutes(10);

    /// Rows in one transaction: some milliseconds in which who talks waits.
    private static final int BATCH = 500;

    private static final Logger LOG = LoggerFactory.getLogger(GuardMemory.class);

    private final LoginGuard guard;
    private final SqliteLoginGuard store;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    // The thread's own.
    private long pruned;
    private boolean failing;

    private GuardMemory(
            LoginGuard guard, SqliteLoginGuard store, Clock clock, LongSupplier nanoTime) {
        this.guard = guard;
        this.store = store;
        this.clock = clock;
        this.nanoTime = nanoTime;
        thread = Thread.ofPlatform().name("login-guard").daemon().unstarted(this::run);
    }

    /// Tells the guard what an earlier daemon wrote, and begins.
    ///
    /// @param nanoTime the time as [System#nanoTime] gives it
    public static GuardMemory start(
            LoginGuard guard, SqliteLoginGuard store, Clock clock, LongSupplier nanoTime)
            throws IOException {
        var memory = new GuardMemory(guard, store, clock, nanoTime);
        memory.prune();
        guard.restore(store.load(), nanoTime.getAsLong(), clock.instant());
        memory.thread.start();
        return memory;
    }

    private void run() {
        try {
            while (!closed.await(OFTEN.toNanos(), TimeUnit.NANOSECONDS)) {
                work();
            }
            work();
        } catch (InterruptedException _) {
            // Finish now.
        }
    }

    private void work() {
        try {
            write();
            if (nanoTime.getAsLong() - pruned > PRUNE_EVERY.toNanos()) {
                prune();
            }
            failing = false;
        } catch (IOException | RuntimeException problem) { // the top of a thread
            // Tried again, with what is counted until then.
            if (!failing) {
                LOG.atError().setCause(problem).log("failed logins not written down");
            }
            failing = true;
        }
    }

    private void write() throws IOException {
        for (var rows = next(); !rows.isEmpty(); rows = next()) {
            try {
                store.write(rows);
            } catch (IOException problem) {
                guard.notWritten(rows);
                throw problem;
            }
        }
    }

    private List<GuardRow> next() {
        return guard.takeChanges(BATCH, nanoTime.getAsLong(), clock.instant());
    }

    private void prune() throws IOException {
        store.prune(
                GuardTables.KNOWN_FOR,
                GuardTables.FAILED_FOR,
                GuardTables.REMEMBERED,
                GuardTables.KNOWN_PLACES);
        pruned = nanoTime.getAsLong();
    }

    /// Writes what is left.
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
