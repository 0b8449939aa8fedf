package chat.parley.daemon.listen;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketImpl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The plain socket under one TLS connection.
///
/// The TLS layer writes to it as to any other, but reads through a [RecordInput]. Closing it is the
/// one way to end a connection that never waits, whatever its threads are blocked on.
final class RecordSocket extends Socket {

    /// How long a peer that was said goodbye may take to close its side.
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final EncryptTurn turn = new EncryptTurn();
    private @Nullable RecordInput records; // set once, before the handshake
    private @Nullable FlightOutput flights; // as well

    /// An unconnected socket, for [TlsServerSocket] to accept a peer with.
    RecordSocket() throws IOException {
        super((SocketImpl) null);
    }

    EncryptTurn turn() {
        return turn;
    }

    RecordInput records() throws IOException {
        if (records == null) {
            records = new RecordInput(super.getInputStream(), turn);
        }
        return records;
    }

    FlightOutput flights() throws IOException {
        if (flights == null) {
            flights = new FlightOutput(super.getOutputStream());
        }
        return flights;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return records();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return flights();
    }

    /// The end in good order, after the TLS layer's close_notify: lets the peer read what it was
    /// told last, then closes.
    ///
    /// @param answered whether to wait for the peer's end also where the reader still listens
    /// @return whether the peer is known to have closed its side
    boolean goodbye(boolean answered) throws IOException {
        try (this) {
            if (isClosed()) {
                return false;
            }
            shutdownOutput();
            return records().discard(this, GOODBYE, answered);
        }
    }
}
