package chat.parley.daemon.chat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Who was here and is not any more, newest first: for WHOWAS. The oldest are forgotten.
///
/// A shared table: its lock is a leaf.
public final class Departed {

    private static final int REMEMBERED = 1_000;

    /// @param profile how the user showed itself last
    public record Trace(User.Profile profile, Instant until) {}

    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final ArrayDeque<Trace> traces = new ArrayDeque<>(); // guarded by lock

    void add(User.Profile profile, Instant until) {
        lock.lock();
        try {
            traces.addFirst(new Trace(profile, until));
            if (traces.size() > REMEMBERED) {
                traces.removeLast();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Everybody whose nick is looked for, newest first.
    public List<Trace> find(Predicate<String> isWanted) {
        lock.lock();
        try {
            return traces.stream()
                    .filter(trace -> isWanted.test(trace.profile().nick().text()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
