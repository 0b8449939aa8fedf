package chat.parley.daemon.session;

import chat.parley.daemon.config.DaemonConfig;
import java.time.Duration;

/// What is due when: login, a PING, its answer, a write, the goodbye. It only looks at the clock
/// that is passed in.
///
/// The reader notes what it hears; the deadlines thread checks. One look a fraction of a second
/// serves all sessions, where an alarm for each write would cost more than the write.
final class Pulse {

    /// A goodbye that is not taken within this time is not worth more.
    private static final Duration GOODBYE_WITHIN = Duration.ofSeconds(3);

    /// What has come of a look at the clock.
    enum Due {
        FINE,
        ASK,
        LOGIN_TOO_SLOW,
        PASSWORD_NOT_CHANGED,
        SILENT,
        WRITE_STUCK,
        GOODBYE_STUCK
    }

    private final DaemonConfig.Limits limits;
    private final Duration changeWithin;
    private final long began;
    private volatile boolean loggedIn;
    private volatile boolean confined; // logged in, but for a password of its own
    private volatile long confinedSince;
    private volatile long heard;
    private volatile boolean ending;
    private volatile long endingSince;
    private long asked; // the deadlines thread's own, like `pending`
    private boolean pending; // a PING was sent since something was heard

    /// @param changeWithin how long who is confined has to set a password
    Pulse(DaemonConfig.Limits limits, Duration changeWithin, long now) {
        this.limits = limits;
        this.changeWithin = changeWithin;
        this.began = now;
        this.heard = now;
    }

    void heard(long now) {
        heard = now;
    }

    /// How long nothing was heard.
    Duration silent(long now) {
        return Duration.ofNanos(Math.max(0, now - heard));
    }

    boolean wasHeardAfter(long moment) {
        return heard - moment > 0;
    }

    void loggedIn() {
        loggedIn = true;
    }

    void confined(long now) {
        confinedSince = now;
        confined = true;
    }

    void ending(long now) {
        endingSince = now;
        ending = true;
    }

    /// How long a peer may be silent in all.
    Duration patience() {
        return limits.silence().plus(limits.pongWithin());
    }

    Due check(long now, Writer writer) {
        if (ending) {
            var within = min(GOODBYE_WITHIN, limits.writeWithin());
            return now - endingSince > within.toNanos() ? Due.GOODBYE_STUCK : Due.FINE;
        }
        if (writer.isStuckSince(now - limits.writeWithin().toNanos())) {
            return Due.WRITE_STUCK;
        }
        if (confined && !loggedIn && now - confinedSince > changeWithin.toNanos()) {
            return Due.PASSWORD_NOT_CHANGED;
        }
        if (!loggedIn && !confined) {
            return now - began > limits.loginWithin().toNanos() ? Due.LOGIN_TOO_SLOW : Due.FINE;
        }
        return silence(now);
    }

    private Due silence(long now) {
        var last = heard;
        if (pending && last - asked > 0) {
            pending = false;
        }
        if (pending) {
            return now - asked > limits.pongWithin().toNanos() ? Due.SILENT : Due.FINE;
        }
        if (now - last <= limits.silence().toNanos()) {
            return Due.FINE;
        }
        pending = true;
        asked = now;
        return Due.ASK;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
