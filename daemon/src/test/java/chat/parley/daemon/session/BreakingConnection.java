package chat.parley.daemon.session;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/// Takes all until it breaks. Then its reader is freed by an interrupt alone.
final class BreakingConnection extends DeafConnection {

    volatile boolean isBroken;

    BreakingConnection(String says) {
        super(says);
    }

    @Override
    public void awaitInput() throws IOException {
        if (input().available() == 0) {
            SessionTest.untilInterrupted();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public OutputStream output() {
        if (isBroken) {
            abort(); // so that writing fails at once
        }
        return isBroken ? super.output() : OutputStream.nullOutputStream();
    }
}
