package chat.parley.daemon.session;

import java.util.Optional;

/// A part of a connection's life: the handshake, the way in, the conversation.
///
/// Each has a virtual thread of its own, one after the other. A thread that waits keeps as much of
/// its stack as its deepest wait so far took, and a conversation waits for as long as a peer is
/// silent: on the thread of the handshake an idle session had three times the stack that it needs
/// (measured: docs/adr/0050).
@FunctionalInterface
public interface Stage {

    /// On the stage's own thread.
    ///
    /// @return what comes next; empty if the connection is over
    Optional<Stage> run() throws InterruptedException;
}
