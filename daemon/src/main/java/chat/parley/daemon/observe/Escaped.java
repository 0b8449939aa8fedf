package chat.parley.daemon.observe;

import chat.parley.protocol.JsonLine;

/// A text that somebody else chose, made harmless for a log or a terminal: one line, no control
/// characters, nothing invisible, nothing that turns the direction of writing, and bounded.
///
/// A plain word stays as it is. Anything else stands in double quotes, with `\"`, `\\`, `\n` and
/// `\x{…}` inside, so that a forged `key=value` is seen to be part of a value.
public record Escaped(String text) {

    /// In code points; what is longer is cut and shown to be.
    private static final int LONGEST = 256;

    /// The text as it may be shown; `toString` of the result is the same.
    public static Escaped of(String raw) {
        if (!raw.isEmpty() && raw.length() <= LONGEST && raw.chars().allMatch(Escaped::isPlain)) {
            return new Escaped(raw);
        }
        var quoted = new StringBuilder(raw.length() + 2).append('"');
        var shown = raw.codePoints().limit(LONGEST + 1L).toArray();
        for (var i = 0; i < Math.min(shown.length, LONGEST); i++) {
            if (shown[i] == '"' || shown[i] == '\\') {
                quoted.append('\\').appendCodePoint(shown[i]);
            } else {
                append(quoted, shown[i]);
            }
        }
        quoted.append('"');
        return new Escaped(shown.length > LONGEST ? quoted + "…" : quoted.toString());
    }

    /// The text on one line, without quotes round it: for words that are ours, which an exception
    /// or a library may have mixed with somebody else's.
    static String line(String raw) {
        var line = new StringBuilder(raw.length());
        raw.codePoints().forEach(c -> append(line, c));
        return line.toString();
    }

    private static void append(StringBuilder to, int c) {
        if (c == '\n') {
            to.append("\\n");
        } else if (c == '\r') {
            to.append("\\r");
        } else if (c == '\t') {
            to.append("\\t");
        } else if (JsonLine.isVisible(c)) {
            to.appendCodePoint(c);
        } else {
            to.append("\\x{").append(Integer.toHexString(c)).append('}');
        }
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 127 && c != '"' && c != '\\' && c != '=';
    }

    @Override
    public String toString() {
        return text;
    }
}
