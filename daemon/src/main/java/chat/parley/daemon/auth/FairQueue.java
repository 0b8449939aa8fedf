package chat.parley.daemon.auth;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A bounded queue in which each key has a line of its own; the lines take turns.
///
/// Whoever fills it harms itself: when it is full, the newest of the longest line has to go. So a
/// network that sends thousands of logins neither keeps another's waiting behind them nor keeps it
/// out. Lines of those who are known come first, every other time, and are the last to lose
/// anybody: a storm of strangers does not reach them. Any thread; one lock, a leaf.
final class FairQueue<K, T> {

    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Condition changed = lock.newCondition();
    private final Lines<K, T> known = new Lines<>(); // guarded by lock
    private final Lines<K, T> strangers = new Lines<>(); // guarded by lock
    private boolean strangersTurn; // guarded by lock
    private boolean closed; // guarded by lock

    private final int bound;

    FairQueue(int bound) {
        this.bound = bound;
    }

    /// Adds it.
    ///
    /// @return who has to go: nobody while there is room, else some other or this one
    Optional<T> add(K key, T item, boolean isKnown) {
        lock.lock();
        try {
            if (closed) {
                return Optional.of(item);
            }
            (isKnown ? known : strangers).add(key, item);
            changed.signal();
            if (known.size + strangers.size <= bound) {
                return Optional.empty();
            }
            return Optional.of((strangers.size > 0 ? strangers : known).newestOfLongest());
        } finally {
            lock.unlock();
        }
    }

    /// The next, waiting for one; empty once the queue is closed.
    Optional<T> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (known.size + strangers.size == 0 && !closed) {
                changed.await();
            }
            if (closed) {
                return Optional.empty();
            }
            var isStranger = known.size == 0 || (strangersTurn && strangers.size > 0);
            strangersTurn = !isStranger;
            return Optional.of((isStranger ? strangers : known).next());
        } finally {
            lock.unlock();
        }
    }

    /// How many wait.
    int size() {
        lock.lock();
        try {
            return known.size + strangers.size;
        } finally {
            lock.unlock();
        }
    }

    /// Takes no more, and gives out what is left.
    Deque<T> close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            var left = new ArrayDeque<T>();
            while (known.size > 0) {
                left.add(known.next());
            }
            while (strangers.size > 0) {
                left.add(strangers.next());
            }
            return left;
        } finally {
            lock.unlock();
        }
    }

    /// Lines that take turns. Guarded by the queue's lock.
    private static final class Lines<K, T> {

        private final SequencedMap<K, Deque<T>> lines = new LinkedHashMap<>(); // the first is next
        private int size;

        void add(K key, T item) {
            lines.computeIfAbsent(key, _ -> new ArrayDeque<>()).addLast(item);
            size++;
        }

        T next() {
            var first = lines.pollFirstEntry();
            var line = first.getValue();
            var item = line.removeFirst();
            if (!line.isEmpty()) {
                lines.put(first.getKey(), line); // to the end
            }
            size--;
            return item;
        }

        /// Between lines of equal length the one that waits for its turn longest stays.
        T newestOfLongest() {
            var longest = lines.firstEntry();
            for (var line : lines.entrySet()) {
                if (line.getValue().size() >= longest.getValue().size()) {
                    longest = line;
                }
            }
            var gone = longest.getValue().removeLast();
            if (longest.getValue().isEmpty()) {
                lines.remove(longest.getKey());
            }
            size--;
            return gone;
        }
    }
}
