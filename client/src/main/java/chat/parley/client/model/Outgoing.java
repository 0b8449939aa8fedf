package chat.parley.client.model;

import java.time.Instant;

/// Something the person said that the daemon has not echoed yet.
///
/// @param label goes with the message and comes back with its echo (IRCv3 labeled-response)
/// @param text as the person would know it again
/// @param wire as it goes over the wire
/// @param since when it was typed, or sent
record Outgoing(String label, String target, String text, String wire, State state, Instant since) {

    enum State {
        /// Not sent: the link is down, or enough is on its way.
        KEPT,
        /// Sent; the echo is awaited.
        SENT,
        /// Sent, and the person was told that the echo takes long.
        LATE
    }

    Outgoing sent(Instant now) {
        return new Outgoing(label, target, text, wire, State.SENT, now);
    }

    Outgoing late() {
        return new Outgoing(label, target, text, wire, State.LATE, since);
    }

    boolean isKept() {
        return state == State.KEPT;
    }
}
