package chat.parley.daemon.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private final Metrics metrics = new Metrics();

    @Nested
    class A_counter {

        @Test
        void is_the_same_one_for_everybody_who_asks() {
            metrics.counter(Metric.LOGINS, "refused").increment();
            metrics.counter(Metric.LOGINS, "refused").add(2);

            assertEquals(
                    """
                    # HELP parley_logins_total logins: accepted, refused, put_off; certificates too
                    # TYPE parley_logins_total counter
                    parley_logins_total{result="refused"} 3
                    """,
                    PrometheusText.of(metrics));
        }

        @Test
        void has_a_label_exactly_if_its_metric_has_one() {
            assertThrows(
                    IllegalArgumentException.class, () -> metrics.counter(Metric.STORED, "ann"));
            assertThrows(IllegalArgumentException.class, () -> metrics.counter(Metric.LOGINS));
        }
    }

    @Nested
    class A_gauge {

        @Test
        void is_asked_when_somebody_looks_and_the_newest_supplier_counts() {
            metrics.gauge(Metric.USERS, () -> 1);
            metrics.gauge(Metric.USERS, () -> 2.5);

            assertTrue(PrometheusText.of(metrics).endsWith("\nparley_users 2.5\n"));
        }

        @Test
        void that_was_forgotten_is_not_shown() {
            metrics.gauge(Metric.CERTIFICATE_EXPIRES, "old.example", () -> 1);
            metrics.gauge(Metric.CERTIFICATE_EXPIRES, "new.example", () -> 2);
            metrics.forget(Metric.CERTIFICATE_EXPIRES, "old.example");

            assertTrue(
                    PrometheusText.of(metrics)
                            .endsWith(
                                    " gauge\nparley_certificate_expires_seconds{name=\"new.example\"}"
                                            + " 2\n"));
        }

        @Test
        void has_a_label_that_ends_no_line() {
            metrics.gauge(Metric.CERTIFICATE_EXPIRES, "a\"b\\c\nd", () -> 1);

            assertTrue(
                    PrometheusText.of(metrics).endsWith("{name=\"a\\\"b\\\\c\\nd\"} 1\n"),
                    PrometheusText.of(metrics));
        }
    }

    @Test
    void a_histogram_has_buckets_that_add_up() {
        var commits = metrics.histogram(Metric.COMMIT_SIZE);
        commits.note(1);
        commits.note(2);
        commits.note(2_000);

        var lines = PrometheusText.of(metrics).lines().toList();
        assertTrue(lines.contains("parley_commit_tasks_bucket{le=\"1\"} 1"), lines.toString());
        assertTrue(lines.contains("parley_commit_tasks_bucket{le=\"2\"} 2"), lines.toString());
        assertTrue(lines.contains("parley_commit_tasks_bucket{le=\"1024\"} 2"), lines.toString());
        assertTrue(lines.contains("parley_commit_tasks_bucket{le=\"+Inf\"} 3"), lines.toString());
        assertTrue(lines.contains("parley_commit_tasks_sum 2003"), lines.toString());
        assertTrue(lines.contains("parley_commit_tasks_count 3"), lines.toString());
    }

    @Test
    void a_time_is_shown_in_seconds() {
        metrics.histogram(Metric.COMMIT).note(2_500_000);

        var lines = PrometheusText.of(metrics).lines().toList();
        assertTrue(lines.contains("parley_commit_seconds_bucket{le=\"0.001\"} 0"));
        assertTrue(lines.contains("parley_commit_seconds_bucket{le=\"0.0025\"} 1"));
        assertTrue(lines.contains("parley_commit_seconds_sum 0.0025"));
    }

    /// Or a peer who chose one would use up our memory, and Prometheus's.
    @Test
    void values_of_a_label_are_bounded() {
        for (var i = 0; i < 64; i++) {
            metrics.counter(Metric.SESSIONS_ENDED, "why-" + i);
        }
        assertThrows(
                IllegalStateException.class,
                () -> metrics.counter(Metric.SESSIONS_ENDED, "one more"));
    }

    @Test
    void every_metric_is_named_as_Prometheus_asks() {
        assertEquals(
                "",
                Arrays.stream(Metric.values())
                        .filter(metric -> !isWellNamed(metric))
                        .map(Metric::wire)
                        .collect(Collectors.joining(" ")));
    }

    private static boolean isWellNamed(Metric metric) {
        var name = metric.wire();
        return name.matches("parley_[a-z_]+[a-z]")
                && name.endsWith("_total") == (metric.kind() == Metric.Kind.COUNTER)
                && (metric.kind() != Metric.Kind.SECONDS || name.endsWith("_seconds"))
                && !metric.help().contains("\n");
    }
}
