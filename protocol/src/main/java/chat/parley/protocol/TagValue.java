package chat.parley.protocol;

/// The escaping of tag values: IRCv3 message-tags, "Escaping values".
final class TagValue {

    private TagValue() {}

    static String unescape(String escaped) {
        if (escaped.indexOf('\\') < 0) {
            return escaped;
        }
        var value = new StringBuilder(escaped.length());
        for (var i = 0; i < escaped.length(); i++) {
            var c = escaped.charAt(i);
            if (c != '\\') {
                value.append(c);
            } else if (i + 1 < escaped.length()) { // a lone backslash at the end is dropped
                i++;
                value.append(meaning(escaped.charAt(i)));
            }
        }
        return value.toString();
    }

    private static char meaning(char escaped) {
        return switch (escaped) {
            case ':' -> ';';
            case 's' -> ' ';
            case 'r' -> '\r';
            case 'n' -> '\n';
            default -> escaped; // also the backslash itself
        };
    }

    static void escape(String value, StringBuilder out) {
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            switch (c) {
                case ';' -> out.append("\\:");
                case ' ' -> out.append("\\s");
                case '\r' -> out.append("\\r");
                case '\n' -> out.append("\\n");
                case '\\' -> out.append("\\\\");
                default -> out.append(c);
            }
        }
    }
}
