package chat.parley.daemon.limit;

import java.time.Duration;

/// A budget that refills: so much at once, then one each interval.
///
/// It never refuses; it says how long to wait. One thread's own; time is passed in as
/// [System#nanoTime] gives it.
///
/// It keeps a single number, the time at which everything spent so far is earned back. That time
/// may lie at most a burst behind the present, or old silence would be saved up.
public final class TokenBucket {

    private final long burst;
    private final long interval;
    private long paidAt;

    /// A full bucket.
    ///
    /// @param burst how much may be spent at once
    /// @param every the time in which one is earned back
    public TokenBucket(int burst, Duration every, long now) {
        if (burst < 1 || !every.isPositive()) {
            throw new IllegalArgumentException("a bucket holds something and refills");
        }
        interval = every.toNanos();
        this.burst = Math.multiplyExact(burst, interval);
        paidAt = now - this.burst;
    }

    /// Spends, on credit if it must: how long to wait before going on, zero when it was affordable.
    public Duration take(int cost, long now) {
        var balance = Math.min(now - paidAt, burst); // nanoTime may wrap, a difference does not
        var left = balance - Math.multiplyExact(cost, interval);
        paidAt = now - left;
        return Duration.ofNanos(Math.max(0, -left));
    }
}
