package chat.parley.protocol;

import java.util.List;
import java.util.stream.Collectors;

/// A JSON object on one line, written member by member. Exact for a program and harmless for a
/// terminal: whatever could move a cursor or hide something is escaped ([#quoted]). For one thread.
public final class JsonLine {

    private final StringBuilder out = new StringBuilder("{");

    /// A text; left out if it is empty.
    public JsonLine with(String name, String value) {
        return value.isEmpty() ? this : member(name, quoted(value));
    }

    public JsonLine with(String name, long value) {
        return member(name, Long.toString(value));
    }

    public JsonLine with(String name, boolean value) {
        return member(name, Boolean.toString(value));
    }

    public JsonLine with(String name, JsonLine object) {
        return member(name, object.toString());
    }

    /// An array of objects.
    public JsonLine withAll(String name, List<JsonLine> objects) {
        return member(name, array(objects.stream().map(JsonLine::toString).toList()));
    }

    /// An array of texts.
    public JsonLine withTexts(String name, List<String> texts) {
        return member(name, array(texts.stream().map(JsonLine::quoted).toList()));
    }

    private static String array(List<String> values) {
        return values.stream().collect(Collectors.joining(",", "[", "]"));
    }

    private JsonLine member(String name, String value) {
        out.append(out.length() > 1 ? "," : "").append(quoted(name)).append(':').append(value);
        return this;
    }

    /// The object as far as it is written, without its end: for what must not become a string.
    public String open() {
        return out.toString();
    }

    @Override
    public String toString() {
        return out + "}";
    }

    /// A text in double quotes.
    public static String quoted(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints()
                .forEach(c -> {
                    if (c == '"' || c == '\\') {
                        quoted.append('\\').append((char) c);
                    } else if (isVisible(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        for (var unit : Character.toChars(c)) {
                            quoted.append("\\u%04x".formatted((int) unit));
                        }
                    }
                });
        return quoted.append('"').toString();
    }

    /// Whether a code point is seen where it stands and does nothing else: no control, nothing that
    /// turns the direction of writing, no space but the one.
    public static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT, // bidi controls, zero width
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
