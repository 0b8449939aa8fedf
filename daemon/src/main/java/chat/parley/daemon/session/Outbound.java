package chat.parley.daemon.session;

import chat.parley.protocol.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The lines waiting for one peer. Any thread offers; only that peer's writer takes, and is woken.
///
/// Offering never blocks, so a slow peer cannot hold up a channel: when its queue is full it is the
/// peer that goes. The arrays offered are shared between many peers and written to by nobody. What
/// it holds, with what the writer has in its hands, counts towards the bound of all [Queues].
final class Outbound {

    /// What a piece costs besides its bytes: the head of its array and a place in the list.
    private static final int PIECE = 32;

    private static final Turn REST = new Turn.Rest();
    private static final Turn END = new Turn.End();

    private final ByteSize limit;
    private final Queues all;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private List<byte[]> pieces = new ArrayList<>(2); // guarded by lock
    private int waitingBytes; // guarded by lock
    private long cost; // of what waits; guarded by lock
    private long taken; // the cost of what the writer is writing; guarded by lock
    private int steps; // what of both is counted; guarded by lock
    private boolean closed; // guarded by lock
    private @Nullable Taker resting; // who found nothing to take; guarded by lock

    /// Who takes what waits: one at a time.
    interface Taker {

        /// Something waits, or the session is over: to take the next turn. Called once for each
        /// [Turn.Rest], by whoever brings it, with no lock held; must not block.
        void wake();
    }

    /// What the taker is to do.
    sealed interface Turn {

        /// All that waited, in order; at least one.
        record Write(List<byte[]> pieces) implements Turn {}

        /// Nothing now: it is woken for the next turn, and does not come by itself.
        record Rest() implements Turn {}

        /// Nothing any more: all was taken, and the queue is closed.
        record End() implements Turn {}
    }

    Outbound(ByteSize limit, Queues all) {
        this.limit = limit;
        this.all = all;
    }

    /// What came of an offer.
    enum Offer {
        QUEUED,
        /// Queued, but now all queues together hold too much: somebody must go.
        TOO_MUCH_IN_ALL,
        FULL,
        CLOSED
    }

    /// Queues whole lines, unless there is no room or the session is over.
    Offer offer(byte[] lines) {
        return offer(lines, limit.bytes());
    }

    /// Queues whole lines if no more than half of the room is taken then; else it is full.
    Offer offerIfHalfIsFree(byte[] lines) {
        return offer(lines, limit.bytes() / 2);
    }

    private Offer offer(byte[] lines, int room) {
        Taker woken;
        boolean mayStay;
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (lines.length > room - waitingBytes) {
                return Offer.FULL;
            }
            add(lines);
            mayStay = counted();
            woken = rested();
        } finally {
            lock.unlock();
        }
        wake(woken);
        return mayStay ? Offer.QUEUED : Offer.TOO_MUCH_IN_ALL;
    }

    /// Queues the last line whatever waits, and refuses all that comes after it.
    ///
    /// @param withWhatWaits whether what waits is still sent before it
    void close(byte[] last, boolean withWhatWaits) {
        Taker woken;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (!withWhatWaits) {
                pieces.clear();
                waitingBytes = 0;
                cost = 0;
            }
            add(last);
            counted();
            closed = true;
            woken = rested();
        } finally {
            lock.unlock();
        }
        wake(woken);
    }

    private void add(byte[] lines) {
        pieces.add(lines);
        waitingBytes += lines.length;
        cost += lines.length + PIECE;
    }

    /// Who rests no more.
    private @Nullable Taker rested() {
        var rested = resting;
        resting = null;
        return rested;
    }

    private static void wake(@Nullable Taker woken) {
        if (woken != null) {
            woken.wake();
        }
    }

    /// Tells the others what has changed here. Whether all of it may stay.
    private boolean counted() {
        var now = (int) ((cost + taken) / Queues.STEP);
        var more = now - steps;
        steps = now;
        return more == 0 || all.count(more) || more < 0;
    }

    /// What it holds, in bytes, with what the writer has in its hands.
    long held() {
        lock.lock();
        try {
            return cost + taken;
        } finally {
            lock.unlock();
        }
    }

    /// Drops all that waits, and takes nothing any more. A taker that rests is woken for the end:
    /// the last line comes no more.
    void drop() {
        Taker woken;
        lock.lock();
        try {
            closed = true;
            pieces.clear();
            waitingBytes = 0;
            cost = 0;
            taken = 0;
            counted();
            woken = rested();
        } finally {
            lock.unlock();
        }
        wake(woken);
    }

    /// Takes all that waits. What was taken before is written by now.
    ///
    /// @param taker woken when there is something, if there is nothing now
    Turn next(Taker taker) {
        lock.lock();
        try {
            taken = 0;
            counted();
            if (pieces.isEmpty()) {
                resting = closed ? null : taker;
                return closed ? END : REST;
            }
            var whole = pieces;
            pieces = new ArrayList<>(2);
            waitingBytes = 0;
            taken = cost;
            cost = 0;
            return new Turn.Write(whole);
        } finally {
            lock.unlock();
        }
    }
}
