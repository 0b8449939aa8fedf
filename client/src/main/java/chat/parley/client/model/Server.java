package chat.parley.client.model;

import chat.parley.protocol.Capability;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the daemon said about itself: its capabilities and ISUPPORT (005).
///
/// @param values what it said of a capability when it offered it
public record Server(
        Set<Capability> capabilities, Map<Capability, String> values, Map<String, String> tokens) {

    /// Lines that are asked for at once, where the daemon allows more.
    private static final int PAGE = 100;

    /// Tokens of 005 that are kept, and the characters of each.
    private static final int TOKENS = 200;

    private static final int LONGEST_TOKEN = 500;

    private static final int LINE = 512; // RFC 1459 2.3

    public Server {
        capabilities = Set.copyOf(capabilities);
        values = Map.copyOf(values);
        tokens = Map.copyOf(tokens);
    }

    static Server unknown() {
        return new Server(Set.of(), Map.of(), Map.of());
    }

    /// Takes over the tokens of one 005; a token `-NAME` takes NAME back.
    Server with(List<String> supported) {
        var all = new HashMap<>(tokens);
        for (var token : supported) {
            var equals = token.indexOf('=');
            if (token.startsWith("-")) {
                all.remove(token.substring(1));
            } else if (all.size() < TOKENS && token.length() < LONGEST_TOKEN) {
                all.put(
                        equals < 0 ? token : token.substring(0, equals),
                        equals < 0 ? "" : token.substring(equals + 1));
            }
        }
        return new Server(capabilities, values, all);
    }

    public boolean has(Capability one) {
        return capabilities.contains(one);
    }

    /// Whether what was said before can be asked for; its answers come as batches.
    boolean hasHistory() {
        return has(Capability.CHATHISTORY) && has(Capability.BATCH);
    }

    /// How many lines may be asked for at once.
    int page() {
        var most = number(tokens.getOrDefault("CHATHISTORY", ""), 0);
        return most > 0 ? Math.min(most, PAGE) : PAGE;
    }

    /// Whether a place in the history may be named by a msgid, or else by its time.
    boolean knowsPlacesBy(String type) {
        var types = tokens.getOrDefault("MSGREFTYPES", "");
        return types.isEmpty() || List.of(types.split(",", -1)).contains(type);
    }

    /// Whether a client-only tag gets through: 005 CLIENTTAGDENY, IRCv3 message-tags.
    boolean passes(String tag) {
        if (!has(Capability.MESSAGE_TAGS)) {
            return false;
        }
        var denied = List.of(tokens.getOrDefault("CLIENTTAGDENY", "").split(",", -1));
        return denied.contains("*") ? denied.contains("-" + tag) : !denied.contains(tag);
    }

    /// What a message of several lines may have (IRCv3 multiline). Zero where there are none.
    int linesAtOnce() {
        return has(Capability.MULTILINE) && has(Capability.BATCH) ? multiline("max-lines", 32) : 0;
    }

    int bytesAtOnce() {
        return multiline("max-bytes", 4096);
    }

    private int multiline(String key, int otherwise) {
        for (var part : values.getOrDefault(Capability.MULTILINE, "").split(",", -1)) {
            if (part.startsWith(key + "=")) {
                return number(part.substring(key.length() + 1), otherwise);
            }
        }
        return otherwise;
    }

    private static int number(String text, int otherwise) {
        try {
            var number = Integer.parseInt(text);
            return number > 0 ? number : otherwise;
        } catch (NumberFormatException _) { // the daemon's mistake, or nothing said
            return otherwise;
        }
    }

    boolean echoes() {
        return capabilities.contains(Capability.ECHO_MESSAGE);
    }

    /// Whether what is sent again is kept once.
    boolean keepsOnce() {
        return capabilities.contains(Capability.ONCE) && echoes();
    }

    boolean labels() {
        return capabilities.contains(Capability.LABELED_RESPONSE);
    }

    /// A name from a list of names, without the marks of its rank, such as `@` or `+`.
    String withoutRank(String name) {
        var prefix = tokens.getOrDefault("PREFIX", "(ov)@+");
        var marks = prefix.substring(prefix.indexOf(')') + 1);
        var from = 0;
        while (from < name.length() && marks.indexOf(name.charAt(from)) >= 0) {
            from++;
        }
        return name.substring(from);
    }

    /// The longest line the daemon takes and sends, line ending included.
    int lineLength() {
        try {
            var given = Integer.parseInt(tokens.getOrDefault("LINELEN", "" + LINE));
            return Math.clamp(given, LINE, 8192);
        } catch (NumberFormatException _) {
            return LINE;
        }
    }
}
