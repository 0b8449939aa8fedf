package chat.parley.daemon.session;

import chat.parley.protocol.Secret;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The SASL mechanisms, in the order in which clients are told of them.
enum Mechanism {
    PLAIN,
    EXTERNAL;

    /// As `sasl=` and 908 list them (IRCv3 sasl-3.2).
    static final String LIST =
            Arrays.stream(values()).map(Mechanism::name).collect(Collectors.joining(","));

    static Optional<Mechanism> of(Secret name) {
        return Arrays.stream(values())
                .filter(mechanism -> name.isWord(mechanism.name()))
                .findFirst();
    }
}
