package chat.parley.daemon.chat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// When the machine will about be done with what all channels together have just sent.
///
/// A guess from nothing but numbers: so many records, at so much each. It need not be right, only
/// grow with what there is to do. Any thread; nobody waits.
final class Backlog {

    /// What one record costs a processor on both sides, measured where the clients share it: 16 µs
    /// of a machine with two of them (docs/adr/0047).
    private static final long RECORD_NANOS = 32_000;

    /// However much there is to do.
    static final Duration MOST = Duration.ofMillis(20);

    private final long each;
    private final long most;
    private final AtomicLong done;

    /// @param now as all times here: System.nanoTime()
    /// @param processors that share the work
    Backlog(long now, int processors) {
        this(now, Duration.ofNanos(RECORD_NANOS / processors), MOST);
    }

    Backlog(long now, Duration each, Duration most) {
        this.each = each.toNanos();
        this.most = most.toNanos();
        this.done = new AtomicLong(now);
    }

    /// @param begun when the batch began that so many sessions hear, each in a record
    /// @return when they have it, about, and all that was sent before; at most [#MOST] later
    long heard(int sessions, long begun) {
        return done.accumulateAndGet(
                begun,
                (before, now) -> {
                    var ahead = Math.max(0, before - now);
                    return now + Math.min(ahead + sessions * each, most);
                });
    }
}
