package chat.parley.daemon.limit;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The daemon's alarm clock: one platform thread, `deadlines`, for every deadline there is.
///
/// A deadline is an interrupt. A time-out on a socket starts again with each byte, so a peer that
/// drips can stretch it for ever; an interrupt comes when it is due, frees a virtual thread from
/// any socket it is blocked on, and closes that socket. Any thread may ask.
public final class Deadlines implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    private final ScheduledThreadPoolExecutor clock;

    public Deadlines() {
        clock =
                new ScheduledThreadPoolExecutor(
                        1,
                        Thread.ofPlatform().daemon().name("deadlines").factory(),
                        new ThreadPoolExecutor.DiscardPolicy()); // closed: nothing is due any more
        clock.setRemoveOnCancelPolicy(true); // most are called off; none may pile up
    }

    /// Gives the calling thread so long, then interrupts it. Closing it in time calls it off.
    public Deadline within(Duration allowed) {
        var deadline = new Deadline(Thread.currentThread());
        deadline.start(after(allowed, deadline::pass));
        return deadline;
    }

    /// Runs a task later, on the one thread that all deadlines share: it must be short and never
    /// wait.
    public Alarm after(Duration delay, Runnable task) {
        var due = clock.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> due.cancel(false);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            LOG.error("a task on the deadlines thread failed", bug);
        }
    }

    /// Ends the thread. What was not due yet never comes.
    @Override
    public void close() {
        clock.shutdownNow();
    }
}
