package chat.parley.daemon.store;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A platform thread that alone uses a connection. It takes all that waits, does it in one
/// transaction, and only then answers: ten channels that speak at once cost one flush to the disk.
///
/// When anything in a transaction fails, all of it is undone and everybody who had a part in it is
/// refused. The connection is thrown away then, and the next transaction opens another, so that the
/// log works again as soon as the disk does.
///
/// Any thread may ask; asking waits, first while the queue is full, then for the answer.
final class LogThread implements AutoCloseable {

    /// Opens the tables; asked again after each failure.
    interface Opening {
        LogTables open() throws SQLException;
    }

    /// What is to be done, inside somebody's transaction.
    interface Task<T> {
        T on(LogTables tables) throws SQLException;
    }

    /// Hears, on the thread, what came of each transaction.
    interface Watching {
        void done(int tasks, long nanos);

        default void refused() {}
    }

    /// How much may wait. A channel and a reader wait with one task each, so this is many of them.
    private static final int QUEUE = 4_096;

    /// So that a commit does not grow without bound while others wait for its answer.
    private static final int TOGETHER = 1_024;

    private static final Logger log = LoggerFactory.getLogger(LogThread.class);

    private final BlockingQueue<Asked<?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Asked<Boolean> last = new Asked<>(_ -> true);
    private final int together;
    private final Opening opening;
    private final Watching watching;
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean finished;

    // The thread's own.
    private @Nullable LogTables tables;
    private long refusedCommits;

    private LogThread(String name, int together, Opening opening, Watching watching) {
        this.together = together;
        this.opening = opening;
        this.watching = watching;
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    static LogThread start(String name, Opening opening, Watching watching) {
        return started(new LogThread(name, TOGETHER, opening, watching));
    }

    /// One whose tasks are long: each is answered when it is done, and none fails with another.
    static LogThread startOneByOne(String name, Opening opening, Watching watching) {
        return started(new LogThread(name, 1, opening, watching));
    }

    private static LogThread started(LogThread started) {
        started.thread.start();
        return started;
    }

    /// Does this and returns its result once it is committed.
    <T> T ask(Task<T> task) throws IOException, InterruptedException {
        var asked = put(task);
        try {
            return asked.answer.get();
        } catch (ExecutionException problem) {
            throw new IOException("not kept: " + problem.getCause(), problem);
        }
    }

    /// Does this some time soon, before anything that is asked or told later.
    void tell(Task<?> task) throws IOException, InterruptedException {
        put(task);
    }

    /// How much waits.
    int waiting() {
        return queue.size();
    }

    private <T> Asked<T> put(Task<T> task) throws IOException, InterruptedException {
        if (closing) {
            throw closed();
        }
        var asked = new Asked<T>(task);
        queue.put(asked);
        if (finished) { // it ended between the question above and the line above
            refuseAll(queue, closed());
        }
        return asked;
    }

    private static IOException closed() {
        return new IOException("the log is closed");
    }

    private void run() {
        var batch = new ArrayList<Asked<?>>();
        try {
            while (!batch.contains(last)) {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch, together - 1);
                settle(batch);
            }
        } catch (InterruptedException _) {
            // Finish now.
        } finally {
            finished = true;
            refuseAll(batch, closed()); // only an Error leaves some without an answer
            refuseAll(queue, closed());
            drop();
        }
    }

    private void settle(List<Asked<?>> batch) {
        var begun = System.nanoTime();
        try {
            var open = tables == null ? opening.open() : tables;
            tables = open;
            open.begin();
            for (var asked : batch) {
                asked.on(open);
            }
            open.commit();
        } catch (SQLException | RuntimeException problem) { // the top of a thread
            refused(batch, problem);
            return;
        }
        watching.done(batch.size(), System.nanoTime() - begun);
        batch.forEach(Asked::answer);
        if (refusedCommits > 0) {
            log.atWarn().addKeyValue("refused", refusedCommits).log("database works again");
            refusedCommits = 0;
        }
    }

    /// Says the first refusal of a row only, or a full disk would be filled by its own log.
    private void refused(List<Asked<?>> batch, Exception problem) {
        drop();
        watching.refused();
        refusedCommits++;
        if (refusedCommits == 1) {
            log.atError().setCause(problem).log("database refuses");
        }
        refuseAll(batch, problem);
    }

    private static void refuseAll(Iterable<Asked<?>> all, Exception why) {
        all.forEach(asked -> asked.refuse(why));
    }

    private void drop() {
        if (tables != null) {
            try {
                tables.close();
            } catch (SQLException problem) {
                log.atWarn().setCause(problem).log("database not closed");
            }
            tables = null;
        }
    }

    /// Does all that was asked for before, then ends; later questions are refused. Returns early
    /// when it is interrupted; the thread finishes all the same.
    @Override
    public void close() {
        closing = true;
        try {
            if (!finished) {
                queue.put(last);
            }
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// One question and, once it is committed, its answer.
    private static final class Asked<T> {

        private final Task<T> task;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private @Nullable T result;

        Asked(Task<T> task) {
            this.task = task;
        }

        void on(LogTables tables) throws SQLException {
            result = task.on(tables);
        }

        @SuppressWarnings("NullAway") // on() was called before
        void answer() {
            answer.complete(result);
        }

        void refuse(Exception why) {
            answer.completeExceptionally(why);
        }
    }
}
