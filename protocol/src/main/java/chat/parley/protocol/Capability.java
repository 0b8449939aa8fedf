package chat.parley.protocol;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The IRCv3 capabilities that Parley speaks, by the names the specifications give them.
public enum Capability {
    BATCH("batch"),
    CAP_NOTIFY("cap-notify"),
    ECHO_MESSAGE("echo-message"),
    LABELED_RESPONSE("labeled-response"),
    MESSAGE_TAGS("message-tags"),
    SASL("sasl"),
    SERVER_TIME("server-time");

    private static final Map<String, Capability> BY_NAME =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Capability::wire, Function.identity()));

    private final String wire;

    Capability(String wire) {
        this.wire = wire;
    }

    /// The name on the wire.
    public String wire() {
        return wire;
    }

    public static Optional<Capability> of(String wire) {
        return Optional.ofNullable(BY_NAME.get(wire));
    }
}
