package chat.parley.daemon.bench;

import java.util.Arrays;

/// How long messages took from being said to being heard. Each carries, behind its mark, the time
/// at which it was said, as sixteen hexadecimal digits.
///
/// Belongs to one listener's thread; read once nothing is heard any more.
final class Stopwatch {

    private static final int DIGITS = 16;

    private long[] nanos = new long[1024];
    private int count;
    private int awaited; // digits of the message that is being heard
    private long said;

    /// What stands behind the mark of a message that is said now.
    static String now() {
        return String.format("%016x", System.nanoTime());
    }

    /// Takes a piece of what was heard; messages may be cut anywhere between two pieces.
    void heard(byte[] bytes, int length, long now) {
        for (var i = 0; i < length; i++) {
            if (bytes[i] == Crowd.MARK.charAt(0)) {
                awaited = DIGITS + 1; // the mark's second character comes first
                said = 0;
            } else if (awaited > 0) {
                awaited--;
                if (awaited < DIGITS) {
                    said = said << 4 | Character.digit(bytes[i], 16);
                }
                if (awaited == 0) {
                    add(now - said);
                }
            }
        }
    }

    private void add(long took) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = took;
    }

    /// In milliseconds: so many of a hundred messages took no longer.
    double percentile(int percent) {
        var sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : sorted[Math.min(count - 1, count * percent / 100)] / 1e6;
    }
}
