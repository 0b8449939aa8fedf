package chat.parley.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A [Message] to its line; the inverse of [MessageParser].
public final class MessagePrinter {

    private MessagePrinter() {}

    /// The message as UTF-8 with its line ending.
    public static byte[] bytes(Message message) {
        var line = new StringBuilder(128);
        print(message, line);
        return line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The message without a line ending.
    public static String line(Message message) {
        var line = new StringBuilder(128);
        print(message, line);
        return line.toString();
    }

    /// A tags section without its `@` and its space: `a=1;+b`. Empty without tags.
    public static String tags(Map<String, String> tags) {
        var out = new StringBuilder(32);
        printTags(tags, out);
        return out.toString();
    }

    private static void print(Message message, StringBuilder line) {
        if (!message.tags().isEmpty()) {
            line.append('@');
            printTags(message.tags(), line);
            line.append(' ');
        }
        if (message.source() != null) {
            line.append(':').append(message.source()).append(' ');
        }
        line.append(message.command());
        var params = message.params();
        for (var i = 0; i < params.size(); i++) {
            var param = params.get(i);
            line.append(' ');
            if (i == params.size() - 1 && (i > 0 || needsColon(param))) {
                // Always before a text, needed or not: many old scripts look for it.
                line.append(':');
            }
            line.append(param);
        }
    }

    private static boolean needsColon(String last) {
        return last.isEmpty() || last.startsWith(":") || last.indexOf(' ') >= 0;
    }

    private static void printTags(Map<String, String> tags, StringBuilder out) {
        var first = true;
        for (var tag : tags.entrySet()) {
            if (!first) {
                out.append(';');
            }
            first = false;
            out.append(tag.getKey());
            if (!tag.getValue().isEmpty()) {
                out.append('=');
                TagValue.escape(tag.getValue(), out);
            }
        }
    }
}
