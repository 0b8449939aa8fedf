package chat.parley.daemon.listen;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// What the TLS layer writes to.
///
/// During the handshake it holds back the records of a flight, of which there are up to seven,
/// until the peer is waited for: one write, and none while a [HandshakeTurn] is held, as a peer
/// need not read. Afterwards it writes at once. During the handshake the connection's thread only.
final class FlightOutput extends FilterOutputStream {

    private @Nullable ByteArrayOutputStream flight; // during the handshake

    FlightOutput(OutputStream wire) {
        super(wire);
    }

    /// Holds back from now on until [#end].
    void gather() {
        flight = new ByteArrayOutputStream();
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        (flight == null ? out : flight).write(from, offset, length);
    }

    /// What was held back goes. Waits for the peer, like any write.
    void send() throws IOException {
        if (flight != null && flight.size() > 0) {
            var all = flight.toByteArray();
            flight.reset();
            out.write(all);
        }
    }

    /// Sends the last flight, and writes at once from now on.
    void end() throws IOException {
        send();
        flight = null;
    }
}
