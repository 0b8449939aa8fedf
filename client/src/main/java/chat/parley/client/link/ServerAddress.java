package chat.parley.client.link;

import java.util.Locale;
import java.util.Optional;

/// Where the daemon listens, as the person named it.
///
/// @param host a name, or an address without brackets; in lower case
public record ServerAddress(String host, int port) {

    public static final int DEFAULT_PORT = 6697;

    public ServerAddress {
        host = host.toLowerCase(Locale.ROOT);
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "a server is a host and a port: " + host + " " + port);
        }
    }

    /// `host`, `host:port`, `[address]`, `[address]:port`; empty if it is none of them.
    public static Optional<ServerAddress> parse(String text) {
        if (text.chars().anyMatch(c -> c <= ' ' || Character.isISOControl(c) || c == '/')) {
            return Optional.empty();
        }
        if (text.startsWith("[")) {
            var end = text.indexOf(']');
            var rest = end < 0 ? "" : text.substring(end + 1);
            if (end < 2 || !(rest.isEmpty() || rest.startsWith(":"))) {
                return Optional.empty();
            }
            return of(text.substring(1, end), rest.isEmpty() ? "" : rest.substring(1), rest);
        }
        var colon = text.indexOf(':');
        if (colon != text.lastIndexOf(':')) {
            return of(text, "", ""); // an IPv6 address without brackets
        }
        return colon < 0
                ? of(text, "", "")
                : of(text.substring(0, colon), text.substring(colon + 1), ":");
    }

    private static Optional<ServerAddress> of(String host, String port, String separator) {
        if (host.isEmpty()) {
            return Optional.empty();
        }
        if (separator.isEmpty()) {
            return Optional.of(new ServerAddress(host, DEFAULT_PORT));
        }
        try {
            var number = Integer.parseInt(port);
            return number < 1 || number > 65_535
                    ? Optional.empty()
                    : Optional.of(new ServerAddress(host, number));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// `host:port`, with brackets where the host is an IPv6 address.
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
