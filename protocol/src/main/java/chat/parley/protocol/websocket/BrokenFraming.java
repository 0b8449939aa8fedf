package chat.parley.protocol.websocket;

import java.io.IOException;
import java.io.Serial;

/// What a peer sent is not WebSocket, so the wire is broken: RFC 6455 7.1.7, "Fail the WebSocket
/// Connection". The code and a few words are for its close frame.
public final class BrokenFraming extends IOException {

    @Serial private static final long serialVersionUID = 1L;

    private final CloseCode code;
    private final String what;

    BrokenFraming(CloseCode code, String what) {
        super(what);
        this.code = code;
        this.what = what;
    }

    static BrokenFraming protocol(String what) {
        return new BrokenFraming(CloseCode.PROTOCOL_ERROR, what);
    }

    public CloseCode code() {
        return code;
    }

    /// A few words for the peer; nothing that it sent.
    public String what() {
        return what;
    }
}
