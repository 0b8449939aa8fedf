package chat.parley.daemon;

import chat.parley.daemon.auth.AccountNames;
import chat.parley.daemon.auth.Argon2Hasher;
import chat.parley.daemon.auth.Authenticator;
import chat.parley.daemon.auth.CertificateLogins;
import chat.parley.daemon.auth.GuardMemory;
import chat.parley.daemon.auth.HashingPool;
import chat.parley.daemon.auth.LoginGuard;
import chat.parley.daemon.auth.OwnTotp;
import chat.parley.daemon.auth.PasswordChanges;
import chat.parley.daemon.auth.PasswordRule;
import chat.parley.daemon.auth.SecondFactor;
import chat.parley.daemon.auth.TotpSeal;
import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.Descriptions;
import chat.parley.daemon.chat.DirectMessages;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Monitors;
import chat.parley.daemon.chat.ReadMarkers;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.command.Commands;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.CurrentConfig;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.limit.Deadlines;
import chat.parley.daemon.listen.Refusals;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.observe.Metrics;
import chat.parley.daemon.session.Session;
import chat.parley.daemon.session.SessionRoll;
import chat.parley.daemon.session.Sessions;
import chat.parley.daemon.store.AccountWatch;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.OnlyServer;
import chat.parley.daemon.store.Retention;
import chat.parley.daemon.store.SqliteAccounts;
import chat.parley.daemon.store.SqliteCertificates;
import chat.parley.daemon.store.SqliteLog;
import chat.parley.daemon.store.SqliteLoginGuard;
import chat.parley.daemon.store.SqliteSecondFactors;
import chat.parley.daemon.store.SqliteSessions;
import chat.parley.daemon.tls.CertificateWatch;
import chat.parley.daemon.tls.ServerTls;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only place where packages are put together: starts in order, drains, stops in reverse.
///
/// Started and stopped by one thread.
public final class Daemon implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    /// What is left for sessions that were aborted.
    private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

    /// How a stop went.
    public enum Stopped {
        GRACEFUL,
        FORCED
    }

    private interface Closer {
        void close() throws IOException, InterruptedException;
    }

    private final DaemonConfig config;
    private final CurrentConfig current;
    private final Deque<Closer> closers = new ArrayDeque<>();
    private final Listeners listeners;
    private final Sessions sessions;
    private final Directory directory;
    private final Metrics metrics;
    private final AuditLog audit;
    private List<Integer> metricsPorts = List.of();
    private String ending = "did not start"; // for the audit log

    /// Starts everything, or nothing: what was started before a failure is stopped again.
    public static Daemon start(CurrentConfig current)
            throws ConfigProblem, IOException, InterruptedException {
        return start(current, Clock.systemUTC());
    }

    /// The same with another clock; for tests.
    public static Daemon start(CurrentConfig current, Clock clock)
            throws ConfigProblem, IOException, InterruptedException {
        var closers = new ArrayDeque<Closer>();
        try {
            return new Daemon(current, clock, closers);
        } catch (ConfigProblem | IOException | InterruptedException | RuntimeException e) {
            closeAll(closers);
            throw e;
        }
    }

    private Daemon(CurrentConfig current, Clock clock, Deque<Closer> started)
            throws ConfigProblem, IOException, InterruptedException {
        config = current.get(); // as it is at the start; the rest asks each time
        this.current = current;
        var limits = config.limits();
        metrics = new Metrics();
        var tls = ServerTls.of(config.tls());
        opened(started, OnlyServer.of(config.dataDir()), OnlyServer::close);
        var left = Database.leftAhead(config.dataDir());
        var database = Database.prepare(config.dataDir());
        var writer = Observation.audit(config, database, clock, metrics);
        audit = new AuditLog(metrics, writer);
        opened(
                started,
                writer,
                last -> {
                    audit.stopped(ending);
                    last.close();
                });
        if (left > 0) {
            LOG.atInfo().addKeyValue("bytes", left).log("database recovered from an unclean stop");
        }

        var deadlines = opened(started, new Deadlines(), Deadlines::close);
        var log =
                opened(
                        started,
                        SqliteLog.open(database, config.history().durability(), metrics),
                        SqliteLog::close);
        var retention =
                opened(
                        started,
                        log.retain(database, () -> current.get().history().keep(), clock),
                        Retention.Running::close);
        current.whenReread(retention::changed);
        var accounts = new SqliteAccounts(database, clock, config.auth().invite().changeWithin());
        var hasher = Argon2Hasher.of(config);
        hasher.requirePepperOf(accounts.list());
        var guard = new LoginGuard();
        opened(
                started, // before those who ask it, so that it writes what they did last
                GuardMemory.start(
                        guard, new SqliteLoginGuard(database, clock), clock, System::nanoTime),
                GuardMemory::close);
        var pool =
                opened(
                        started,
                        HashingPool.start(config.auth().threads(), config.auth().waiting()),
                        HashingPool::close);
        var factors = new SqliteSecondFactors(database, clock);
        var seal = new TotpSeal();
        var totp = opened(started, new OwnTotp(factors, seal, clock), OwnTotp::close);
        var authenticator =
                new Authenticator(
                        accounts,
                        new SecondFactor(factors, seal, clock, config.auth().totp().requiredFor()),
                        hasher,
                        pool,
                        guard,
                        audit,
                        System::nanoTime);
        var certificates =
                opened(
                        started,
                        new CertificateLogins(
                                new SqliteCertificates(database, clock),
                                guard,
                                audit,
                                clock,
                                System::nanoTime),
                        CertificateLogins::close);
        var passwords =
                new PasswordChanges(accounts, factors, hasher, pool, PasswordRule.of(config));
        var names = opened(started, new AccountNames(accounts), AccountNames::close);

        var server = new Server(config.name(), config.network());
        var markers = new ReadMarkers(server, log.markers());
        var descriptions =
                new Descriptions(
                        server, log.metadata(), limits.metadata().keys(), limits.sendQueue());
        var channels =
                opened(
                        started,
                        new Channels(
                                server,
                                Channels.Stores.of(log, audit),
                                markers,
                                descriptions,
                                clock,
                                limits.inbox(),
                                () -> Channels.Rules.of(current.get())),
                        Channels::stop);
        var directMessages =
                new DirectMessages(
                        server,
                        log,
                        log.direct(),
                        audit,
                        clock,
                        limits.inbox(),
                        () -> current.get().history().redactWithin());
        opened(
                started,
                Thread.ofVirtual().name("direct-messages").start(directMessages),
                thread -> {
                    directMessages.stop();
                    thread.join();
                });
        directory =
                new Directory(
                        channels,
                        directMessages,
                        new Monitors(server, descriptions.sync()),
                        descriptions,
                        deadlines,
                        limits.linger(),
                        config.name());
        sessions = new Sessions(deadlines, limits.sendQueueTotal());
        var watch =
                opened(
                        started,
                        AccountWatch.start(
                                database,
                                AccountWatch.OFTEN,
                                audit,
                                new AccountNews(sessions, channels, guard)),
                        AccountWatch::close);
        opened(
                started,
                SessionRoll.start(sessions::open, new SqliteSessions(database)),
                SessionRoll::close);
        var table =
                Commands.table(
                        current,
                        new Commands.House(
                                channels,
                                directory,
                                directMessages,
                                log.memberships(),
                                log.history(),
                                log.search(),
                                log.deliveries(),
                                log.direct(),
                                markers,
                                sessions,
                                names,
                                audit,
                                clock));
        var house =
                new Session.House(
                        current,
                        authenticator,
                        certificates,
                        passwords,
                        names,
                        totp,
                        proof -> watch.isCurrent(proof.account(), proof.certificate()),
                        directory,
                        table,
                        sessions,
                        audit,
                        metrics);
        opened(
                started,
                CertificateWatch.start(tls, clock, CertificateWatch.OFTEN, metrics),
                CertificateWatch::close);
        current.alsoRereadBy(read -> tls.reread(read.tls()));
        listeners =
                opened(
                        started,
                        new Listeners(config, tls, deadlines, new Refusals(audit, metrics)),
                        Listeners::close);
        listeners.bind(house);
        sessions.start();
        listeners.start();
        Observation.warn(config);
        var price = new AtomicReference<>(Duration.ZERO);
        Observation.gauges(
                metrics,
                config.dataDir(),
                new Observation.People(listeners, sessions, directory, channels),
                pool,
                price::get);
        if (!config.metricsListen().isEmpty()) {
            metricsPorts =
                    opened(
                                    started,
                                    Observation.serve(config, metrics, log, writer, listeners),
                                    Observation.Serving::close)
                            .server()
                            .ports();
        }
        audit.started(Observation.version(), ports() + " " + webSocketPorts());
        closers.addAll(started);
        LOG.atInfo()
                .addKeyValue("name", config.name())
                .addKeyValue("ports", ports())
                .addKeyValue("websocket", webSocketPorts())
                .addKeyValue("metrics", metricsPorts)
                .log("listening");
        price.set(hasher.measure()); // after the door is open: it says in the log what a password
        // costs
    }

    private interface Stopping<T> {
        void stop(T started) throws IOException, InterruptedException;
    }

    private static <T> T opened(Deque<Closer> started, T part, Stopping<T> stopping) {
        started.push(() -> stopping.stop(part));
        return part;
    }

    /// Reads the configuration again (SIGHUP). What came of it is in the log.
    public void reread() {
        try {
            audit.configReread("SIGHUP", current.reread().toString());
        } catch (ConfigProblem problem) {
            audit.configRefused("SIGHUP", problem.getMessage());
        }
    }

    /// The ports listened on, in the order of the configuration; also those the system chose.
    public List<Integer> ports() {
        return listeners.ports();
    }

    /// The same for WebSocket; none unless it is configured.
    public List<Integer> webSocketPorts() {
        return listeners.webSocketPorts();
    }

    /// The ports where the numbers are shown; none unless it is configured.
    public List<Integer> metricsPorts() {
        return metricsPorts;
    }

    /// Stops in order: accept nobody, tell the sessions, let them end, let the channels settle what
    /// waits, close the log. Sessions that are left after `drain-within`, or as soon as `hurry`
    /// says so, are aborted.
    public Stopped stop(CountDownLatch hurry) throws IOException, InterruptedException {
        LOG.atInfo().addKeyValue("sessions", sessions.count()).log("stopping");
        listeners.close();
        directory.stop();
        sessions.drain();
        var graceful = sessions.awaitNone(config.limits().drainWithin(), hurry);
        if (!graceful) {
            sessions.abort();
            sessions.awaitNone(LAST_MOMENT, new CountDownLatch(1));
        }
        var stopped = graceful ? Stopped.GRACEFUL : Stopped.FORCED;
        ending = stopped.name().toLowerCase(Locale.ROOT);
        closeAll(closers);
        LOG.atInfo().addKeyValue("stop", stopped).log("stopped");
        return stopped;
    }

    /// Stops without being hurried.
    @Override
    public void close() throws IOException {
        try {
            stop(new CountDownLatch(1));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeAll(Deque<Closer> closers) throws IOException, InterruptedException {
        while (!closers.isEmpty()) {
            closers.pop().close();
        }
    }
}
