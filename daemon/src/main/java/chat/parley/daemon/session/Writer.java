package chat.parley.daemon.session;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Queue to wire: takes all that waits for its peer and fills records with it.
///
/// One TLS record and one write cost much the same whatever is inside (docs/ARCHITECTURE), so the
/// pieces are put together up to the size of a record. The session's writer thread; nobody else
/// writes to the connection, and nobody else closes it in good order.
final class Writer implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    /// The most that one TLS record holds: RFC 8446 5.1, 2^14 bytes.
    private static final int RECORD = 1 << 14;

    private static final long IDLE = 0;

    private final Connection connection;
    private final Outbound outbound;
    private final Thread reader;
    private volatile long writingSince = IDLE; // System.nanoTime()

    /// @param reader interrupted at the end, as nobody will answer it any more
    Writer(Connection connection, Outbound outbound, Thread reader) {
        this.connection = connection;
        this.outbound = outbound;
        this.reader = reader;
    }

    @Override
    public void run() {
        try {
            for (var all = outbound.takeAll(); !all.isEmpty(); all = outbound.takeAll()) {
                started();
                write(all, connection.output());
                writingSince = IDLE;
            }
            started();
            connection.close();
        } catch (IOException e) { // an ordinary end: the reader tells the session
            LOG.atDebug().addKeyValue("cause", e.getClass().getSimpleName()).log("write failed");
        } catch (InterruptedException _) { // the session was aborted
        } finally {
            writingSince = IDLE;
            connection.abort();
            reader.interrupt();
        }
    }

    private void started() {
        var now = System.nanoTime();
        writingSince = now == IDLE ? 1 : now;
    }

    private static void write(List<byte[]> pieces, OutputStream out) throws IOException {
        if (pieces.size() == 1) {
            out.write(pieces.getFirst());
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
                    out.write(record, 0, filled);
                    filled = 0;
                }
            }
        }
        if (filled > 0) {
            out.write(record, 0, filled);
        }
    }

    /// Whether one write has been going on since before this moment. Any thread.
    boolean isStuckSince(long nanoTime) {
        var since = writingSince;
        return since != IDLE && since - nanoTime < 0;
    }
}
