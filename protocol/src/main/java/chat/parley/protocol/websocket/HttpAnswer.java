package chat.parley.protocol.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a request for a WebSocket is answered with.
public final class HttpAnswer {

    private HttpAnswer() {}

    /// Frames follow: RFC 6455 4.2.2. No extension is ever agreed on.
    ///
    /// @param accept made of the key
    public static byte[] switching(String accept, Optional<SubProtocol> subProtocol) {
        return bytes(
                "HTTP/1.1 101 Switching Protocols\r\n"
                        + "Upgrade: websocket\r\n"
                        + "Connection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: "
                        + accept
                        + "\r\n"
                        + subProtocol
                                .map(it -> "Sec-WebSocket-Protocol: " + it.wire() + "\r\n")
                                .orElse("")
                        + "\r\n");
    }

    /// The end of it, with a text for whoever looks.
    public static byte[] refusing(Refusal why) {
        var text = why.text() + "\n";
        return bytes(
                "HTTP/1.1 %d %s\r\n".formatted(why.status(), why.phrase())
                        + why.fields()
                        + "Connection: close\r\n"
                        + "Content-Type: text/plain; charset=utf-8\r\n"
                        + "X-Content-Type-Options: nosniff\r\n"
                        + "Content-Length: %d\r\n\r\n".formatted(text.length())
                        + text);
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
