package chat.parley.daemon.admin;

/// An object of texts as one line of JSON. Exact for a program and harmless for a terminal:
/// whatever could move a cursor or hide something is escaped.
final class JsonLine {

    private final StringBuilder out = new StringBuilder("{");

    /// A member; left out if it is empty.
    JsonLine with(String name, String value) {
        if (!value.isEmpty()) {
            out.append(out.length() > 1 ? "," : "").append('"').append(name).append("\":");
            text(value);
        }
        return this;
    }

    private void text(String value) {
        out.append('"');
        value.codePoints()
                .forEach(c -> {
                    if (c == '"' || c == '\\') {
                        out.append('\\').append((char) c);
                    } else if (mustBeEscaped(c)) {
                        for (var unit : Character.toChars(c)) {
                            out.append("\\u%04x".formatted((int) unit));
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

    @Override
    public String toString() {
        return out + "}";
    }
}
