package chat.parley.daemon.auth;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A bounded queue in which each key has a line of its own; the lines take turns.
///
/// Whoever fills it harms itself: when it is full, the newest of the longest line has to go. So a
/// network that sends thousands of logins neither keeps another's waiting behind them nor keeps it
/// out. Any thread; one lock, a leaf.
final class FairQueue<K, T> {

    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Condition changed = lock.newCondition();
    private final Map<K, Deque<T>> lines = new LinkedHashMap<>(); // guarded by lock; first is next
    private int size; // guarded by lock
    private boolean closed; // guarded by lock

    private final int bound;

    FairQueue(int bound) {
        this.bound = bound;
    }

    /// Adds it.
    ///
    /// @return who has to go: nobody while there is room, else some other or this one
    Optional<T> add(K key, T item) {
        lock.lock();
        try {
            if (closed) {
                return Optional.of(item);
            }
            lines.computeIfAbsent(key, _ -> new ArrayDeque<>()).addLast(item);
            size++;
            changed.signal();
            return size > bound ? Optional.of(newestOfLongest(key)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Between lines of equal length the newcomer's is the longest.
    private T newestOfLongest(K newcomer) {
        var longest = newcomer;
        var line = lines.getOrDefault(newcomer, new ArrayDeque<>());
        for (var other : lines.entrySet()) {
            if (other.getValue().size() > line.size()) {
                longest = other.getKey();
                line = other.getValue();
            }
        }
        var gone = line.removeLast();
        if (line.isEmpty()) {
            lines.remove(longest);
        }
        size--;
        return gone;
    }

    /// The next, waiting for one; empty once the queue is closed.
    Optional<T> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (size == 0 && !closed) {
                changed.await();
            }
            return closed ? Optional.empty() : Optional.of(next());
        } finally {
            lock.unlock();
        }
    }

    private T next() {
        var first = lines.entrySet().iterator().next();
        var line = first.getValue();
        lines.remove(first.getKey());
        var item = line.removeFirst();
        if (!line.isEmpty()) {
            lines.put(first.getKey(), line); // to the end
        }
        size--;
        return item;
    }

    /// Takes no more, and gives out what is left.
    Deque<T> close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            var left = new ArrayDeque<T>();
            lines.values().forEach(left::addAll);
            lines.clear();
            size = 0;
            return left;
        } finally {
            lock.unlock();
        }
    }
}
