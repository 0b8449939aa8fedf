package chat.parley.client.link;

import chat.parley.protocol.Capability;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a server offers (CAP LS) of what is wanted, and what it says besides. For one thread.
final class Offer {

    /// What every mode makes use of. Others change what the daemon says: one that has
    /// draft/chathistory, say, is told nothing of what it missed unless it asks. So a mode names
    /// what it wants besides.
    private static final Set<Capability> ALWAYS =
            EnumSet.of(
                    Capability.ACCOUNT_TAG,
                    Capability.BATCH,
                    Capability.CAP_NOTIFY,
                    Capability.ECHO_MESSAGE,
                    Capability.LABELED_RESPONSE,
                    Capability.MESSAGE_TAGS,
                    Capability.MULTI_PREFIX,
                    Capability.ONCE,
                    Capability.SASL,
                    Capability.SERVER_TIME,
                    Capability.STANDARD_REPLIES);

    private final String mechanism;
    private final Set<Capability> wanted = EnumSet.copyOf(ALWAYS);
    private final Map<Capability, String> offered = new EnumMap<>(Capability.class); // and values
    private boolean namesSasl;

    /// @param mechanism SASL's, by which one logs in: without it SASL is of no use
    /// @param besides what is wanted, too
    Offer(String mechanism, Set<Capability> besides) {
        this.mechanism = mechanism;
        wanted.addAll(besides);
    }

    /// @param nameAndValue as CAP LS 302 has them
    void hear(String nameAndValue) {
        var equals = nameAndValue.indexOf('=');
        var name = equals < 0 ? nameAndValue : nameAndValue.substring(0, equals);
        var value = equals < 0 ? "" : nameAndValue.substring(equals + 1);
        var isSasl = name.equals(Capability.SASL.wire());
        namesSasl |= isSasl;
        var isUnfit =
                isSasl && !value.isEmpty() && !List.of(value.split(",", -1)).contains(mechanism);
        if (!isUnfit) {
            Capability.of(name)
                    .filter(wanted::contains)
                    .ifPresent(capability -> offered.put(capability, value));
        }
    }

    /// Whether it has SASL, by whatever mechanism.
    boolean namesSasl() {
        return namesSasl;
    }

    boolean has(Capability capability) {
        return offered.containsKey(capability);
    }

    boolean isEmpty() {
        return offered.isEmpty();
    }

    /// As CAP REQ takes them.
    String names() {
        return offered.keySet().stream().map(Capability::wire).collect(Collectors.joining(" "));
    }

    /// What is agreed on, each with the value it was offered with.
    Map<Capability, String> values(Set<Capability> enabled) {
        var values = new EnumMap<Capability, String>(Capability.class);
        enabled.forEach(one -> values.put(one, offered.getOrDefault(one, "")));
        return values;
    }
}
