package chat.parley.daemon.session;

import chat.parley.protocol.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The lines waiting for one peer. Any thread offers; only that peer's writer takes.
///
/// Offering never blocks, so a slow peer cannot hold up a channel: when its queue is full it is the
/// peer that goes. The arrays offered are shared between many peers and written to by nobody. What
/// it holds, with what the writer has in its hands, counts towards the bound of all [Queues].
final class Outbound {

    /// What a piece costs besides its bytes: the head of its array and a place in the list.
    private static final int PIECE = 32;

    private final ByteSize limit;
    private final Queues all;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Condition changed = lock.newCondition();
    private List<byte[]> pieces = new ArrayList<>(2); // guarded by lock
    private int waitingBytes; // guarded by lock
    private long cost; // of what waits; guarded by lock
    private long taken; // the cost of what the writer is writing; guarded by lock
    private int steps; // what of both is counted; guarded by lock
    private boolean closed; // guarded by lock

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
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (lines.length > limit.bytes() - waitingBytes) {
                return Offer.FULL;
            }
            add(lines);
            return counted() ? Offer.QUEUED : Offer.TOO_MUCH_IN_ALL;
        } finally {
            lock.unlock();
        }
    }

    /// Queues whole lines if no more than half of the room is taken then; else it is full.
    Offer offerIfHalfIsFree(byte[] lines) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (lines.length > limit.bytes() / 2 - waitingBytes) {
                return Offer.FULL;
            }
            add(lines);
            return counted() ? Offer.QUEUED : Offer.TOO_MUCH_IN_ALL;
        } finally {
            lock.unlock();
        }
    }

    /// Queues the last line whatever waits, and refuses all that comes after it.
    ///
    /// @param withWhatWaits whether what waits is still sent before it
    void close(byte[] last, boolean withWhatWaits) {
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
        } finally {
            lock.unlock();
        }
    }

    private void add(byte[] lines) {
        if (pieces.isEmpty()) {
            changed.signal();
        }
        pieces.add(lines);
        waitingBytes += lines.length;
        cost += lines.length + PIECE;
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

    /// Drops all that waits, and takes nothing any more: nobody is left to write it.
    void drop() {
        lock.lock();
        try {
            closed = true;
            pieces.clear();
            waitingBytes = 0;
            cost = 0;
            taken = 0;
            counted();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for lines and takes all of them, in order. None are left once it is closed. What was
    /// taken before is written by now.
    List<byte[]> takeAll() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            taken = 0;
            counted();
            while (pieces.isEmpty() && !closed) {
                changed.await();
            }
            if (pieces.isEmpty()) {
                return List.of();
            }
            var whole = pieces;
            pieces = new ArrayList<>(2);
            waitingBytes = 0;
            taken = cost;
            cost = 0;
            return whole;
        } finally {
            lock.unlock();
        }
    }
}
