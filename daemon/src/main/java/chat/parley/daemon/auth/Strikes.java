package chat.parley.daemon.auth;

import java.time.Duration;

/// Failures, forgotten one by one, and the wait that they cost. The guard's lock guards it; time is
/// passed in as [System#nanoTime] gives it.
final class Strikes {

    /// So many beyond the free ones are remembered at most: the wait has long stopped to grow, and
    /// who has stopped to guess is to be forgotten within the hour.
    private static final int MOST_BEYOND = 10;

    /// @param free how many failures cost no wait
    /// @param forgetOne the time in which one is forgotten
    /// @param first the wait after the first that is not free; it doubles with each further one
    /// @param longest where it stops to grow
    record Rule(int free, Duration forgetOne, Duration first, Duration longest) {}

    private final Rule rule;
    private double count; // as it was then
    private long countedAt;

    Strikes(Rule rule, double count, long countedAt) {
        this.rule = rule;
        this.count = Math.clamp(count, 0, rule.free() + MOST_BEYOND);
        this.countedAt = countedAt;
    }

    /// How long nothing may be tried yet, in nanoseconds; 0 if something may.
    long waitFrom(long now) {
        var beyond = (int) Math.ceil(count) - rule.free();
        if (beyond <= 0) {
            return 0;
        }
        var doubled = rule.first().toNanos() * Math.pow(2, Math.min(beyond - 1, 40));
        var whole = (long) Math.min(doubled, (double) rule.longest().toNanos());
        return Math.max(0, whole - (now - countedAt)); // nanoTime may wrap, a difference does not
    }

    /// Whether a further failure costs no wait.
    boolean isFree(long now) {
        return count(now) < rule.free();
    }

    /// How many are remembered, parts of one included.
    double count(long now) {
        var forgotten = (double) (now - countedAt) / rule.forgetOne().toNanos();
        return Math.max(0, count - forgotten);
    }

    /// How many were, when the last one was counted.
    double countThen() {
        return count;
    }

    /// When that was.
    long countedAt() {
        return countedAt;
    }

    void add(long now) {
        count = Math.min(count(now) + 1, rule.free() + MOST_BEYOND);
        countedAt = now;
    }

    /// Forgets them all.
    void clear(long now) {
        count = 0;
        countedAt = now;
    }
}
