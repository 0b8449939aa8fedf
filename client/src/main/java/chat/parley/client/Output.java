package chat.parley.client;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The standard output, which remembers why it could not be written: a [java.io.PrintStream] tells
/// no more than that. Any thread.
final class Output extends OutputStream {

    private final OutputStream to = new FileOutputStream(FileDescriptor.out);
    private volatile @Nullable IOException failure;

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            to.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /// Why something that was printed is lost, such as a full disk. Empty for a pipe: its reader
    /// went away because it had enough.
    Optional<String> loss() {
        var failed = failure;
        return failed == null || isPipe()
                ? Optional.empty()
                : Optional.of(String.valueOf(failed.getMessage()));
    }

    /// Elsewhere than on Linux nobody can tell, and it is taken for one.
    private static boolean isPipe() {
        try {
            var file = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return file.startsWith("pipe:") || file.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException _) {
            return true;
        }
    }
}
