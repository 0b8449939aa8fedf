package chat.parley.daemon.chat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The requests that wait for one owner thread. Bounded: who asks too much waits. Any thread asks,
/// one takes.
final class Inbox<T> {

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private final ArrayDeque<T> requests = new ArrayDeque<>(); // guarded by lock
    private boolean closed; // guarded by lock

    Inbox(int capacity) {
        this.capacity = capacity;
    }

    /// Waits while the inbox is full. False when it is closed: the request will not be seen.
    boolean put(T request) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (requests.size() >= capacity && !closed) {
                notFull.await();
            }
            if (closed) {
                return false;
            }
            requests.add(request);
            notEmpty.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until there are requests, or the inbox is closed.
    void awaitAny() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (requests.isEmpty() && !closed) {
                notEmpty.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits for requests and takes all of them, in order. None are left when the inbox is closed.
    List<T> takeAll() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (requests.isEmpty() && !closed) {
                notEmpty.await();
            }
            var all = List.copyOf(requests);
            requests.clear();
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

    /// Refuses from now on; what waits can still be taken.
    void close() {
        lock.lock();
        try {
            closed = true;
            notEmpty.signalAll();
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
