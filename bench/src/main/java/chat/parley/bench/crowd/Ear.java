package chat.parley.bench.crowd;

import chat.parley.bench.wire.Loop;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/// What the members of one loop have heard together. Its fields are the loop's thread's, but for
/// the counters, which anybody may read.
final class Ear {

    /// Microseconds, to a minute, with three digits.
    private static final long LONGEST = TimeUnit.MINUTES.toMicros(1);

    private final Loop loop;
    private final LongAdder heard = new LongAdder();
    private final LongAdder strayed = new LongAdder();
    private final LongAdder gone = new LongAdder(); // that were in, and are not deaf
    private volatile String told = ""; // the last goodbye of the server
    private Histogram times = histogram();
    private long since = Long.MAX_VALUE; // only what was due later is timed

    Ear(Loop loop) {
        this.loop = loop;
    }

    private static Histogram histogram() {
        return new Histogram(LONGEST, 3);
    }

    Loop loop() {
        return loop;
    }

    void heard(int messages) {
        heard.add(messages);
    }

    /// A message of another room, or one that was cut.
    void strayed() {
        strayed.increment();
    }

    void time(long due) {
        if (due - since >= 0) {
            var micros = (System.nanoTime() - due) / 1_000;
            times.recordValue(Math.clamp(micros, 0, LONGEST));
        }
    }

    void told(String line) {
        told = line;
    }

    void gone(Member member) {
        if (!member.isDeaf() && member.in().isDone() && !member.in().isCompletedExceptionally()) {
            gone.increment();
        }
    }

    /// From now on what is said later is timed.
    void startTimes(long now) {
        times = histogram();
        since = now;
    }

    Histogram times() {
        return times;
    }

    long heard() {
        return heard.sum();
    }

    long strayedSoFar() {
        return strayed.sum();
    }

    long goneSoFar() {
        return gone.sum();
    }

    String lastGoodbye() {
        return told;
    }
}
