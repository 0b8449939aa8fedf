package chat.parley.daemon.auth;

import java.time.Duration;

/// Failures, forgotten one by one, and the wait that they cost. Its owner's lock guards it; time is
/// passed in as [System#nanoTime] gives it.
final class Strikes {

    /// @param free how many failures cost no wait
    /// @param forgetOne the time in which one is forgotten
    /// @param first the wait after the first that is not free; it doubles with each further one
    /// @param longest where it stops to grow
    record Rule(int free, Duration forgetOne, Duration first, Duration longest) {}

    private final Rule rule;
    private double count;
    private long countedAt;
    private long notBefore;

    Strikes(Rule rule, long now) {
        this.rule = rule;
        countedAt = now;
        notBefore = now;
    }

    boolean mayTry(long now) {
        return now - notBefore >= 0; // nanoTime may wrap, a difference does not
    }

    /// Whether there is nothing that is not forgotten.
    boolean isClean(long now) {
        return count(now) == 0;
    }

    /// How many are remembered, parts of one included.
    double count(long now) {
        var forgotten = (double) (now - countedAt) / rule.forgetOne().toNanos();
        return Math.max(0, count - forgotten);
    }

    void add(long now) {
        set(count(now) + 1, now);
        var beyond = (int) Math.ceil(count) - rule.free();
        if (beyond > 0) {
            var doubled = rule.first().toNanos() * Math.pow(2, Math.min(beyond - 1, 40));
            notBefore = now + (long) Math.min(doubled, (double) rule.longest().toNanos());
        }
    }

    /// Takes one back that turned out to be none, with the wait that it cost.
    void takeBack(long now) {
        set(Math.max(0, count(now) - 1), now);
        notBefore = now;
    }

    private void set(double newCount, long now) {
        count = newCount;
        countedAt = now;
    }
}
