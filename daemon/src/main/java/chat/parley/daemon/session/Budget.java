package chat.parley.daemon.session;

import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.limit.TokenBucket;
import chat.parley.daemon.observe.Metrics;
import java.time.Duration;

/// What a session may do in a time. A burst is slowed down by not reading, so TCP slows the peer;
/// who is held back without a pause for too long is a flooder. Belongs to the session's reader.
final class Budget {

    private final TokenBucket bucket;
    private final Duration patience;
    private final Metrics.Counter heldBack;
    private boolean held;
    private long heldSince; // System.nanoTime(), while held

    /// @param heldBack counts how often somebody had to wait
    Budget(DaemonConfig.Rate rate, long now, Metrics.Counter heldBack) {
        this.bucket = new TokenBucket(rate.burst(), rate.every(), now);
        this.patience = rate.patience();
        this.heldBack = heldBack;
    }

    /// Whether the last thing had to wait.
    boolean isHeld() {
        return held;
    }

    /// The peer was waited for: whoever says the next thing only when the last one is answered is
    /// slow enough.
    void pause() {
        held = false;
    }

    /// Spends, and sleeps until it is affordable. False if the patience is at an end.
    boolean spend(int cost) throws InterruptedException {
        var now = System.nanoTime();
        var wait = bucket.take(cost, now);
        if (wait.isZero()) {
            held = false;
            return true;
        }
        if (!held) {
            held = true;
            heldSince = now;
        }
        if (now - heldSince > patience.toNanos()) {
            return false;
        }
        heldBack.increment();
        Thread.sleep(wait);
        return true;
    }
}
