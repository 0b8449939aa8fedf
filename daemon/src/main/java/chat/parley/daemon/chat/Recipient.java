package chat.parley.daemon.chat;

import chat.parley.protocol.Capabilities;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Someone that things can be delivered to: one session of a user. Any thread.
public interface Recipient {

    /// Where it comes from.
    InetAddress address();

    /// What the session has negotiated; it decides how an event is encoded for it.
    Capabilities capabilities();

    /// Queues whole lines. Never blocks; a session that cannot take more is ended by this.
    ///
    /// @return false if the session is over and nothing was queued
    boolean deliver(byte[] lines);

    /// Queues whole lines if that leaves half of what may wait free, for what others say meanwhile.
    ///
    /// @return false if it did not, and nothing was queued
    default boolean deliverIfRoom(byte[] lines) {
        return deliver(lines);
    }

    /// The metadata keys it wants to hear of; none unless it has negotiated metadata.
    default Set<String> subscriptions() {
        return Set.of();
    }

    /// Which of its user's devices it is; empty if the user does not tell them apart.
    String device();

    /// Whether it is sure to have been told what it missed before it came; until then nothing
    /// counts as told to its device, or the device would never be told.
    default boolean isUpToDate() {
        return true;
    }

    /// What was queued since this moment may not reach the peer; empty once it has left and has got
    /// all that was queued.
    Optional<Instant> sureUntil();
}
