package chat.parley.daemon.auth;

import java.time.Duration;
import java.util.OptionalInt;

/// What was failed at one thing that [LoginGuard] counts: strikes, which are forgotten in time and
/// cost waits, and failures in a row, which are not and end in its being closed.
///
/// The guard's lock guards it; time is passed in as [System#nanoTime] gives it.
final class Tally {

    /// Being closed, as a wait.
    static final long CLOSED = Long.MAX_VALUE;

    /// Another is being tried at this moment: what comes of it will be known soon.
    private static final long SOON = Duration.ofSeconds(1).toNanos();

    /// @param limit how many failures in a row close it
    /// @param reopens how long after the last failure it is open again; zero: never by itself
    record Rule(Strikes.Rule strikes, int limit, Duration reopens) {}

    private final Rule rule;
    private final Strikes strikes;
    private int inARow;
    private int running; // passwords that are being tried at this moment
    private OptionalInt lastTrace = OptionalInt.empty();

    Tally(Rule rule, long now) {
        this(rule, 0, 0, now);
    }

    /// As it was written down.
    Tally(Rule rule, double strikes, int inARow, long failedAt) {
        this.rule = rule;
        this.strikes = new Strikes(rule.strikes(), strikes, failedAt);
        this.inARow = Math.max(0, inARow);
    }

    /// How long nothing may be tried yet, in nanoseconds; [#CLOSED] if time alone does not help.
    long waitFrom(long now) {
        if (inARow >= rule.limit()) {
            var left = rule.reopens().toNanos() - (now - strikes.countedAt());
            if (rule.reopens().isZero()) {
                return CLOSED;
            }
            if (left > 0) {
                return left;
            }
            inARow = 0;
        }
        var isFull = inARow + running >= rule.limit();
        var isOneByOne = running > 0 && !strikes.isFree(now);
        return Math.max(strikes.waitFrom(now), isFull || isOneByOne ? SOON : 0);
    }

    /// Whether nothing was failed since the last success.
    boolean isClean() {
        return inARow == 0;
    }

    int inARow() {
        return inARow;
    }

    Strikes strikes() {
        return strikes;
    }

    /// Whether nothing was counted for so long.
    boolean isOlderThan(Duration age, long now) {
        return running == 0 && now - strikes.countedAt() > age.toNanos();
    }

    /// A password is being tried.
    void begin() {
        running++;
    }

    /// Nothing came of it, or it was right.
    void end() {
        running--;
    }

    /// Whether the same mistake was made last time: a program that goes on sending an old password
    /// guesses nothing.
    boolean repeats(OptionalInt trace) {
        var repeated = trace.isPresent() && trace.equals(lastTrace);
        lastTrace = trace;
        return repeated;
    }

    /// It was wrong.
    ///
    /// @param isGuess whether it counts in the row; it costs a wait either way
    void failed(boolean isGuess, long now) {
        strikes.add(now);
        inARow += isGuess ? 1 : 0;
    }

    /// The row has ended.
    ///
    /// @return whether there was one
    boolean endRow() {
        var was = inARow > 0;
        inARow = 0;
        return was;
    }

    /// As if nothing had been failed.
    void clear(long now) {
        strikes.clear(now);
        inARow = 0;
        lastTrace = OptionalInt.empty();
    }
}
