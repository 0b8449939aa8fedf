package chat.parley.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One line of the protocol: tags, source, command, parameters.
///
/// What would not print as this very message is refused when it is made: CR, LF and NUL anywhere,
/// but for CR and LF in the value of a tag (which are escaped), and a space or an empty text where
/// only the last parameter may have them.
///
/// @param tags in the order they stand; a tag without a value has the empty value, NUL is in none
/// @param source `nick!user@host` or a daemon's name; null where there is none
/// @param command a word of letters in upper case, or digits
public record Message(
        SequencedMap<String, String> tags,
        @Nullable String source,
        String command,
        List<String> params) {

    private static final SequencedMap<String, String> NO_TAGS =
            Collections.unmodifiableSequencedMap(new LinkedHashMap<>());

    public Message {
        tags =
                tags.isEmpty()
                        ? NO_TAGS
                        : Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tags));
        params = List.copyOf(params);
        requireWord("a source", Objects.requireNonNullElse(source, "-"));
        tags.forEach(Message::requireTag);
        requireCommand(command);
        for (var i = 0; i < params.size() - 1; i++) {
            var middle = params.get(i);
            requireWord("a parameter before the last", middle);
            if (middle.startsWith(":")) {
                throw new IllegalArgumentException(
                        "only the last parameter may begin with a colon");
            }
        }
        if (!params.isEmpty()) {
            requireOneLine(params.getLast());
        }
    }

    public static Message of(String command, String... params) {
        return new Message(NO_TAGS, null, command, List.of(params));
    }

    public static Message from(String source, String command, String... params) {
        return new Message(NO_TAGS, source, command, List.of(params));
    }

    public static Message from(String source, String command, List<String> params) {
        return new Message(NO_TAGS, source, command, params);
    }

    /// The same message with one more tag, or another value for it.
    public Message withTag(String key, String value) {
        var more = new LinkedHashMap<>(tags);
        more.put(key, value);
        return new Message(more, source, command, params);
    }

    /// The same message with these tags and no others.
    public Message withTags(SequencedMap<String, String> all) {
        return new Message(all, source, command, params);
    }

    /// The same message with one more parameter at its end.
    public Message withParam(String param) {
        var more = new ArrayList<>(params);
        more.add(param);
        return new Message(tags, source, command, more);
    }

    /// The parameter at this place, counted from 0, or the empty text.
    public String param(int index) {
        return index < params.size() ? params.get(index) : "";
    }

    /// The nick, or the daemon's name, in front of `!` and `@`; the empty text without a source.
    public String sourceName() {
        if (source == null) {
            return "";
        }
        for (var i = 0; i < source.length(); i++) {
            if (source.charAt(i) == '!' || source.charAt(i) == '@') {
                return source.substring(0, i);
            }
        }
        return source;
    }

    private static void requireTag(String key, String value) {
        if (!MessageParser.isTagKey(key) || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a tag has a key of its grammar and no NUL");
        }
    }

    private static void requireCommand(String command) {
        if (command.isEmpty() || !MessageParser.isCommand(command)) {
            throw new IllegalArgumentException("a command is visible ASCII");
        }
        for (var i = 0; i < command.length(); i++) {
            if (command.charAt(i) >= 'a' && command.charAt(i) <= 'z') {
                throw new IllegalArgumentException("a command is in upper case");
            }
        }
    }

    private static void requireWord(String what, String text) {
        requireOneLine(text);
        if (text.isEmpty() || text.indexOf(' ') >= 0) {
            throw new IllegalArgumentException(what + " is a word: not empty, no space");
        }
    }

    private static void requireOneLine(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == '\0') {
                throw new IllegalArgumentException(
                        "a message is one line: CR, LF and NUL are refused");
            }
        }
    }
}
