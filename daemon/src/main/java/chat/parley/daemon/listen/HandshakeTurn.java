package chat.parley.daemon.listen;

import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/// A handshake's turn to compute.
///
/// A handshake is some milliseconds of arithmetic, virtual threads are not time-sliced, and a
/// thousand strangers may come at once: without turns all carriers are theirs. So only some compute
/// at the same time, in the order in which they were ready, and none has its turn while it waits
/// for its peer (docs/adr/0052). Belongs to the connection's thread.
final class HandshakeTurn {

    private final Semaphore all;
    private boolean mine;

    /// @param all fair; one permit for each that may compute at once
    HandshakeTurn(Semaphore all) {
        this.all = all;
    }

    /// Waits for it. An interrupt ends the wait, and the handshake.
    void take() throws InterruptedIOException {
        if (!mine) {
            try {
                all.acquire();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted before its turn");
            }
            mine = true;
        }
    }

    /// Nothing if it has not.
    void giveBack() {
        if (mine) {
            mine = false;
            all.release();
        }
    }
}
