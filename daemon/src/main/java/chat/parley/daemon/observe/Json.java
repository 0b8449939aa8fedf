package chat.parley.daemon.observe;

/// A text as JSON has it, exact for a program and harmless for a terminal: whatever could move a
/// cursor or hide something is escaped.
public final class Json {

    private Json() {}

    /// The text in double quotes.
    public static String quoted(String text) {
        var out = new StringBuilder(text.length() + 2).append('"');
        text.codePoints()
                .forEach(c -> {
                    if (c == '"' || c == '\\') {
                        out.append('\\').append((char) c);
                    } else if (Escaped.isVisible(c)) {
                        out.appendCodePoint(c);
                    } else {
                        for (var unit : Character.toChars(c)) {
                            out.append("\\u%04x".formatted((int) unit));
                        }
                    }
                });
        return out.append('"').toString();
    }
}
