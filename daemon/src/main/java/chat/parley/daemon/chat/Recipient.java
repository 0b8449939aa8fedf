package chat.parley.daemon.chat;

import chat.parley.protocol.Capabilities;

/// Someone that things can be delivered to: one session of a user. Any thread.
public interface Recipient {

    /// What the session has negotiated; it decides how an event is encoded for it.
    Capabilities capabilities();

    /// Queues whole lines. Never blocks; a session that cannot take more is ended by this.
    void deliver(byte[] lines);
}
