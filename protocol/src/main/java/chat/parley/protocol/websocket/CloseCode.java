package chat.parley.protocol.websocket;

/// Why a connection is closed, as we say it: RFC 6455 7.4.1.
public enum CloseCode {
    NORMAL(1000),
    GOING_AWAY(1001),
    PROTOCOL_ERROR(1002),
    UNSUPPORTED_DATA(1003),
    INVALID_DATA(1007),
    POLICY(1008),
    TOO_BIG(1009),
    INTERNAL_ERROR(1011);

    private final int number;

    CloseCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /// Whether a peer may say this: what is registered for the wire, or left to libraries and
    /// applications (RFC 6455 7.4.2, and the IANA registry for 1012 to 1014).
    static boolean isForTheWire(int number) {
        return (number >= 1000 && number <= 1003)
                || (number >= 1007 && number <= 1014)
                || (number >= 3000 && number <= 4999);
    }
}
