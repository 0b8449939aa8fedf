package chat.parley.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A line to a [Message], or to the reason why it is none.
///
/// The grammar is that of RFC 1459 2.3.1 and of IRCv3 message-tags:
///
/// ```
/// message = ['@' tags SPACE] [':' source SPACE] command *(SPACE middle) [SPACE ':' trailing]
/// ```
///
/// It is lenient where old clients need it: several spaces count as one, and so do spaces at the
/// end. Nothing it accepts can be printed as more than one line.
public final class MessageParser {

    /// Parley's own command for people who type by hand: what follows is text, colons and all.
    private static final String REST_IS_TEXT = "SAY";

    private final String line;
    private int at;

    private MessageParser(String line) {
        this.line = line;
    }

    /// @param line one line without its line ending
    public static Parsed parse(String line) {
        for (var i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == '\r' || c == '\n' || c == '\0') {
                return Parsed.Fault.FORBIDDEN_CHARACTER;
            }
        }
        return new MessageParser(line).message();
    }

    private Parsed message() {
        skipSpaces();
        if (atEnd()) {
            return Parsed.Fault.EMPTY;
        }
        var tags = new LinkedHashMap<String, String>(0);
        if (line.charAt(at) == '@') {
            at++;
            tagsInto(tags, word());
            skipSpaces();
        }
        @Nullable String source = null;
        if (!atEnd() && line.charAt(at) == ':') {
            at++;
            var given = word();
            source = given.isEmpty() ? null : given;
            skipSpaces();
        }
        var command = word();
        if (command.isEmpty()) {
            return Parsed.Fault.NO_COMMAND;
        }
        if (!isCommand(command)) {
            return Parsed.Fault.BAD_COMMAND;
        }
        var name = command.toUpperCase(Locale.ROOT);
        var params = name.equals(REST_IS_TEXT) ? text() : params();
        return new Parsed.Good(new Message(tags, source, name, params));
    }

    /// Everything that is left, as one parameter.
    private List<String> text() {
        skipSpaces();
        if (!atEnd() && line.charAt(at) == ':') {
            at++;
        }
        return atEnd() ? List.of() : List.of(line.substring(at));
    }

    private List<String> params() {
        var params = new ArrayList<String>(3);
        skipSpaces();
        while (!atEnd()) {
            if (line.charAt(at) == ':') {
                params.add(line.substring(at + 1));
                break;
            }
            params.add(word());
            skipSpaces();
        }
        return params;
    }

    private static void tagsInto(SequencedMap<String, String> tags, String section) {
        for (var tag : section.split(";", -1)) {
            var equals = tag.indexOf('=');
            var key = equals < 0 ? tag : tag.substring(0, equals);
            if (isTagKey(key)) {
                // IRCv3 message-tags, "Rules": of a repeated key, the last one counts.
                tags.put(key, equals < 0 ? "" : TagValue.unescape(tag.substring(equals + 1)));
            }
        }
    }

    /// IRCv3 message-tags, "Format": `['+'] [vendor '/'] 1*(letter / digit / '-')`.
    static boolean isTagKey(String key) {
        var from = key.startsWith("+") ? 1 : 0;
        for (var i = from; i < key.length(); i++) {
            var c = key.charAt(i);
            if (!isLetterOrDigit(c) && c != '-' && c != '.' && c != '/' && c != '_') {
                return false;
            }
        }
        return key.length() > from;
    }

    /// Wider than the grammar, so that what is no command of any server is answered as an unknown
    /// one (421), with its label: visible ASCII that does not begin like tags or a source.
    static boolean isCommand(String word) {
        for (var i = 0; i < word.length(); i++) {
            if (word.charAt(i) < '!' || word.charAt(i) > '~') {
                return false;
            }
        }
        return !word.startsWith(":") && !word.startsWith("@");
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private String word() {
        var from = at;
        while (!atEnd() && line.charAt(at) != ' ') {
            at++;
        }
        return line.substring(from, at);
    }

    private void skipSpaces() {
        while (!atEnd() && line.charAt(at) == ' ') {
            at++;
        }
    }

    private boolean atEnd() {
        return at >= line.length();
    }
}
