package chat.parley.daemon.listen;

import chat.parley.daemon.limit.TokenBucket;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What the TLS layer reads from: the peer's bytes, one whole record at a time.
///
/// A record is read to its end before the TLS layer sees any of it, without the turn to encrypt, so
/// a peer that drips holds up nobody. Then the turn is taken, because whatever the TLS layer makes
/// of the record (or of the end of the stream, or of a failure) it may answer at once, from this
/// thread. It is given back when the TLS layer asks for more, or by [TlsConnection] when the read
/// is over.
///
/// The reader's thread only, except for [#discard].
final class RecordInput extends InputStream {

    private static final int HEADER = 5;

    /// RFC 5246, 6.2.3; TLS 1.3 allows less. What claims to be longer is shown to the TLS layer
    /// without its body, to be refused.
    private static final int LONGEST = HEADER + (1 << 14) + 2048;

    /// RFC 8446, 5.1: change_cipher_spec to application_data. "GET " and the like are none of
    /// these.
    private static final int FIRST_TYPE = 20;

    private static final int LAST_TYPE = 23;

    /// What is held for a record that has only announced its length; grows as the record arrives.
    private static final int FIRST_PIECE = 1024;

    /// A handshake takes a handful of records. Afterwards only KeyUpdate, warnings and empty
    /// records carry no data; nobody needs many in a row, and each costs as much as one that does.
    private static final int RECORDS_WITHOUT_DATA = 64;

    /// A record with less data than this is paid for, whatever the data: what is in it may be no
    /// line yet, so no other budget knows of it. So many may come at once, then one each so often;
    /// who sends more is read later. Nobody types that fast.
    private static final int DATA_WORTH_A_RECORD = 4;

    private static final int SMALL_RECORDS_AT_ONCE = 512;
    private static final Duration SMALL_RECORD_EVERY = Duration.ofMillis(5);

    /// Virtual threads are not time-sliced: a reader that always finds input keeps its carrier. A
    /// short park every so often gives the others their turn (measured: docs/adr/0012).
    private static final int RECORDS_BETWEEN_PAUSES = 32;

    private static final long PAUSE_NANOS = 20_000;

    private final InputStream wire;
    private final EncryptTurn turn;
    private final ReentrantLock reading = new ReentrantLock();
    private final byte[] header = new byte[HEADER];
    private byte[] record = header;
    private int next;
    private int end;
    private boolean begun; // a record, of which only the header may be there
    private int records;
    private int recordsWithoutData;
    private int dataSinceRecord;
    private @Nullable Handshaking handshake; // while it lasts
    private final TokenBucket smallRecords =
            new TokenBucket(SMALL_RECORDS_AT_ONCE, SMALL_RECORD_EVERY, System.nanoTime());

    RecordInput(InputStream wire, EncryptTurn turn) {
        this.wire = wire;
        this.turn = turn;
    }

    /// The application got something: the peer may send so many more records without.
    void gaveData(int bytes) {
        recordsWithoutData = 0;
        dataSinceRecord = Math.min(dataSinceRecord + bytes, DATA_WORTH_A_RECORD);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (next == end || begun) {
            nextRecord();
        }
        if (next == end) {
            return -1;
        }
        var count = Math.min(length, end - next);
        System.arraycopy(record, next, into, offset, count);
        next += count;
        if (next == end) {
            record = header; // an idle connection holds no record
        }
        return count;
    }

    @Override
    public int available() throws IOException {
        return end - next + wire.available();
    }

    /// Waits for a record's header, or the end, outside of the TLS layer and without the turn: the
    /// stack of a thread that waits is memory, and under the TLS layer it is half as deep again.
    void awaitRecord() throws IOException {
        if (next < end) {
            return;
        }
        reading.lock();
        try {
            header();
        } finally {
            reading.unlock();
        }
    }

