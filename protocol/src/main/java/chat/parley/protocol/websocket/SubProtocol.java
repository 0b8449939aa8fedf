package chat.parley.protocol.websocket;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What the messages are, as the IRCv3 WebSocket specification calls it.
public enum SubProtocol {
    BINARY("binary.ircv3.net", Opcode.BINARY),
    TEXT("text.ircv3.net", Opcode.TEXT);

    private final String wire;
    private final Opcode opcode;

    SubProtocol(String wire, Opcode opcode) {
        this.wire = wire;
        this.opcode = opcode;
    }

    /// Its name in `Sec-WebSocket-Protocol`.
    public String wire() {
        return wire;
    }

    public Opcode opcode() {
        return opcode;
    }

    /// The first we speak too: the specification wants the client's order respected.
    static Optional<SubProtocol> firstOf(List<String> offered) {
        return offered.stream()
                .flatMap(name -> Arrays.stream(values()).filter(each -> each.wire.equals(name)))
                .findFirst();
    }
}
