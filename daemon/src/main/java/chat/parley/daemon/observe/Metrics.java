package chat.parley.daemon.observe;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/// What is counted in a running daemon, for whoever watches it ([Metric] has the list).
///
/// One for each daemon, passed to whoever counts. Whoever counts often asks for its counter once
/// and keeps it: counting is then an addition that no other thread waits for. Any thread.
public final class Metrics {

    /// More values of one label are a mistake of ours.
    private static final int MOST_LABELS = 64;

    private final Map<Metric, Map<String, Source>> all = new ConcurrentHashMap<>();

    /// Where a number comes from.
    sealed interface Source permits Counter, Gauge, Histogram {}

    /// A sum.
    public static final class Counter implements Source {

        private final LongAdder sum = new LongAdder();

        private Counter() {}

        public void add(long more) {
            sum.add(more);
        }

        public void increment() {
            sum.increment();
        }

        public long sum() {
            return sum.sum();
        }
    }

    /// @param value asked when somebody looks
    record Gauge(DoubleSupplier value) implements Source {}

    /// The same one for everybody who asks.
    public Counter counter(Metric metric) {
        return counter(metric, "");
    }

    /// @param label the value of the metric's label: a word of ours
    public Counter counter(Metric metric, String label) {
        return (Counter) of(metric, label).computeIfAbsent(label, _ -> new Counter());
    }

    /// A number that somebody else keeps; the newest supplier of it counts.
    public void gauge(Metric metric, DoubleSupplier value) {
        gauge(metric, "", value);
    }

    /// @param label the value of the metric's label: a word of ours
    public void gauge(Metric metric, String label, DoubleSupplier value) {
        of(metric, label).put(label, new Gauge(value));
    }

    /// Takes a gauge away, of something that is no more.
    public void forget(Metric metric, String label) {
        of(metric, label).remove(label);
    }

    /// The same one for everybody who asks.
    public Histogram histogram(Metric metric) {
        return (Histogram)
                of(metric, "")
                        .computeIfAbsent(
                                "",
                                _ ->
                                        metric.kind() == Metric.Kind.SECONDS
                                                ? Histogram.ofSeconds()
                                                : Histogram.ofSizes());
    }

    private Map<String, Source> of(Metric metric, String label) {
        if (label.isEmpty() != metric.label().isEmpty()) {
            throw new IllegalArgumentException(metric + " and the label \"" + label + "\"");
        }
        var values = all.computeIfAbsent(metric, _ -> new ConcurrentSkipListMap<>());
        if (values.size() >= MOST_LABELS && !values.containsKey(label)) {
            throw new IllegalStateException(metric + " has too many labels: " + label);
        }
        return values;
    }

    /// What there is now of a metric, by the value of its label.
    Map<String, Source> sources(Metric metric) {
        return all.getOrDefault(metric, Map.of());
    }
}
