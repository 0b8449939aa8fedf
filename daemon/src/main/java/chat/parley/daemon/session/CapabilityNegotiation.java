package chat.parley.daemon.session;

import chat.parley.daemon.chat.Server;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessagePrinter;
import chat.parley.protocol.Numeric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// CAP: what the session has negotiated (IRCv3 capability-negotiation). Belongs to the session's
/// reader; others may read [#enabled].
public final class CapabilityNegotiation {

    private static final int LONGEST = 512; // of a line, CR LF included: RFC 2812 2.3

    private final Server server;
    private final Map<Capability, String> values;
    private volatile Capabilities enabled = Capabilities.NONE;
    private volatile Set<String> subscriptions = Set.of();
    private boolean open;
    private boolean withValues; // version 302 or later was named

    CapabilityNegotiation(
            Server server, DaemonConfig.Multiline multiline, DaemonConfig.Metadata metadata) {
        this.server = server;
        this.values =
                Map.of(
                        Capability.SASL,
                        Mechanism.LIST,
                        Capability.MULTILINE,
                        "max-bytes=%d,max-lines=%d"
                                .formatted(multiline.bytes().bytes(), multiline.lines()),
                        Capability.METADATA,
                        "before-connect,max-subs=%d,max-keys=%d,max-key-bytes=%d,max-value-bytes=%d"
                                .formatted(
                                        metadata.subscriptions(),
                                        metadata.keys(),
                                        metadata.keySize().bytes(),
                                        metadata.valueSize().bytes()));
    }

    /// What is on now. Any thread.
    public Capabilities enabled() {
        return enabled;
    }

    /// The metadata keys that the session subscribes to. Any thread.
    public Set<String> subscriptions() {
        return subscriptions;
    }

    public void subscriptions(Collection<String> keys) {
        subscriptions = Collections.unmodifiableSet(new LinkedHashSet<>(keys));
    }

    /// Whether registration waits for CAP END.
    boolean isOpen() {
        return open;
    }

    /// Forgets that CAP END is waited for.
    void close() {
        open = false;
    }

    /// The answer to one CAP command; none to END.
    ///
    /// @param nick as replies address the peer; `*` before registration
    public List<Message> answer(String nick, Message cap) {
        var subcommand = cap.param(0).toUpperCase(Locale.ROOT);
        return switch (subcommand) {
            case "LS" -> list(nick, cap.param(1));
            case "LIST" -> reply(nick, "LIST", enabled.stream().map(Capability::wire).toList());
            case "REQ" -> List.of(request(nick, cap.param(1)));
            case "END" -> {
                open = false;
                yield List.of();
            }
            default ->
                    List.of(
                            server.numeric(
                                    Numeric.ERR_INVALIDCAPCMD,
                                    nick,
                                    Server.shown(subcommand),
                                    "Use CAP LS, LIST, REQ or END"));
        };
    }

    private List<Message> list(String nick, String version) {
        open = true;
        if (isAtLeast302(version)) {
            withValues = true;
            // "cap-notify … implicitly enabled" by CAP LS 302
            enabled = enabled.with(Capability.CAP_NOTIFY);
        }
        var all = Arrays.stream(Capability.values()).map(this::advertised).toList();
        return reply(nick, "LS", all);
    }

    /// "Multiline replies to CAP LS and CAP LIST" are for who has named version 302; for the others
    /// it is one line, however long.
    private List<Message> reply(String nick, String subcommand, List<String> words) {
        var lines = new ArrayList<Message>();
        var text = new StringBuilder();
        for (var word : words) {
            var longer = reply(nick, subcommand, "* :" + text + " " + word);
            if (withValues && MessagePrinter.bytes(longer).length > LONGEST) {
                lines.add(
                        Message.from(server.name(), "CAP", nick, subcommand, "*", text.toString()));
                text.setLength(0);
            }
            text.append(text.isEmpty() ? "" : " ").append(word);
        }
        lines.add(reply(nick, subcommand, text.toString()));
        return lines;
    }

    private static boolean isAtLeast302(String version) {
        return version.length() >= 3
                && version.length() <= 9
                && version.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(version) >= 302;
    }

    private String advertised(Capability capability) {
        var value = withValues ? values.get(capability) : null;
        return value == null ? capability.wire() : capability.wire() + "=" + value;
    }

    /// All or nothing, and the list comes back exactly as it was sent.
    private Message request(String nick, String list) {
        open = true;
        var changed = enabled;
        for (var word : list.split(" ", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            var off = word.startsWith("-");
            var capability = Capability.of(off ? word.substring(1) : word);
            if (capability.isEmpty() || (off && mustStay(capability.get()))) {
                return reply(nick, "NAK", list);
            }
            changed = off ? changed.without(capability.get()) : changed.with(capability.get());
        }
        if (!changed.has(Capability.METADATA) || !changed.has(Capability.BATCH)) {
            subscriptions = Set.of(); // metadata, "draft/metadata-3 Capability"
        }
        enabled = changed;
        return reply(nick, "ACK", list);
    }

    /// "Clients that requested version 302 MUST NOT be able to disable cap-notify".
    private boolean mustStay(Capability capability) {
        return capability == Capability.CAP_NOTIFY && withValues;
    }

    private Message reply(String nick, String subcommand, String text) {
        return Message.from(server.name(), "CAP", nick, subcommand, text);
    }
}
