package chat.parley.daemon.observe;

import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// How often something took how long, or held how much: counts in buckets, and their sum. Any
/// thread; noting something is two additions that no other thread waits for.
public final class Histogram implements Metrics.Source {

    /// Nanoseconds, from what a commit takes on a fast disk to what somebody complains about.
    private static final long[] SECONDS = {
        100_000L,
        500_000L,
        1_000_000L,
        2_500_000L,
        5_000_000L,
        10_000_000L,
        25_000_000L,
        50_000_000L,
        100_000_000L,
        250_000_000L,
        1_000_000_000L,
        5_000_000_000L
    };

    private static final long[] SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024};

    private static final double NANOS = 1e9;

    private final long[] bounds;
    private final double unit;
    private final LongAdder[] counts; // one more than bounds, for all above
    private final LongAdder sum = new LongAdder();

    private Histogram(long[] bounds, double unit) {
        this.bounds = bounds;
        this.unit = unit;
        counts =
                Stream.generate(LongAdder::new).limit(bounds.length + 1L).toArray(LongAdder[]::new);
    }

    static Histogram ofSeconds() {
        return new Histogram(SECONDS, NANOS);
    }

    static Histogram ofSizes() {
        return new Histogram(SIZES, 1);
    }

    /// @param value nanoseconds, or a count
    public void note(long value) {
        var bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sum.add(value);
    }

    /// The upper end of a bucket in the unit that is shown.
    double bound(int bucket) {
        return bounds[bucket] / unit;
    }

    /// How many buckets have an upper end.
    int buckets() {
        return bounds.length;
    }

    /// How many values each bucket has, the last one without an upper end.
    long[] counts() {
        return Stream.of(counts).mapToLong(LongAdder::sum).toArray();
    }

    /// In the unit that is shown.
    double sum() {
        return sum.sum() / unit;
    }
}
