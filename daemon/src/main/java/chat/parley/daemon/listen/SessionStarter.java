package chat.parley.daemon.listen;

import chat.parley.daemon.limit.AddressLimiter;
import chat.parley.daemon.session.Connection;
import chat.parley.daemon.session.Stage;
import java.util.Optional;

/// What becomes of a peer after its handshake.
@FunctionalInterface
public interface SessionStarter {

    /// Begins the session on the calling virtual thread, and says what comes next. When nothing
    /// does, the session is over; the caller then aborts the connection and closes the permit.
    Optional<Stage> start(Connection connection, AddressLimiter.Permit permit)
            throws InterruptedException;
}
