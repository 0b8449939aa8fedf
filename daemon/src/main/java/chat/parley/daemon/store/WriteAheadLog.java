package chat.parley.daemon.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Empties SQLite's write-ahead log on request: the pages in it are copies of what the database
/// held before, also of what was erased since.
///
/// A platform thread `emptying` with a connection of its own tries until it is done, once a second
/// at most, as somebody may be reading. Those who write wait for one attempt no longer than
/// [#PATIENCE_MILLIS] and the copying itself. When the daemon is killed before it is done, opening
/// the database at the next start empties it too.
///
/// Any thread may ask.
final class WriteAheadLog implements AutoCloseable {

    interface Opening {
        Connection open() throws SQLException;
    }

    private static final int PATIENCE_MILLIS = 50;

    private static final Logger log = LoggerFactory.getLogger(WriteAheadLog.class);

    private final Opening opening;
    private final Semaphore asked = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private boolean failing; // the thread's own

    private WriteAheadLog(Opening opening) {
        this.opening = opening;
        thread = Thread.ofPlatform().name("emptying").daemon().unstarted(this::run);
    }

    static WriteAheadLog start(Opening opening) {
        var started = new WriteAheadLog(opening);
        started.thread.start();
        return started;
    }

    /// Asks for it to be emptied soon. Does not wait.
    void empty() {
        asked.release();
    }

    private void run() {
        try {
            while (true) {
                asked.acquire();
                asked.drainPermits(); // first: what is asked for from now on needs another turn
                while (closed.getCount() > 0 && !isEmptied()) {
                    closed.await(1, TimeUnit.SECONDS);
                }
                if (closed.await(1, TimeUnit.SECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            // Finish now.
        }
    }

    private boolean isEmptied() {
        try (var connection = opening.open();
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + PATIENCE_MILLIS);
            // The first column says whether somebody was in the way.
            var done = Sql.number(statement, "PRAGMA wal_checkpoint(TRUNCATE)") == 0;
            failing = false;
            return done;
        } catch (SQLException | RuntimeException problem) { // the top of a thread
            if (!failing) {
                log.atWarn().setCause(problem).log("write-ahead log not emptied");
            }
            failing = true;
            return false;
        }
    }

    /// Waits for an attempt that is under way. What is left to do is done by closing the last
    /// connection.
    @Override
    public void close() {
        closed.countDown();
        asked.release();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
