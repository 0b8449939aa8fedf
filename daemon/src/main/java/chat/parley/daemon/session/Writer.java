package chat.parley.daemon.session;

import chat.parley.daemon.observe.Metric;
import chat.parley.daemon.observe.Metrics;
import chat.parley.daemon.session.Outbound.Turn;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Queue to wire: takes all that waits for its peer and fills records with it.
///
/// One TLS record and one write cost much the same whatever is inside (docs/ARCHITECTURE), so the
/// pieces are put together up to the size of a record. On a thread that lives while there is
/// something to write and is gone when there is not: an idle session has none, and waking one costs
/// no more than starting one. One at a time; nobody else writes to the connection, and nobody else
/// closes it in good order.
final class Writer implements Outbound.Taker {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    /// The most that one TLS record holds: RFC 8446 5.1, 2^14 bytes.
    private static final int RECORD = 1 << 14;

    private static final long IDLE = 0;

    private final long number;
    private final Connection connection;
    private final Outbound outbound;
    private final Goodbye goodbye;
    private final Metrics.Counter sent;
    private final Metrics.Counter bytesSent;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long writingSince = IDLE; // System.nanoTime()
    private volatile boolean taken;
    private volatile boolean over;
    private volatile @Nullable Thread reader;

    private Writer(
            long number,
            Connection connection,
            Outbound outbound,
            Goodbye goodbye,
            Metrics metrics) {
        this.number = number;
        this.connection = connection;
        this.outbound = outbound;
        this.goodbye = goodbye;
        this.sent = metrics.counter(Metric.SENT);
        this.bytesSent = metrics.counter(Metric.BYTES_SENT);
    }

    /// @param goodbye knows why when the queue is closed
    static Writer start(
            long number,
            Connection connection,
            Outbound outbound,
            Goodbye goodbye,
            Metrics metrics) {
        var writer = new Writer(number, connection, outbound, goodbye, metrics);
        writer.wake();
        return writer;
    }

    /// Who is the session's reader from now on, and is interrupted at the end, as nobody will
    /// answer it any more.
    void readBy(Thread thread) {
        reader = thread;
        if (over) {
            thread.interrupt();
        }
    }

    /// Waits for its end. Its last act interrupts the reader; that is no reason to leave before it.
    void awaitEnd() {
        while (true) {
            try {
                ended.await();
                return;
            } catch (InterruptedException _) {
                // once from the writer; the connection is aborted by then, so it ends now
            }
        }
    }

    @Override
    public void wake() {
        Thread.ofVirtual().name("writer-" + number).start(this::run);
    }

    private void run() {
        var rests = false;
        try {
            rests = work();
        } catch (IOException e) { // an ordinary end: the reader tells the session
            LOG.atDebug().addKeyValue("cause", e.getClass().getSimpleName()).log("write failed");
        } finally {
            if (!rests) {
                end();
            }
        }
    }

    /// Whether there is nothing to do now, and somebody may have begun again by now; else it is
    /// over.
    private boolean work() throws IOException {
        while (true) {
            switch (outbound.next(this)) {
                case Turn.Write(var pieces) -> {
                    write(pieces);
                    sent.add(pieces.size());
                }
                case Turn.Rest _ -> {
                    return true;
                }
                case Turn.End _ -> {
                    begun();
                    taken = connection.close(goodbye.reason().orElseThrow());
                    return false;
                }
            }
        }
    }

    private void end() {
        try {
            writingSince = IDLE;
            connection.abort();
            outbound.drop();
            over = true;
            var reading = reader;
            if (reading != null) {
                reading.interrupt();
            }
        } finally {
            ended.countDown();
        }
    }

    private void write(List<byte[]> pieces) throws IOException {
        if (pieces.size() == 1 && pieces.getFirst().length <= RECORD) {
            write(pieces.getFirst(), pieces.getFirst().length);
            return;
        }
        var total = 0L;
        for (var piece : pieces) {
            total += piece.length;
        }
        var record = new byte[(int) Math.min(RECORD, total)];
        var filled = 0;
        for (var piece : pieces) {
            for (var from = 0; from < piece.length; ) {
                var count = Math.min(piece.length - from, record.length - filled);
                System.arraycopy(piece, from, record, filled, count);
                from += count;
                filled += count;
                if (filled == record.length) {
                    write(record, filled);
                    filled = 0;
                }
            }
        }
        if (filled > 0) {
            write(record, filled);
        }
    }

    /// One record at the most, so that a peer that takes little is told from one that takes
    /// nothing.
    private void write(byte[] bytes, int count) throws IOException {
        begun();
        connection.output().write(bytes, 0, count);
        writingSince = IDLE;
        bytesSent.add(count);
    }

    private void begun() {
        var now = System.nanoTime();
        writingSince = now == IDLE ? 1 : now;
    }

    /// Whether all was written, and the peer has closed its side then. Any thread.
    boolean wasTaken() {
        return taken;
    }

    /// How long the write of now has been going on; nothing if there is none. Any thread.
    Duration stuck(long nanoTime) {
        var since = writingSince;
        return since == IDLE ? Duration.ZERO : Duration.ofNanos(Math.max(0, nanoTime - since));
    }

    /// Whether one write has been going on since before this moment. Any thread.
    boolean isStuckSince(long nanoTime) {
        var since = writingSince;
        return since != IDLE && since - nanoTime < 0;
    }
}
