package chat.parley.client.ui;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// What was switched on at a terminal and has to be off when its owner gets it back, also when the
/// process is told to end: a process that dies takes its switches along.
///
/// Closing it, or the JVM's end, writes the sequences past everything that may be closed by then.
final class Switches implements AutoCloseable {

    private final byte[] off;
    private final OutputStream raw;
    private final Thread hook = new Thread(this::write, "terminal back");

    private Switches(String off, OutputStream raw) {
        this.off = off.getBytes(StandardCharsets.US_ASCII);
        this.raw = raw;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// @param off written at the end
    static Switches ofProcess(String off) {
        return new Switches(off, new FileOutputStream(FileDescriptor.out));
    }

    static Switches of(String off, OutputStream raw) {
        return new Switches(off, raw);
    }

    private void write() {
        try {
            raw.write(off);
            raw.flush();
        } catch (IOException _) {
            // the terminal is gone, and its switches with it
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            write();
        } catch (IllegalStateException _) {
            // the JVM is ending: the hook writes
        }
    }
}
