package chat.parley.bench.crowd;

import java.nio.charset.StandardCharsets;

/// What a message of ours begins with: a byte that nothing else has, then in hexadecimal digits the
/// room, who speaks there, how many they said before, and when it was due.
public final class Mark {

    /// The first byte: bold, to an IRC client; no server minds.
    static final byte FIRST = 2;

    /// How long a mark is.
    public static final int LENGTH = 1 + 4 + 4 + 8 + 16;

    private static final int ROOM = 1;
    private static final int SPEAKER = ROOM + 4;
    private static final int NUMBER = SPEAKER + 4;
    private static final int TIME = NUMBER + 8;

    private Mark() {}

    /// The line that a speaker says again and again, each time with another number and time.
    ///
    /// @param bytes the length of the text, the mark included
    static byte[] line(String channel, int bytes) {
        var text = (char) FIRST + "0".repeat(LENGTH - 1) + "x".repeat(bytes - LENGTH);
        return ("PRIVMSG " + channel + " :" + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// Where the mark of such a line begins; negative if it has none.
    static int at(byte[] line) {
        for (var i = 0; i < line.length; i++) {
            if (line[i] == FIRST) {
                return i;
            }
        }
        return -1;
    }

    /// Writes a mark where there is one.
    static void write(byte[] line, int at, int room, int speaker, int number, long time) {
        digits(line, at + ROOM, 4, room);
        digits(line, at + SPEAKER, 4, speaker);
        digits(line, at + NUMBER, 8, number);
        digits(line, at + TIME, 16, time);
    }

    static int room(byte[] line, int at) {
        return (int) number(line, at + ROOM, 4);
    }

    static int speaker(byte[] line, int at) {
        return (int) number(line, at + SPEAKER, 4);
    }

    static int number(byte[] line, int at) {
        return (int) number(line, at + NUMBER, 8);
    }

    static long time(byte[] line, int at) {
        return number(line, at + TIME, 16);
    }

    private static void digits(byte[] line, int at, int count, long value) {
        var left = value;
        for (var i = at + count - 1; i >= at; i--) {
            var digit = (int) (left & 15);
            line[i] = (byte) (digit < 10 ? '0' + digit : 'a' - 10 + digit);
            left >>>= 4;
        }
    }

    private static long number(byte[] line, int at, int count) {
        var value = 0L;
        for (var i = at; i < at + count; i++) {
            var c = line[i];
            value = value << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
        }
        return value;
    }
}
