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
    private final byte[] last;
    private final OutputStream raw;
    private final Thread hook = new Thread(this::atEnd, "terminal back");

    private Switches(String off, String last, OutputStream raw) {
        this.off = off.getBytes(StandardCharsets.US_ASCII);
        this.last = last.getBytes(StandardCharsets.US_ASCII);
        this.raw = raw;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// @param off written at the end
    /// @param last written after it when the process is told to end, as nobody cleans up then
    static Switches ofProcess(String off, String last) {
        return new Switches(off, last, new FileOutputStream(FileDescriptor.out));
    }

    static Switches of(String off, String last, OutputStream raw) {
        return new Switches(off, last, raw);
    }

    private void atEnd() {
        write(off);
        write(last);
    }

    private void write(byte[] bytes) {
        try {
            raw.write(bytes);
            raw.flush();
        } catch (IOException _) {
            // the terminal is gone, and its switches with it
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            write(off);
        } catch (IllegalStateException _) {
            // the JVM is ending: the hook writes
        }
    }
}
