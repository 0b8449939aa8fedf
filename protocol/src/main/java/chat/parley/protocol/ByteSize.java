package chat.parley.protocol;

/// A size in bytes, so that no number needs a comment saying what it counts.
public record ByteSize(int bytes) implements Comparable<ByteSize> {

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is not negative: " + bytes);
        }
    }

    public static ByteSize ofBytes(int bytes) {
        return new ByteSize(bytes);
    }

    public static ByteSize ofKiB(int kibibytes) {
        return new ByteSize(Math.multiplyExact(kibibytes, 1024));
    }

    @Override
    public int compareTo(ByteSize other) {
        return Integer.compare(bytes, other.bytes);
    }

    /// As an admin would write it: `512 B`, `16 KiB`, `64 MiB`.
    @Override
    public String toString() {
        if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
            return (bytes >> 20) + " MiB";
        }
        if (bytes >= 1 << 10 && bytes % (1 << 10) == 0) {
            return (bytes >> 10) + " KiB";
        }
        return bytes + " B";
    }
}
