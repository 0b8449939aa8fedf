package chat.parley.bench.scenario;

import chat.parley.bench.report.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// Whether something grows that should not, by samples over a long time: the middle of the last
/// quarter beside that of the first.
final class Growth {

    private static final double HEAP_FACTOR = 1.10;
    private static final long HEAP_SLACK_KIB = 4 * 1024;
    private static final long DESCRIPTOR_SLACK = 16; // who comes and goes
    private static final long THREAD_SLACK = 3;

    /// How it stands at a moment.
    ///
    /// @param heapKib what is left after a collection
    /// @param waiting deliveries that have been caused and not heard
    record Sample(long heapKib, long rssKib, long descriptors, long threads, long waiting) {}

    private final List<Sample> samples = new ArrayList<>();
    private final long waitingSlack;

    /// @param waitingSlack deliveries that may wait at any moment
    Growth(long waitingSlack) {
        this.waitingSlack = waitingSlack;
    }

    void add(Sample sample) {
        samples.add(sample);
    }

    /// Of the first quarter or of the last.
    private long middle(boolean last, ToLongFunction<Sample> of) {
        var some = Math.max(1, samples.size() / 4);
        var part =
                last
                        ? samples.subList(samples.size() - some, samples.size())
                        : samples.subList(0, some);
        var sorted = part.stream().mapToLong(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /// What grew, and `steady` if nothing did.
    Result verdict() {
        if (samples.isEmpty()) {
            return new Result().with("steady", false);
        }
        var heap = middle(true, Sample::heapKib);
        var steady =
                heap <= middle(false, Sample::heapKib) * HEAP_FACTOR + HEAP_SLACK_KIB
                        && isSteady(Sample::descriptors, DESCRIPTOR_SLACK)
                        && isSteady(Sample::threads, THREAD_SLACK)
                        && isSteady(Sample::waiting, waitingSlack);
        return new Result()
                .with("samples", samples.size())
                .with("heap-kib-first", middle(false, Sample::heapKib))
                .with("heap-kib-last", heap)
                .with("rss-kib-first", middle(false, Sample::rssKib))
                .with("rss-kib-last", middle(true, Sample::rssKib))
                .with("descriptors-first", middle(false, Sample::descriptors))
                .with("descriptors-last", middle(true, Sample::descriptors))
                .with("threads-first", middle(false, Sample::threads))
                .with("threads-last", middle(true, Sample::threads))
                .with("waiting-first", middle(false, Sample::waiting))
                .with("waiting-last", middle(true, Sample::waiting))
                .with("steady", steady);
    }

    private boolean isSteady(ToLongFunction<Sample> of, long slack) {
        return middle(true, of) <= middle(false, of) + slack;
    }
}
