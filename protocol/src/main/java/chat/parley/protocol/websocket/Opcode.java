package chat.parley.protocol.websocket;

import java.util.Arrays;
import java.util.Optional;

/// What a frame is: RFC 6455 5.2.
public enum Opcode {
    CONTINUATION(0),
    TEXT(1),
    BINARY(2),
    CLOSE(8),
    PING(9),
    PONG(10);

    private final int number;

    Opcode(int number) {
        this.number = number;
    }

    /// Empty for those that are reserved.
    static Optional<Opcode> of(int number) {
        return Arrays.stream(values()).filter(each -> each.number == number).findFirst();
    }

    int number() {
        return number;
    }

    /// Whether it is about the connection rather than a part of a message: RFC 6455 5.5.
    public boolean isControl() {
        return number >= CLOSE.number;
    }
}
