package chat.parley.daemon;

import chat.parley.daemon.auth.HashingPool;
import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.observe.AuditTrail;
import chat.parley.daemon.observe.AuditWriter;
import chat.parley.daemon.observe.HealthProbe;
import chat.parley.daemon.observe.Metric;
import chat.parley.daemon.observe.Metrics;
import chat.parley.daemon.observe.MetricsServer;
import chat.parley.daemon.session.Sessions;
import chat.parley.daemon.store.AuditHeads;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteLog;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an admin sees of a daemon from outside: its audit log, its numbers, whether it is well.
///
/// For the thread that starts and stops the daemon; what is asked for a number is asked by any.
final class Observation {

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private static final Duration PROBE = Duration.ofSeconds(5);

    /// Files, libraries, the database, listeners.
    private static final int OTHER_DESCRIPTORS = 200;

    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    private Observation() {}

    /// Who is counted.
    record People(Listeners listeners, Sessions sessions, Directory directory, Channels channels) {}

    static String version() {
        return Objects.requireNonNullElse(
                Observation.class.getPackage().getImplementationVersion(), "dev");
    }

    /// Begins to write the audit log.
    static AuditWriter audit(DaemonConfig config, Database database, Clock clock, Metrics metrics)
            throws ConfigProblem {
        var trail =
                new AuditTrail(
                        config.dataDir(),
                        new AuditHeads(database),
                        config.audit().keep(),
                        clock,
                        "parleyd");
        try {
            trail.prepare();
        } catch (IOException problem) {
            throw new ConfigProblem(
                    config.dataDir().resolve("audit").toString(),
                    "the audit log cannot be written: " + problem,
                    "check that it belongs to the user who runs this");
        }
        return AuditWriter.start(trail, clock, metrics);
    }

    /// Says at the start what will not do later.
    ///
    /// @param most how many descriptors the system allows
    /// @param heap the most bytes that the heap may grow to
    static void warn(DaemonConfig config, long most, long heap, boolean isRoot) {
        var needed = (long) config.limits().connections().total() + OTHER_DESCRIPTORS;
        if (most < needed) {
            LOG.atWarn()
                    .addKeyValue("allowed", most)
                    .addKeyValue("needed", needed)
                    .addKeyValue(
                            "hint",
                            "raise LimitNOFILE (ulimit -n), or lower limits.connections.total")
                    .log("too few descriptors for limits.connections.total");
        }
        var need = HeapNeed.of(config.limits());
        if (heap < need.least()) {
            LOG.atWarn()
                    .addKeyValue("heap-mib", heap >> 20)
                    .addKeyValue("at-least-mib", need.least() >> 20)
                    .addKeyValue("for-all-mib", need.most() >> 20)
                    .addKeyValue(
                            "hint",
                            "set PARLEY_JAVA_OPTS=-Xmx"
                                    + ((need.least() >> 20) + 1)
                                    + "m, or lower limits.send-queue or limits.connections")
                    .log("too small a heap for the limits");
        }
        if (isRoot && !isContainer()) {
            LOG.atWarn()
                    .addKeyValue("hint", "conf/parleyd.service has a user of its own")
                    .log("running as root, which nothing here needs");
        }
    }

    static void warn(DaemonConfig config) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os) {
            warn(
                    config,
                    os.getMaxFileDescriptorCount(),
                    Runtime.getRuntime().maxMemory(),
                    "root".equals(System.getProperty("user.name")));
        }
    }

    /// There root is often nobody.
    private static boolean isContainer() {
        return Files.exists(Path.of("/.dockerenv")) || Files.exists(Path.of("/run/.containerenv"));
    }

    /// What is asked when somebody looks.
    static void gauges(
            Metrics metrics,
            Path dataDir,
            People people,
            HashingPool pool,
            Supplier<Duration> price) {
        var started = Instant.now().toEpochMilli() / MILLIS;
        metrics.gauge(Metric.BUILD, version(), () -> 1);
        metrics.gauge(Metric.START, () -> started);
        var sessions = people.sessions;
        metrics.gauge(
                Metric.CONNECTIONS,
                "handshake",
                () -> Math.max(0, people.listeners.connections() - sessions.count()));
        metrics.gauge(
                Metric.CONNECTIONS,
                "before_login",
                () -> Math.max(0, sessions.count() - sessions.loggedInCount()));
        metrics.gauge(Metric.CONNECTIONS, "logged_in", sessions::loggedInCount);
        metrics.gauge(Metric.USERS, () -> people.directory.all().size());
        metrics.gauge(Metric.CHANNELS, people.channels::count);
        metrics.gauge(Metric.HASHES_WAITING, pool::waiting);
        metrics.gauge(Metric.HASH_PRICE, () -> price.get().toNanos() / NANOS);
        metrics.gauge(Metric.DATABASE_SIZE, () -> Database.sizeOf(dataDir));
        metrics.gauge(Metric.WAL_SIZE, () -> Database.leftAhead(dataDir));
        metrics.gauge(Metric.DISK_FREE, () -> dataDir.toFile().getUsableSpace());
    }

    /// Shows the numbers where the configuration says so.
    static Serving serve(
            DaemonConfig config,
            Metrics metrics,
            SqliteLog log,
            AuditWriter audit,
            Listeners listeners)
            throws ConfigProblem {
        var probe = HealthProbe.start(log::tryIt, PROBE);
        try {
            var server =
                    MetricsServer.start(
                            config.metricsListen(),
                            metrics,
                            () -> troubles(probe, audit, listeners));
            return new Serving(server, probe);
        } catch (IOException problem) {
            probe.close();
            throw new ConfigProblem(
                    "metrics.listen",
                    "cannot listen on " + config.metricsListen() + ": " + problem.getMessage(),
                    "choose a free port, or stop what uses it");
        }
    }

    private static List<String> troubles(
            HealthProbe probe, AuditWriter audit, Listeners listeners) {
        var found = new ArrayList<String>();
        if (!probe.isWell()) {
            found.add("the database does not take what is written");
        }
        if (!audit.isWell()) {
            found.add("the audit log cannot be written");
        }
        if (!listeners.isListening()) {
            found.add("nobody is accepted");
        }
        return found;
    }

    /// The page and what it needs.
    record Serving(MetricsServer server, HealthProbe probe) implements AutoCloseable {
        @Override
        public void close() {
            server.close();
            probe.close();
        }
    }
}
