package chat.parley.protocol;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The IRCv3 capabilities that Parley speaks, by the names the specifications give them.
public enum Capability {
    ACCOUNT_NOTIFY("account-notify"),
    ACCOUNT_TAG("account-tag"),
    AWAY_NOTIFY("away-notify"),
    BATCH("batch"),
    CAP_NOTIFY("cap-notify"),
    CHANNEL_RENAME("draft/channel-rename"),
    CHATHISTORY("draft/chathistory"),
    CHGHOST("chghost"),
    DRAFT_EXTENDED_MONITOR("draft/extended-monitor"),
    DRAFT_NO_IMPLICIT_NAMES("draft/no-implicit-names"),
    ECHO_MESSAGE("echo-message"),
    EVENT_PLAYBACK("draft/event-playback"),
    EXTENDED_ISUPPORT("draft/extended-isupport"),
    EXTENDED_JOIN("extended-join"),
    EXTENDED_MONITOR("extended-monitor"),
    INVITE_NOTIFY("invite-notify"),
    LABELED_RESPONSE("labeled-response"),
    MESSAGE_REDACTION("draft/message-redaction"),
    MESSAGE_TAGS("message-tags"),
    METADATA("draft/metadata-3"),
    MULTILINE("draft/multiline"),
    MULTI_PREFIX("multi-prefix"),
    NO_IMPLICIT_NAMES("no-implicit-names"),
    ONCE("parley.chat/once"),
    OPER_TAG("draft/oper"),
    PRE_AWAY("draft/pre-away"),
    READ_MARKER("draft/read-marker"),
    SASL("sasl"),
    SEARCH("soju.im/search"),
    SERVER_TIME("server-time"),
    SETNAME("setname"),
    STANDARD_REPLIES("standard-replies"),
    USERHOST_IN_NAMES("userhost-in-names");

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
