package chat.parley.daemon.tls;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.observe.Metric;
import chat.parley.daemon.observe.Metrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices that the files of a certificate were renewed, and has handshakes see the new ones; says
/// when one is about to expire.
///
/// A platform thread `tls-files` looks at the files every other second (docs/adr/0037). What has
/// changed is read once it has looked the same twice, so that a pair that is being copied is not
/// taken for a broken one. What is wrong with it is said once, and the old one stays.
public final class CertificateWatch implements AutoCloseable {

    /// Renewed files are in use after at most three looks.
    public static final Duration OFTEN = Duration.ofSeconds(2);

    private static final int MOST_MEASURED = 50; // a metric has at most 64 labels

    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

    private final ServerTls tls;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Metrics metrics;
    private final Metrics.Counter renewed;
    private final Metrics.Counter refused;
    private final Thread thread;

    // The thread's own.
    private final Map<TlsPart, FileStamp> seen = new HashMap<>();
    private final Map<TlsPart, FileStamp> read = new HashMap<>();
    private final Validity validity = new Validity();
    private Set<String> measured = Set.of();
    private boolean stumbling;

    CertificateWatch(ServerTls tls, Clock clock, Duration every, Metrics metrics) {
        this.tls = tls;
        this.clock = clock;
        this.metrics = metrics;
        renewed = metrics.counter(Metric.CERTIFICATE_RELOADS, "taken");
        refused = metrics.counter(Metric.CERTIFICATE_RELOADS, "refused");
        metrics.gauge(Metric.CERTIFICATE_REFUSED, () -> tls.keepsOld() ? 1 : 0);
        thread = Thread.ofPlatform().name("tls-files").daemon().unstarted(() -> lookEach(every));
    }

    /// Says what certificates there are, and begins to watch them.
    public static CertificateWatch start(
            ServerTls tls, Clock clock, Duration every, Metrics metrics) {
        tls.summary().forEach(line -> LOG.atInfo().addKeyValue("is", line).log("certificate"));
        var watch = new CertificateWatch(tls, clock, every, metrics);
        watch.thread.start();
        return watch;
    }

    private void lookEach(Duration every) {
        try {
            do {
                lookWhatever();
            } while (!closed.await(every.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            // Finish now.
        }
    }

    /// A file that we stumble over must not end the watching: the next renewal would be missed.
    private void lookWhatever() {
        try {
            look();
            stumbling = false;
        } catch (RuntimeException bug) { // the top of a thread
            if (!stumbling) {
                LOG.atError().setCause(bug).log("TLS files cannot be looked at, tried again");
            }
            stumbling = true;
        }
    }

    /// One look at everything.
    void look() {
        var parts = new HashSet<>(tls.parts());
        seen.keySet().retainAll(parts);
        read.keySet().retainAll(parts);
        for (var part : parts) {
            var stamp = FileStamp.of(part.paths());
            var settled = stamp.equals(seen.put(part, stamp));
            if (settled && !stamp.equals(read.put(part, stamp))) {
                renew(part);
            }
        }
        validity.look(tls.keys(), clock.instant());
        measure();
    }

    private void renew(TlsPart part) {
        try {
            if (tls.renew(part)) {
                renewed.increment();
                LOG.atInfo()
                        .addKeyValue("files", names(part))
                        .addKeyValue("certificates", tls.summary())
                        .log("renewed TLS files are in use");
            }
        } catch (ConfigProblem problem) {
            refused.increment();
            LOG.atError()
                    .addKeyValue("files", names(part))
                    .addKeyValue("problem", problem.getMessage())
                    .log("changed TLS files refused, the old ones stay in use");
        }
    }

    private static List<String> names(TlsPart part) {
        return part.paths().stream().map(Path::toString).toList();
    }

    /// By the first name of each certificate; of several for one name the first that expires.
    private void measure() {
        var names =
                tls.keys().stream()
                        .map(CertificateWatch::label)
                        .distinct()
                        .limit(MOST_MEASURED)
                        .collect(Collectors.toSet());
        measured.stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> metrics.forget(Metric.CERTIFICATE_EXPIRES, name));
        names.stream()
                .filter(name -> !measured.contains(name))
                .forEach(name ->
                        metrics.gauge(Metric.CERTIFICATE_EXPIRES, name, () -> expires(name)));
        measured = names;
    }

    private double expires(String name) {
        return tls.keys().stream()
                .filter(key -> label(key).equals(name))
                .mapToDouble(key -> key.until().getEpochSecond())
                .min()
                .orElse(Double.NaN);
    }

    private static String label(ServerKey key) {
        return key.names().dns().isEmpty()
                ? key.certificate().getSubjectX500Principal().getName()
                : key.names().dns().getFirst();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
