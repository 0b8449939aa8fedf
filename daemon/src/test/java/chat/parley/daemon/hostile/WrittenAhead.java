package chat.parley.daemon.hostile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.random.RandomGenerator;

/// The write-ahead log that a killed daemon left, to be damaged as loss of power damages it on a
/// disk that says "flushed" too soon.
///
/// SQLite flushes the log before it copies anything of it into the database, so what is copied was
/// on the disk; only what comes after it can be lost alone (SQLite, "WAL-mode File Format", 2.1 and
/// 2.3.2). Damage before that place is a disk that loses what it had for long, against which no
/// database holds.
///
/// @param from the first byte that may be damaged
/// @param until the end of what was committed
record WrittenAhead(Path file, long from, long until) {

    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;

    /// Reads how far it was copied in `parley.db-shm`, which is the last daemon's memory.
    static WrittenAhead in(Path data) throws IOException {
        var file = data.resolve("parley.db-wal");
        if (!Files.exists(file)) {
            return new WrittenAhead(file, 0, 0);
        }
        var shared =
                ByteBuffer.wrap(Files.readAllBytes(data.resolve("parley.db-shm")))
                        .order(ByteOrder.nativeOrder());
        var frame = FRAME_HEADER + Short.toUnsignedLong(shared.getShort(14));
        var frames = shared.getInt(16);
        var copied = Math.max(shared.getInt(96), shared.getInt(128));
        var from = copied == 0 ? 0 : HEADER + copied * frame;
        var until = Math.min(HEADER + frames * frame, Files.size(file));
        return new WrittenAhead(file, from, Math.max(from, until));
    }

    boolean isAnything() {
        return from < until;
    }

    /// The rest is gone, from any byte on.
    void cut(RandomGenerator random) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(random.nextLong(from, until));
        }
    }

    /// A few bytes are others, anywhere.
    void spoil(RandomGenerator random) throws IOException {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (var i = 0; i < 3; i++) {
                var at = random.nextLong(from, until);
                var one = ByteBuffer.allocate(1);
                channel.read(one, at);
                one.put(0, (byte) (one.get(0) ^ 1 << random.nextInt(8))).rewind();
                channel.write(one, at);
            }
        }
    }
}
