package chat.parley.client.model;

import java.time.Instant;

/// Something the person said that the daemon has not echoed yet.
///
/// @param once the key by which the daemon keeps it once, however often it is sent
/// @param label goes with the message and comes back with its echo (IRCv3 labeled-response)
/// @param text as the person would know it again
/// @param wire as it goes over the wire; several lines are one message (IRCv3 multiline)
/// @param answers the msgid of what it answers; empty for none
/// @param since when it was typed, or sent
record Outgoing(
        String once,
        String label,
        String target,
        String text,
        String wire,
        String answers,
        State state,
        Instant since) {

    enum State {
        /// Not sent: the link is down, or enough is on its way.
        KEPT,
        /// Sent; the echo is awaited.
        SENT,
        /// Sent, and the person was told that the echo takes long.
        LATE,
        /// Sent before the link broke, and perhaps kept; to be sent again.
        AGAIN
    }

    Outgoing sent(Instant now) {
        return new Outgoing(once, label, target, text, wire, answers, State.SENT, now);
    }

    Outgoing late() {
        return as(State.LATE);
    }

    Outgoing again() {
        return as(State.AGAIN);
    }

    private Outgoing as(State changed) {
        return new Outgoing(once, label, target, text, wire, answers, changed, since);
    }

    /// Whether it waits here to be sent.
    boolean isKept() {
        return state == State.KEPT || state == State.AGAIN;
    }

    /// Whether the daemon may have it.
    boolean mayBeThere() {
        return state != State.KEPT;
    }
}
