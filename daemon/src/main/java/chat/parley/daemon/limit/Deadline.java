package chat.parley.daemon.limit;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A time by which a thread must be done, or it is interrupted. Made by [Deadlines#within].
///
/// It belongs to the thread that made it, which closes it. Once closed, its interrupt can no longer
/// arrive; an interrupt that did arrive is taken back, and an interrupt of anybody else's is left
/// alone as long as this one did not pass.
public final class Deadline implements AutoCloseable {

    private enum State {
        RUNNING,
        EXPIRED,
        CLOSED
    }

    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Thread thread;
    private State state = State.RUNNING; // guarded by lock
    private @Nullable Alarm alarm; // the owner's only

    Deadline(Thread thread) {
        this.thread = thread;
    }

    void start(Alarm alarm) {
        this.alarm = alarm;
    }

    /// The time has passed. Interrupting under the lock is what makes [#close] exact.
    void pass() {
        lock.lock();
        try {
            if (state == State.RUNNING) {
                state = State.EXPIRED;
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whether the time passed before it was closed.
    public boolean expired() {
        lock.lock();
        try {
            return state == State.EXPIRED;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            switch (state) {
                case RUNNING -> state = State.CLOSED;
                case EXPIRED -> Thread.interrupted(); // ours; the next wait must not trip over it
                case CLOSED -> {}
            }
        } finally {
            lock.unlock();
        }
        if (alarm != null) {
            alarm.cancel();
        }
    }
}
