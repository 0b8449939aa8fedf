package chat.parley.client.link;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Ends something that takes too long; closing it in time calls it off.
///
/// A read time-out is no deadline: a peer that drips a byte now and then would never meet it.
public final class Deadline implements AutoCloseable {

    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicBoolean passed = new AtomicBoolean();

    /// @param end run by a thread of the deadline's own when the time is up; must not block
    public static Deadline after(Duration allowed, Runnable end) {
        var deadline = new Deadline();
        Thread.ofVirtual()
                .name("deadline")
                .start(() -> {
                    try {
                        if (!deadline.over.await(allowed.toNanos(), TimeUnit.NANOSECONDS)) {
                            deadline.passed.set(true);
                            end.run();
                        }
                    } catch (InterruptedException _) {
                        // nobody interrupts this thread; it would mean: finish now
                    }
                });
        return deadline;
    }

    /// Whether the time was up.
    public boolean hasPassed() {
        return passed.get();
    }

    @Override
    public void close() {
        over.countDown();
    }
}
