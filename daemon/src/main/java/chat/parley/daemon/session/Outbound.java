package chat.parley.daemon.session;

import chat.parley.protocol.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The lines waiting for one peer. Any thread offers; only that peer's writer takes.
///
/// Offering never blocks, so a slow peer cannot hold up a channel: when its queue is full it is the
/// peer that goes. The arrays offered are shared between many peers and written to by nobody.
final class Outbound {

    private final ByteSize limit;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Condition changed = lock.newCondition();
    private List<byte[]> pieces = new ArrayList<>(2); // guarded by lock
    private int waitingBytes; // guarded by lock
    private boolean closed; // guarded by lock

    Outbound(ByteSize limit) {
        this.limit = limit;
    }

    /// What came of an offer.
    enum Offer {
        QUEUED,
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
            return Offer.QUEUED;
        } finally {
            lock.unlock();
        }
    }

    /// Queues whole lines if no more than half of the room is taken then.
    boolean offerIfHalfIsFree(byte[] lines) {
        lock.lock();
        try {
            if (closed || lines.length > limit.bytes() / 2 - waitingBytes) {
                return false;
            }
            add(lines);
            return true;
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
            }
            add(last);
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
    }

    /// Waits for lines and takes all of them, in order. None are left once it is closed.
    List<byte[]> takeAll() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (pieces.isEmpty() && !closed) {
                changed.await();
            }
            if (pieces.isEmpty()) {
                return List.of();
            }
            var all = pieces;
            pieces = new ArrayList<>(2);
            waitingBytes = 0;
            return all;
        } finally {
            lock.unlock();
        }
    }
}
