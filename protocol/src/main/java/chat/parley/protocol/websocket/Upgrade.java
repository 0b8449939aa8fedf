package chat.parley.protocol.websocket;

import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What a request asks for: a WebSocket, or something we do not have. RFC 6455 4.2.1.
public sealed interface Upgrade {

    /// A WebSocket.
    ///
    /// @param path without its query
    /// @param origin of the page that asks; browsers always say it, and nobody else need
    /// @param key to be answered: RFC 6455 4.2.2
    /// @param subProtocol the first of those the client offers that is spoken here; empty if it
    ///   offers none
    record Wanted(
            String path, Optional<String> origin, String key, Optional<SubProtocol> subProtocol)
            implements Upgrade {}

    record Refused(Refusal why) implements Upgrade {}

    /// One rule after the other; only the header fields that matter here are looked at.
    static Upgrade of(RequestHead head) {
        return mistake(head).<Upgrade>map(Refused::new).orElseGet(() -> wanted(head));
    }

    private static Optional<Refusal> mistake(RequestHead head) {
        if (!head.method().equals("GET")) {
            return Optional.of(Refusal.METHOD);
        }
        if (!head.target().startsWith("/")
                || head.values("host").size() != 1
                || head.values("origin").size() > 1
                || hasBody(head)) {
            return Optional.of(Refusal.BAD_REQUEST);
        }
        if (!has(head, "upgrade", "websocket") || !has(head, "connection", "upgrade")) {
            return Optional.of(Refusal.NO_UPGRADE);
        }
        if (!head.values("sec-websocket-version").equals(List.of("13"))) {
            return Optional.of(Refusal.WEBSOCKET_VERSION);
        }
        if (!isKey(head.values("sec-websocket-key"))) {
            return Optional.of(Refusal.BAD_KEY);
        }
        return wants(head) ? Optional.empty() : Optional.of(Refusal.NO_SUB_PROTOCOL);
    }

    /// What came behind the head would be taken for frames.
    private static boolean hasBody(RequestHead head) {
        return !head.values("transfer-encoding").isEmpty()
                || head.values("content-length").stream().anyMatch(length -> !length.equals("0"));
    }

    private static boolean has(RequestHead head, String field, String word) {
        return head.words(field).stream().anyMatch(word::equalsIgnoreCase);
    }

    private static boolean isKey(List<String> values) {
        try {
            return values.size() == 1 && Base64.getDecoder().decode(values.getFirst()).length == 16;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean wants(RequestHead head) {
        var offered = head.words("sec-websocket-protocol");
        return offered.isEmpty() || SubProtocol.firstOf(offered).isPresent();
    }

    private static Wanted wanted(RequestHead head) {
        return new Wanted(
                head.target().replaceFirst("\\?.*", ""),
                head.values("origin").stream().findFirst(),
                head.values("sec-websocket-key").getFirst(),
                SubProtocol.firstOf(head.words("sec-websocket-protocol")));
    }
}
