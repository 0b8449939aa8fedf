package chat.parley.daemon.observe;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// One program at a time writes the audit log: the daemon, and beside it the admin's tool.
///
/// The lock is the system's, on the file `audit/lock`, so it goes with the process however that
/// ends. For the daemon's audit thread, and for the one thread of a tool; nobody interrupts either.
final class AuditLock implements AutoCloseable {

    /// Others hold it for as long as a few lines take.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long PAUSE_NANOS = 5_000_000;

    private final FileChannel file;

    private AuditLock(FileChannel file) {
        this.file = file;
    }

    /// Waits for whoever else writes.
    static AuditLock of(AuditFiles files) throws IOException {
        var path = files.dir().resolve("lock");
        if (!Files.exists(path)) {
            make(files, path);
        }
        var file = FileChannel.open(path, StandardOpenOption.WRITE);
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (!isLocked(file)) {
            if (System.nanoTime() - until > 0) {
                file.close();
                throw new IOException(path + ": another program has held it for 5 s");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return new AuditLock(file);
    }

    private static void make(AuditFiles files, Path path) throws IOException {
        try {
            files.create(path);
        } catch (FileAlreadyExistsException _) {
            // another program was a moment faster, which is as good
        }
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false; // somebody else in this very process
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
