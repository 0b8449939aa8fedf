package chat.parley.daemon.listen;

import chat.parley.daemon.limit.AddressLimiter;
import chat.parley.daemon.session.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The accept loop of one listening socket: a permit first, then the next peer, then virtual
/// threads for it; nothing else.
///
/// The loop runs on its own platform thread and never dies: when accepting fails (descriptors used
/// up, say) it waits a little longer each time and tries again. A connection begins and ends here:
/// the stages of its life, one after the other, each on a thread of its own; and whatever happened,
/// connection and permit are given up.
public final class Acceptor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    private static final Duration FIRST_WAIT = Duration.ofMillis(10);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final TlsServerSocket server;
    private final AddressLimiter limiter;
    private final Handshake handshake;
    private final SessionStarter starter;
    private final Refusals refusals;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong connections = new AtomicLong();
    private final Thread thread;
    private volatile boolean failing;
    private Duration wait = Duration.ZERO; // the acceptor's thread only; zero while all is well

    /// @param server bound; from now on the acceptor's own, which closes it
    public Acceptor(
            TlsServerSocket server,
            AddressLimiter limiter,
            Handshake handshake,
            SessionStarter starter,
            Refusals refusals) {
        this.server = server;
        this.limiter = limiter;
        this.handshake = handshake;
        this.starter = starter;
        this.refusals = refusals;
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("acceptor-" + server.getLocalPort())
                        .unstarted(this::acceptUntilClosed);
    }

    /// Begins to accept.
    public void start() {
        thread.start();
    }

    /// The port it listens on, also when the system chose it.
    public int port() {
        return server.getLocalPort();
    }

    /// Whether it accepts; false also while that fails.
    public boolean isListening() {
        return thread.isAlive() && !isClosed() && !failing;
    }

    /// Accepts nobody from now on; who is in its handshake is let go. Sessions go on.
    @Override
    public void close() throws IOException {
        closed.countDown();
        thread.interrupt();
        server.close();
        try {
            thread.join(); // as long as it is about to accept, the system still takes connections
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptUntilClosed() {
        try {
            while (!isClosed()) {
                acceptOne(limiter.permit());
            }
        } catch (InterruptedException _) {
            // closed while waiting
        }
    }

    private void acceptOne(AddressLimiter.Permit permit) throws InterruptedException {
        try {
            var connection = server.next();
            well();
            if (permit.admit(connection.address())) {
                serve(connection, permit);
            } else {
                refuse(connection, permit);
            }
        } catch (IOException | RuntimeException e) {
            permit.close();
            failed(e);
        }
    }

    private void refuse(TlsConnection connection, AddressLimiter.Permit permit) {
        refusals.tooMany(connection.address());
        connection.abort();
        permit.close();
        LOG.atDebug()
                .addKeyValue("address", connection.address().getHostAddress())
                .log("connection refused, too many");
    }

    private void serve(TlsConnection connection, AddressLimiter.Permit permit) {
        var name = "peer-" + connections.incrementAndGet();
        run(name, () -> shake(connection, permit), connection, permit);
    }

    private Optional<Stage> shake(TlsConnection connection, AddressLimiter.Permit permit) {
        if (!handshake.succeeds(connection)) {
            refusals.badHandshake();
            return Optional.empty();
        }
        return isClosed() ? Optional.empty() : Optional.of(() -> starter.start(connection, permit));
    }

    private void run(
            String name, Stage stage, TlsConnection connection, AddressLimiter.Permit permit) {
        Thread.ofVirtual().name(name).start(() -> live(name, stage, connection, permit));
    }

    /// One stage, and then the next on a thread of its own; until there is none, or one fails.
    private void live(
            String name, Stage stage, TlsConnection connection, AddressLimiter.Permit permit) {
        var next = Optional.<Stage>empty();
        try {
            next = stage.run();
        } catch (InterruptedException _) {
            // the session was told to finish, and has
        } catch (RuntimeException bug) {
            LOG.error("a session failed", bug);
        } finally { // also after an Error
            if (next.isEmpty()) {
                drop(connection, permit);
            }
        }
        next.ifPresent(after -> run(name, after, connection, permit));
    }

    private static void drop(TlsConnection connection, AddressLimiter.Permit permit) {
        connection.abort();
        permit.close();
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void well() {
        if (!wait.isZero()) {
            wait = Duration.ZERO;
            failing = false;
            LOG.info("accepting connections again");
        }
    }

    /// A WARN when the trouble starts and none while it lasts, or a full disk would come next.
    private void failed(Exception e) throws InterruptedException {
        if (isClosed()) {
            return;
        }
        if (wait.isZero()) {
            wait = FIRST_WAIT;
            failing = true;
            LOG.atWarn().addKeyValue("reason", e.toString()).log("cannot accept connections");
        } else {
            var longer = wait.multipliedBy(2);
            wait = longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
        }
        closed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }
}
