package chat.parley.daemon.listen;

import chat.parley.daemon.limit.Deadlines;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The TLS handshake inside a deadline that no peer can stretch, in turns with others. Any thread;
/// each handshake on its own connection's.
public final class Handshake {

    private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);

    private final Deadlines deadlines;
    private final Duration within;

    /// Half of the carriers are for those who are in.
    private final Semaphore turns =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    public Handshake(Deadlines deadlines, Duration within) {
        this.deadlines = deadlines;
        this.within = within;
    }

    /// Whether the peer speaks our TLS and was quick enough; if not, the connection is of no more
    /// use.
    boolean succeeds(TlsConnection connection) {
        try (var deadline = deadlines.within(within)) {
            try {
                connection.handshake(new HandshakeTurn(turns));
                return !deadline.expired();
            } catch (IOException e) {
                var reason = deadline.expired() ? "took longer than " + within : e.getMessage();
                // The peer's doing, and any port scanner's: never more than this line.
                LOG.atDebug()
                        .addKeyValue("address", connection.address().getHostAddress())
                        .addKeyValue("reason", reason)
                        .log("handshake failed");
                return false;
            }
        }
    }
}
