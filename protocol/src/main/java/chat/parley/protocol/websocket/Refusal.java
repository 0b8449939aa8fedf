package chat.parley.protocol.websocket;

/// Why a request does not become a WebSocket: the status (RFC 9110 15) and what a person reads.
public enum Refusal {
    NOT_HTTP(
            400,
            "Bad Request",
            "",
            "This port speaks WebSocket, and what came was not HTTP/1.1. An IRC client that speaks"
                    + " no WebSocket connects to another port of this server."),
    BAD_REQUEST(400, "Bad Request", "", "This is no request for a WebSocket: RFC 6455 4.2.1."),
    BAD_KEY(
            400,
            "Bad Request",
            "",
            "Sec-WebSocket-Key must be there once, 16 bytes in base64: RFC 6455 4.2.1."),
    NO_SUB_PROTOCOL(
            400,
            "Bad Request",
            "",
            "None of the sub-protocols is spoken here: ask for text.ircv3.net or"
                    + " binary.ircv3.net, or for none."),
    ORIGIN(
            403,
            "Forbidden",
            "",
            "Web pages of this origin may not connect. The admin of this server lists those that"
                    + " may in websocket.origins."),
    NOT_FOUND(404, "Not Found", "", "There is no WebSocket at this path: see websocket.path."),
    METHOD(405, "Method Not Allowed", "Allow: GET\r\n", "A WebSocket begins with GET."),
    TARGET_TOO_LONG(414, "URI Too Long", "", "The path is too long."),
    NO_UPGRADE(
            426,
            "Upgrade Required",
            "Connection: Upgrade\r\nUpgrade: websocket\r\n",
            "This is Parley, a chat server, and there is no page here to look at. Web clients for"
                    + " IRC connect here by WebSocket."),
    WEBSOCKET_VERSION(
            426,
            "Upgrade Required",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n",
            "WebSocket is spoken here in version 13 only."),
    TOO_LARGE(431, "Request Header Fields Too Large", "", "The request has too many headers."),
    HTTP_VERSION(505, "HTTP Version Not Supported", "", "HTTP is spoken here in version 1.1 only.");

    private final int status;
    private final String phrase;
    private final String fields;
    private final String text;

    Refusal(int status, String phrase, String fields, String text) {
        this.status = status;
        this.phrase = phrase;
        this.fields = fields;
        this.text = text;
    }

    public int status() {
        return status;
    }

    String phrase() {
        return phrase;
    }

    /// Headers of its own, each with its line ending.
    String fields() {
        return fields;
    }

    String text() {
        return text;
    }
}
