package chat.parley.daemon.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How much of what was queued for a peer is sure to have arrived, which nobody says: a peer that
/// was heard of since is taken to have got what was sent a while before.
///
/// The session's reader writes, any thread asks.
final class Arrival {

    /// What was stored, or replayed, this long before something was heard may have been on its way
    /// still.
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

    private static final long NOT_YET = 0;

    private final Pulse pulse;
    private volatile @Nullable Writer writer;
    private volatile long welcomed = NOT_YET; // when it was told what it missed: System.nanoTime()
    private volatile boolean left; // by itself, and so it has got all that was queued

    Arrival(Pulse pulse) {
        this.pulse = pulse;
    }

    void by(Writer writer) {
        this.writer = writer;
    }

    /// It was told what it missed.
    void welcomed() {
        var now = System.nanoTime();
        welcomed = now == NOT_YET ? 1 : now;
    }

    /// @param byItself whether it had got all before
    void left(boolean byItself) {
        left = byItself;
    }

    /// Whether it is sure to have been told what it missed.
    boolean isUpToDate() {
        var since = welcomed;
        return since != NOT_YET && (isAll() || pulse.wasHeardAfter(since + ON_ITS_WAY.toNanos()));
    }

    /// What was queued since then may not have arrived; empty if all has.
    Optional<Instant> sureUntil() {
        return isAll()
                ? Optional.empty()
                : Optional.of(
                        Instant.now().minus(pulse.silent(System.nanoTime())).minus(ON_ITS_WAY));
    }

    private boolean isAll() {
        var writing = writer;
        return left || (writing != null && writing.wasTaken());
    }
}
