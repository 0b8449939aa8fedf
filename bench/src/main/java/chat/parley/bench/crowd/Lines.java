package chat.parley.bench.crowd;

import java.util.Arrays;

/// Pieces of a stream to whole lines: most lie inside a piece and are only pointed at; one that is
/// cut is put together. For one thread.
///
/// A text that begins with a mark has a known length, so it is leapt over, not looked at.
final class Lines {

    private static final int LONGEST = 64 * 1024;
    private static final int NOWHERE = -1;
    private static final byte[] NONE = {};

    /// Who gets the lines.
    interface Taker {

        /// A line without its end; the array changes after the call.
        ///
        /// @param mark where its mark begins; negative if it has none
        void line(byte[] bytes, int from, int to, int mark);
    }

    private final Taker taker;
    private final int text;
    private byte[] cut = NONE;
    private int cutLength;
    private int mark = NOWHERE; // in the line that was looked at last

    /// @param text how long a text with a mark is
    Lines(Taker taker, int text) {
        this.taker = taker;
        this.text = text;
    }

    /// Takes the next piece.
    void received(byte[] bytes, int count) {
        var from = 0;
        if (cutLength > 0) {
            var end = end(bytes, 0, count);
            keep(bytes, 0, end < 0 ? count : end + 1);
            if (end < 0) {
                return;
            }
            var length = cutLength;
            cutLength = 0;
            whole(cut, 0, end(cut, 0, length));
            from = end + 1;
        }
        for (var end = end(bytes, from, count); end >= 0; end = end(bytes, from, count)) {
            whole(bytes, from, end);
            from = end + 1;
        }
        keep(bytes, from, count);
    }

    private void whole(byte[] bytes, int from, int end) {
        var to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
        if (to > from) {
            taker.line(bytes, from, to, mark);
        }
    }

    private void keep(byte[] bytes, int from, int to) {
        var length = cutLength + to - from;
        if (length > LONGEST) {
            throw new IllegalStateException("a line of more than " + LONGEST + " bytes");
        }
        if (cut.length < length) {
            cut = Arrays.copyOf(cut, Math.max(512, 2 * length));
        }
        System.arraycopy(bytes, from, cut, cutLength, to - from);
        cutLength = length;
    }

    private int end(byte[] bytes, int from, int to) {
        mark = NOWHERE;
        for (var i = from; i < to; i++) {
            var b = bytes[i];
            if (b == '\n') {
                return i;
            }
            if (b == Mark.FIRST && mark == NOWHERE) {
                mark = i;
                if (i + text < to && (bytes[i + text] == '\r' || bytes[i + text] == '\n')) {
                    i += text - 1;
                }
            }
        }
        return NOWHERE;
    }
}
