package chat.parley.daemon.listen;

import chat.parley.daemon.limit.AddressLimiter;
import chat.parley.daemon.session.Connection;

/// What becomes of a peer after its handshake.
public interface SessionStarter {

    /// Runs the session on the calling virtual thread, which is the connection's own, and returns
    /// when it is over. The caller then aborts the connection and closes the permit.
    void run(Connection connection, AddressLimiter.Permit permit) throws InterruptedException;
}
