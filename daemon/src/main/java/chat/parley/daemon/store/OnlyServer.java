package chat.parley.daemon.store;

import chat.parley.daemon.config.ConfigProblem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Sees to it that one daemon at a time serves a data directory. Two would each number the
/// channels' messages, and neither would tell its people what the other's said.
///
/// The lock is the system's, on the file `parleyd.lock`, so it goes with the process however that
/// ends. The admin's tool does not ask for it. For the thread that starts and stops the daemon.
public final class OnlyServer implements Closeable {

    private final FileChannel file;

    private OnlyServer(FileChannel file) {
        this.file = file;
    }

    /// Makes the directory if it is not there. Asked before the database is touched: a newer daemon
    /// must not change the schema under an older one.
    ///
    /// @throws ConfigProblem if another daemon has it, or the directory cannot be used
    public static OnlyServer of(Path dataDir) throws ConfigProblem {
        try {
            return alone(dataDir);
        } catch (Refused another) {
            throw new ConfigProblem(
                    lock(dataDir).toString(),
                    another.getMessage(),
                    "stop it first, or give this one a data-dir of its own");
        } catch (IOException problem) {
            throw new ConfigProblem(
                    lock(dataDir).toString(),
                    "cannot be made or written: " + problem,
                    "check data-dir, and that it belongs to the user who runs this");
        }
    }

    /// The same, for a tool that must have the directory to itself.
    ///
    /// @throws Refused if a daemon has it
    static OnlyServer alone(Path dataDir) throws IOException, Refused {
        Database.makeDirectory(dataDir);
        var path = lock(dataDir);
        Database.makeLock(dataDir, path);
        var file = FileChannel.open(path, StandardOpenOption.WRITE);
        if (isLocked(file)) {
            return new OnlyServer(file);
        }
        file.close();
        throw new Refused(
                "another parleyd serves this data-dir (process "
                        + Files.readString(path, StandardCharsets.US_ASCII).strip()
                        + ")");
    }

    private static Path lock(Path dataDir) {
        return dataDir.resolve("parleyd.lock");
    }

    /// Whether a daemon serves this data directory now. Nothing is made or changed.
    public static boolean isServed(Path dataDir) throws IOException {
        try (var file = FileChannel.open(lock(dataDir), StandardOpenOption.WRITE)) {
            var lock = file.tryLock();
            if (lock == null) {
                return true;
            }
            lock.release();
            return false;
        } catch (NoSuchFileException _) {
            return false;
        } catch (OverlappingFileLockException _) {
            return true; // in this very process
        }
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            if (file.tryLock() == null) {
                return false;
            }
            file.truncate(0);
            var pid = ProcessHandle.current().pid() + "\n";
            file.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
            return true;
        } catch (OverlappingFileLockException _) {
            return false; // another daemon in this very process
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
