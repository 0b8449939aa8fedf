package chat.parley.client.link;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.locks.ReentrantLock;

/// The plain socket under TLS, with a gate that lets one thread at a time into the TLS layer.
///
/// Bouncy Castle's record writer is not safe against a second thread, and the thread that reads may
/// write: it answers a close_notify, sends alerts. So while the reader works inside the TLS layer
/// on bytes that came, it holds the gate; while it waits for bytes, it does not. The writer holds
/// the gate for each write. Nothing is ever encrypted by two threads at once, so no nonce is used
/// twice.
///
/// The gate is held during a write, which may wait for the peer; then the reader waits too. The
/// daemon's reader never waits for its writer, so the two cannot wait for each other. Closing this
/// socket (any thread, never blocks) frees both.
final class GatedSocket extends Socket {

    private final ReentrantLock gate = new ReentrantLock();
    private final FirstBytes first = new FirstBytes();

    /// The writer's: taken before it writes or closes in good order.
    ReentrantLock gate() {
        return gate;
    }

    /// What came first over the wire; for the thread that shakes hands.
    FirstBytes first() {
        return first;
    }

    /// The reader's, and after the handshake its thread's: called when the TLS layer has handed out
    /// what it had.
    void leave() {
        if (gate.isHeldByCurrentThread()) {
            gate.unlock();
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {

            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                leave();
                try {
                    var count = super.read(into, offset, length);
                    if (count > 0) {
                        first.add(into, offset, count);
                    }
                    return count;
                } finally {
                    gate.lock();
                }
            }
        };
    }

    /// The TLS layer's stream, for the reader's thread: leaves the gate whenever it returns.
    InputStream gated(InputStream decrypted) {
        return new FilterInputStream(decrypted) {

            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                gate.lock();
                try {
                    return super.read(into, offset, length);
                } finally {
                    leave();
                }
            }
        };
    }
}
