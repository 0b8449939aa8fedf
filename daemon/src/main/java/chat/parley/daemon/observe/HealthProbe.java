package chat.parley.daemon.observe;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tries now and then what the daemon is there for, and remembers when it last worked.
///
/// A platform thread `health`. What is tried may hang, or fail, and is then as good as not done.
public final class HealthProbe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthProbe.class);

    /// Something that works, if all is well.
    public interface Try {
        void once() throws IOException, InterruptedException;
    }

    private final Try what;
    private final Duration every;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile long workedAt = System.nanoTime();
    private volatile boolean failed;

    private HealthProbe(Try what, Duration every) {
        this.what = what;
        this.every = every;
        thread = Thread.ofPlatform().name("health").daemon().unstarted(this::run);
    }

    public static HealthProbe start(Try what, Duration every) {
        var probe = new HealthProbe(what, every);
        probe.thread.start();
        return probe;
    }

    private void run() {
        try {
            do {
                once();
            } while (!closed.await(every.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            // Finish now.
        }
    }

    private void once() throws InterruptedException {
        try {
            what.once();
            workedAt = System.nanoTime();
            failed = false;
        } catch (IOException | RuntimeException problem) { // the top of a thread
            failed = true;
            LOG.atDebug().addKeyValue("cause", problem.toString()).log("health probe failed");
        }
    }

    /// Whether the last try worked, and was not too long ago: three of them may be late.
    public boolean isWell() {
        return !failed && System.nanoTime() - workedAt < every.multipliedBy(4).toNanos();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
