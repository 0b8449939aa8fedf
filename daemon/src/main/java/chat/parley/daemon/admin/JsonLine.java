package chat.parley.daemon.admin;

import chat.parley.daemon.observe.Json;

/// An object of texts as one line of JSON. Exact for a program and harmless for a terminal:
/// whatever could move a cursor or hide something is escaped.
final class JsonLine {

    private final StringBuilder out = new StringBuilder("{");

    /// A member; left out if it is empty.
    JsonLine with(String name, String value) {
        if (!value.isEmpty()) {
            out.append(out.length() > 1 ? "," : "").append('"').append(name).append("\":");
            out.append(Json.quoted(value));
        }
        return this;
    }

    @Override
    public String toString() {
        return out + "}";
    }
}
