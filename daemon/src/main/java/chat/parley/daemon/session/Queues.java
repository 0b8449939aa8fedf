package chat.parley.daemon.session;

import java.util.concurrent.atomic.AtomicLong;

/// What waits for all peers together. Any thread.
///
/// Each [Outbound] counts here in whole steps, so that a peer that keeps up, for whom there is
/// hardly ever as much as one step, costs nothing: docs/adr/0044.
final class Queues {

    /// In bytes; so much of each queue is not counted.
    static final int STEP = 16 << 10;

    private final long most;
    private final AtomicLong steps = new AtomicLong();

    /// @param most bytes; what is more is too much
    Queues(long most) {
        this.most = most;
    }

    /// So many steps more, or less. Whether all of it may stay.
    boolean count(int more) {
        return steps.addAndGet(more) * STEP <= most;
    }

    boolean areTooMuch() {
        return steps.get() * STEP > most;
    }
}
