package chat.parley.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The name by which this program is a device of its account: the daemon tells each device what it
/// missed, once. Two that run at the same time are two devices; the next run is one of them again.
///
/// A file in `devices/` of the configuration holds the name, and is locked as long as somebody goes
/// by it. One that cannot be made or locked is no error: then all that is lost is the distinction.
final class Device implements Closeable {

    private static final int MOST = 16;
    private static final int NAME = 12; // hexadecimal digits
    private static final Set<StandardOpenOption> OPTIONS =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final String name;
    private final FileChannel locked;

    private Device(String name, FileChannel locked) {
        this.name = name;
        this.locked = locked;
    }

    /// The first that nobody goes by.
    ///
    /// @param configuration the client's folder
    static Optional<Device> take(Path configuration) {
        try {
            var folder = configuration.resolve("devices");
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            for (var number = 1; number <= MOST; number++) {
                var device = take(FileChannel.open(folder.resolve("" + number), OPTIONS));
                if (device.isPresent()) {
                    return device;
                }
            }
        } catch (IOException _) { // a folder that cannot be written: see above
            return Optional.empty();
        }
        return Optional.empty();
    }

    @SuppressWarnings("MustBeClosedChecker") // the device keeps it
    private static Optional<Device> take(FileChannel file) throws IOException {
        try {
            if (file.tryLock() != null) {
                return Optional.of(new Device(nameIn(file), file));
            }
        } catch (OverlappingFileLockException _) { // of this very process
        } catch (IOException e) {
            file.close();
            throw e;
        }
        file.close();
        return Optional.empty();
    }

    private static String nameIn(FileChannel file) throws IOException {
        var bytes = ByteBuffer.allocate(NAME);
        file.read(bytes, 0);
        var name = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        if (name.matches("[0-9a-f]{" + NAME + "}")) {
            return name;
        }
        var fresh = UUID.randomUUID().toString().replace("-", "").substring(0, NAME);
        file.truncate(0);
        file.write(ByteBuffer.wrap(fresh.getBytes(StandardCharsets.US_ASCII)), 0);
        return fresh;
    }

    String name() {
        return "parley-" + name;
    }

    @Override
    public void close() {
        try {
            locked.close();
        } catch (IOException e) { // nothing was written through it since it was opened
            throw new UncheckedIOException(e);
        }
    }
}