    /// Throws away what the peer still sends, until it closes too or the time is up.
    ///
    /// A socket that is closed with bytes unread is reset, and the reset takes with it what the
    /// peer was told last: that it sent too much, for instance. The writer's thread, as its last
    /// act. When the reader is still listening, nothing is unread and there is nothing to do but to
    /// wait until it has seen the end, for who wants to know.
    ///
    /// @return whether the peer has closed
    boolean discard(Socket socket, Duration atMost, boolean waitsForReader) throws IOException {
        var until = System.nanoTime() + atMost.toNanos();
        if (!isMine(waitsForReader ? atMost : Duration.ZERO)) {
            return false;
        }
        try {
            var pail = new byte[FIRST_PIECE];
            var left = Duration.ofNanos(until - System.nanoTime());
            while (left.toMillis() > 0) {
                socket.setSoTimeout((int) left.toMillis());
                if (wire.read(pail) < 0) {
                    return true;
                }
                left = Duration.ofNanos(until - System.nanoTime());
            }
        } catch (SocketTimeoutException _) {
            // it did not close in time: enough politeness
        } finally {
            reading.unlock();
        }
        return false;
    }

    private boolean isMine(Duration within) throws InterruptedIOException {
        try {
            return reading.tryLock(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the peer's end");
        }
    }

    /// Until [#afterHandshake]: when the next record is waited for, all that was written goes
    /// first, and meanwhile the handshake has no turn to compute.
    void during(HandshakeTurn computing, FlightOutput flights) {
        handshake = new Handshaking(computing, flights);
    }

    void afterHandshake() {
        handshake = null;
    }

    private record Handshaking(HandshakeTurn computing, FlightOutput flights) {}

    private void nextRecord() throws IOException {
        turn.giveBack();
        try {
            if (handshake == null) {
                whole();
            } else {
                handshake.computing().giveBack();
                handshake.flights().send();
                whole();
                handshake.computing().take();
            }
        } finally {
            turn.take(); // also for a failure: the TLS layer may want to send an alert
        }
    }

    private void whole() throws IOException {
        reading.lock();
        try {
            fetch();
        } finally {
            reading.unlock();
        }
    }

    private void fetch() throws IOException {
        if (header() && looksLikeRecord()) {
            fillTo(HEADER + bodyLength());
        }
        begun = false;
    }

    private boolean header() throws IOException {
        if (!begun) {
            begin();
        }
        return fillTo(HEADER);
    }

    private void begin() throws IOException {
        record = header;
        next = 0;
        end = 0;
        if (++records % RECORDS_BETWEEN_PAUSES == 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (++recordsWithoutData > RECORDS_WITHOUT_DATA) {
            throw new IOException(RECORDS_WITHOUT_DATA + " records in a row without data");
        }
        payForTheLast();
        begun = true;
    }

    private void payForTheLast() throws InterruptedIOException {
        if (dataSinceRecord < DATA_WORTH_A_RECORD) {
            var wait = smallRecords.take(1, System.nanoTime());
            if (!wait.isZero()) {
                try {
                    Thread.sleep(wait); // not reading is what slows the peer: TCP tells it
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted while a peer was held back");
                }
            }
        }
        dataSinceRecord = 0;
    }

    private boolean looksLikeRecord() {
        return header[0] >= FIRST_TYPE
                && header[0] <= LAST_TYPE
                && HEADER + bodyLength() <= LONGEST;
    }

    private int bodyLength() {
        return (header[3] & 0xff) << 8 | (header[4] & 0xff);
    }

    /// Whether the record could be filled so far; if not, the stream has ended inside it.
    private boolean fillTo(int length) throws IOException {
        while (end < length) {
            if (end == record.length) {
                record = Arrays.copyOf(record, Math.min(length, Math.max(FIRST_PIECE, 2 * end)));
            }
            var count = wire.read(record, end, Math.min(length, record.length) - end);
            if (count < 0) {
                return false;
            }
            end += count;
        }
        return true;
    }
}
