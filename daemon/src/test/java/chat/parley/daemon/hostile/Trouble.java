package chat.parley.daemon.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/// What may befall a daemon and the disk under it. Each ends with `kill -9`.
///
/// A full disk is a limit on the size of a file that the daemon process may write, which needs no
/// rights and no file system of its own; `prlimit` of util-linux sets it while the process runs.
enum Trouble {

    /// `kill -9`, with no warning.
    KILLED {
        @Override
        void befall(DaemonProcess daemon, Path data, Random random) {}
    },

    /// Frozen in whatever it did, then killed without running again.
    FROZEN {
        @Override
        void befall(DaemonProcess daemon, Path data, Random random) throws IOException {
            daemon.freeze();
            pause(random, 100);
        }
    },

    /// The disk is full, some bytes from now.
    FULL_DISK {
        @Override
        void befall(DaemonProcess daemon, Path data, Random random) throws IOException {
            daemon.limitFiles(largest(data) + random.nextInt(200_000));
            pause(random, 300);
        }
    },

    /// No byte can be written any more; then again.
    READ_ONLY_FOR_A_WHILE {
        @Override
        void befall(DaemonProcess daemon, Path data, Random random) throws IOException {
            daemon.limitFiles(0);
            pause(random, 100);
            daemon.limitFiles(DaemonProcess.UNLIMITED);
            pause(random, 300);
        }
    },

    /// Afterwards the end of the write-ahead log is gone, cut anywhere, also inside a frame.
    CUT_LOG {
        @Override
        void befall(DaemonProcess daemon, Path data, Random random) {}

        @Override
        void damage(WrittenAhead log, Random random) throws IOException {
            log.cut(random);
        }
    },

    /// Afterwards some bits of the write-ahead log are others.
    SPOILT_LOG {
        @Override
        void befall(DaemonProcess daemon, Path data, Random random) {}

        @Override
        void damage(WrittenAhead log, Random random) throws IOException {
            log.spoil(random);
        }
    };

    /// Brings it about while the daemon is under load; the caller kills the daemon afterwards.
    abstract void befall(DaemonProcess daemon, Path data, Random random) throws IOException;

    /// What the disk does to the log of a daemon that was killed.
    void damage(WrittenAhead log, Random random) throws IOException {}

    /// Whether the disk may lose what was kept.
    boolean loses() {
        return this == CUT_LOG || this == SPOILT_LOG;
    }

    /// Whether the daemon may say that its database refuses.
    boolean ofTheDisk() {
        return this == FULL_DISK || this == READ_ONLY_FOR_A_WHILE;
    }

    private static long largest(Path data) throws IOException {
        try (var files = Files.list(data)) {
            return files.mapToLong(file -> file.toFile().length()).max().orElse(0);
        }
    }

    /// A random moment: not waiting for anything, but choosing when the next thing happens.
    private static void pause(Random random, int upToMillis) {
        try {
            Thread.sleep(Duration.ofMillis(random.nextInt(upToMillis)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
