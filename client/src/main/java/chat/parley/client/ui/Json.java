package chat.parley.client.ui;

import java.util.LinkedHashMap;
import java.util.Map;

/// An object of texts as one line of JSON. Exact for a program and harmless for a terminal: all
/// that [TerminalText] would change is escaped.
public final class Json {

    private Json() {}

    /// Members in their order; those with an empty value are left out.
    public static String object(Map<String, String> members) {
        var out = new StringBuilder("{");
        members.forEach((name, value) -> {
            if (!value.isEmpty()) {
                out.append(out.length() > 1 ? "," : "");
                text(name, out);
                out.append(':');
                text(value, out);
            }
        });
        return out.append('}').toString();
    }

    /// The members of an object, to be filled in order.
    public static Map<String, String> members() {
        return new LinkedHashMap<>();
    }

    private static void text(String text, StringBuilder out) {
        out.append('"');
        text.codePoints()
                .forEach(c -> {
                    if (c == '"' || c == '\\') {
                        out.append('\\').append((char) c);
                    } else if (mustBeEscaped(c)) {
                        for (var unit : Character.toChars(c)) {
                            out.append(String.format("\\u%04x", (int) unit));
                        }
                    } else {
                        out.appendCodePoint(c);
                    }
                });
        out.append('"');
    }

    private static boolean mustBeEscaped(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE ->
                    true;
            default -> false;
        };
    }
}
