package chat.parley.client;

import chat.parley.client.link.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The time that the whole of something may take, and what is to be ended when it is over: that
/// changes as it goes on.
final class Clocked implements AutoCloseable {

    private final AtomicReference<Runnable> end = new AtomicReference<>(() -> {});
    private final @Nullable Deadline deadline;
    private final long until; // System.nanoTime; meaningless without a deadline

    /// @param allowed empty for as long as it takes
    Clocked(Optional<Duration> allowed) {
        deadline = allowed.map(time -> Deadline.after(time, () -> end.get().run())).orElse(null);
        until = System.nanoTime() + allowed.orElse(Duration.ZERO).toNanos();
    }

    /// What is to be ended from now on; at once, if the time is over. Any thread runs it.
    void ends(Runnable what) {
        end.set(what);
        if (isOver()) {
            what.run();
        }
    }

    boolean isOver() {
        return deadline != null && deadline.hasPassed();
    }

    /// So long, unless the time is over before.
    Duration atMost(Duration wait) {
        if (deadline == null) {
            return wait;
        }
        var left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
        return left.compareTo(wait) < 0 ? left : wait;
    }

    @Override
    public void close() {
        if (deadline != null) {
            deadline.close();
        }
    }
}
