package chat.parley.client.model;

import chat.parley.protocol.Capability;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the daemon said about itself: its capabilities and ISUPPORT (005).
public record Server(Set<Capability> capabilities, Map<String, String> tokens) {

    private static final int LINE = 512; // RFC 1459 2.3

    public Server {
        capabilities = Set.copyOf(capabilities);
        tokens = Map.copyOf(tokens);
    }

    static Server unknown() {
        return new Server(Set.of(), Map.of());
    }

    /// Takes over the tokens of one 005; a token `-NAME` takes NAME back.
    Server with(List<String> supported) {
        var all = new HashMap<>(tokens);
        for (var token : supported) {
            var equals = token.indexOf('=');
            if (token.startsWith("-")) {
                all.remove(token.substring(1));
            } else {
                all.put(
                        equals < 0 ? token : token.substring(0, equals),
                        equals < 0 ? "" : token.substring(equals + 1));
            }
        }
        return new Server(capabilities, all);
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
