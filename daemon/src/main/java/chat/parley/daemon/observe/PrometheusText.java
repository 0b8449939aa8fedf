package chat.parley.daemon.observe;

import java.util.Locale;

/// All that is counted, in the text that Prometheus and its kin read:
/// https://prometheus.io/docs/instrumenting/exposition_formats/ (version 0.0.4).
final class PrometheusText {

    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder out = new StringBuilder(8_192);

    private PrometheusText() {}

    static String of(Metrics metrics) {
        var text = new PrometheusText();
        for (var metric : Metric.values()) {
            var sources = metrics.sources(metric);
            if (!sources.isEmpty()) {
                text.head(metric);
                sources.forEach((label, source) -> text.samples(metric, label, source));
            }
        }
        return text.out.toString();
    }

    private void head(Metric metric) {
        var type =
                switch (metric.kind()) {
                    case COUNTER -> "counter";
                    case GAUGE -> "gauge";
                    case SECONDS, SIZES -> "histogram";
                };
        out.append("# HELP ").append(metric.wire()).append(' ').append(metric.help()).append('\n');
        out.append("# TYPE ").append(metric.wire()).append(' ').append(type).append('\n');
    }

    private void samples(Metric metric, String label, Metrics.Source source) {
        var labels = label.isEmpty() ? "" : pair(metric.label(), label);
        switch (source) {
            case Metrics.Counter counter -> sample(metric.wire(), labels, (double) counter.sum());
            case Metrics.Gauge(var value) -> sample(metric.wire(), labels, value.getAsDouble());
            case Histogram histogram -> histogram(metric.wire(), histogram);
        }
    }

    private void histogram(String name, Histogram histogram) {
        var counts = histogram.counts();
        var total = 0L;
        for (var bucket = 0; bucket < counts.length; bucket++) {
            total += counts[bucket];
            var end = bucket < histogram.buckets() ? number(histogram.bound(bucket)) : "+Inf";
            sample(name + "_bucket", pair("le", end), (double) total);
        }
        sample(name + "_sum", "", histogram.sum());
        sample(name + "_count", "", (double) total);
    }

    private static String pair(String name, String value) {
        var escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return "{" + name + "=\"" + escaped + "\"}";
    }

    private void sample(String name, String labels, double value) {
        out.append(name).append(labels).append(' ').append(number(value)).append('\n');
    }

    /// Whole numbers without a point, so that people can read them.
    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value).toUpperCase(Locale.ROOT);
    }
}
