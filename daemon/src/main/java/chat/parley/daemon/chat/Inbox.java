package chat.parley.daemon.chat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// The requests that wait for one owner thread. Bounded: who asks too much waits. Any thread asks,
/// one takes.
///
/// The owner may rest until a certain moment, so that it takes more at a time. Patient requests let
/// it; the first that is not, a full inbox and the end are what it is woken for.
final class Inbox<T> {

    private final int capacity;
    private final Predicate<T> patient;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Condition wake = lock.newCondition(); // the owner, and only if it has to do
    private final Condition notFull = lock.newCondition();
    private final ArrayDeque<T> requests = new ArrayDeque<>(); // guarded by lock
    private boolean pressing; // one of them is not patient, or it is full; guarded by lock
    private boolean closed; // guarded by lock

    /// None of its requests waits for others.
    Inbox(int capacity) {
        this(capacity, _ -> false);
    }

    /// @param patient which requests do not end the owner's rest
    Inbox(int capacity, Predicate<T> patient) {
        this.capacity = capacity;
        this.patient = patient;
    }

    /// Waits while the inbox is full. False when it is closed: the request will not be seen.
    boolean put(T request) throws InterruptedException {
        var presses = !patient.test(request);
        lock.lockInterruptibly();
        try {
            while (requests.size() >= capacity && !closed) {
                notFull.await();
            }
            if (closed) {
                return false;
            }
            requests.add(request);
            pressing |= presses || requests.size() >= capacity;
            // Who rests has something already: the next patient one is not worth waking it for.
            if (pressing || requests.size() == 1) {
                wake.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for requests and takes all of them, in order. None are left when the inbox is closed.
    List<T> takeAll() throws InterruptedException {
        return takeAll(System.nanoTime());
    }

    /// The same, but leaves patient requests where they are until that moment.
    ///
    /// @param restsUntil as [System#nanoTime] has it
    List<T> takeAll(long restsUntil) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (requests.isEmpty() && !closed) {
                wake.await();
            }
            var rest = restsUntil - System.nanoTime();
            while (rest > 0 && !pressing && !closed) {
                rest = wake.awaitNanos(rest);
            }
            var all = List.copyOf(requests);
            requests.clear();
            pressing = false;
            notFull.signalAll();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /// Closes the inbox if nothing waits in it. Whether it is closed now.
    boolean closeIfEmpty() {
        lock.lock();
        try {
            closed |= requests.isEmpty();
            if (closed) {
                notFull.signalAll();
            }
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /// Refuses from now on; what waits can still be taken, and at once.
    void close() {
        lock.lock();
        try {
            closed = true;
            wake.signalAll();
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
