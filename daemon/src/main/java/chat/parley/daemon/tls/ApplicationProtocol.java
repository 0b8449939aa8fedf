package chat.parley.daemon.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is spoken inside TLS on a port, as ALPN names it (RFC 7301; IANA has both names).
///
/// Most IRC clients name nothing, and those that name something unknown are served all the same:
/// the answer then leaves ALPN out. But a browser has no business on the port for IRC. It comes
/// there when somebody on the path leads it astray, so that what we say looks as if it came from a
/// web server of the same name (the ALPACA attack); so a client that speaks nothing but the web's
/// protocols is refused.
public enum ApplicationProtocol {
    IRC("irc"),
    HTTP("http/1.1");

    private final String name;

    ApplicationProtocol(String name) {
        this.name = name;
    }

    /// @param offered by the client
    /// @return which of them it is; empty for no answer; null to refuse the client
    @Nullable String answer(List<String> offered) {
        if (offered.contains(name)) {
            return name;
        }
        return this == IRC
                        && !offered.isEmpty()
                        && offered.stream().allMatch(ApplicationProtocol::isOfTheWeb)
                ? null
                : "";
    }

    private static boolean isOfTheWeb(String protocol) {
        return protocol.startsWith("http/")
                || protocol.startsWith("spdy/")
                || protocol.matches("h[23]c?");
    }
}
