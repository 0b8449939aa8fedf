package chat.parley.daemon.listen;

import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.observe.Metric;
import chat.parley.daemon.observe.Metrics;
import java.net.InetAddress;

/// Counts connections that did not become sessions. Any thread.
public final class Refusals {

    private final AuditLog audit;
    private final Metrics.Counter tooMany;
    private final Metrics.Counter badHandshake;

    public Refusals(AuditLog audit, Metrics metrics) {
        this.audit = audit;
        tooMany = metrics.counter(Metric.CONNECTIONS_REFUSED, "too_many");
        badHandshake = metrics.counter(Metric.CONNECTIONS_REFUSED, "handshake");
    }

    /// There are as many from there, or that have not logged in, as there may be.
    void tooMany(InetAddress from) {
        tooMany.increment();
        audit.connectionRefused(from);
    }

    /// The peer speaks no TLS of ours, or was too slow.
    void badHandshake() {
        badHandshake.increment();
    }
}
