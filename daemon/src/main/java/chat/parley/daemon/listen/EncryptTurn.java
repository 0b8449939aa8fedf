package chat.parley.daemon.listen;

import java.io.InterruptedIOException;
import java.util.concurrent.locks.ReentrantLock;

/// Whose turn it is to encrypt on one connection.
///
/// Bouncy Castle's record layer breaks when two threads send at once: a nonce is used twice, or two
/// records mix. The writer sends, but so does the TLS layer itself from the reader's thread:
/// alerts, the answer to close_notify. Both take the turn first (docs/adr/0012).
final class EncryptTurn {

    private final ReentrantLock lock = new ReentrantLock();

    /// Waits for the turn. An interrupt ends the wait, and the connection is not usable any more.
    void take() throws InterruptedIOException {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another thread was sending");
        }
    }

    /// Gives the turn back as often as the calling thread has it; nothing if it has not.
    void giveBack() {
        while (lock.isHeldByCurrentThread()) {
            lock.unlock();
        }
    }
}
