package chat.parley.client.link;

import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.PasswordAndCode;
import chat.parley.protocol.PasswordPair;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A connection that is logged in.
///
/// One thread calls [#next], one calls [#send] and [#leave]; they may be the same. Anybody may
/// [#abort].
public final class Session {

    private final Wire wire;
    private final Deque<Message> unread = new ArrayDeque<>(); // heard while waiting for another
    private final String nick;
    private final Map<Capability, String> capabilities;
    private final boolean hasAccount;

    /// @param capabilities what was agreed on, each with the value it was offered with
    /// @param hasAccount whether the server looked who this is
    Session(Wire wire, String nick, Map<Capability, String> capabilities, boolean hasAccount) {
        this.hasAccount = hasAccount;
        this.wire = wire;
        this.nick = nick;
        this.capabilities = Map.copyOf(capabilities);
    }

    public String nick() {
        return nick;
    }

    /// Whether one is logged in, and not only there by one's nick.
    public boolean hasAccount() {
        return hasAccount;
    }

    /// What was agreed on, each with the value it was offered with.
    public Map<Capability, String> agreed() {
        return capabilities;
    }

    public Set<Capability> capabilities() {
        return capabilities.keySet();
    }

    /// What was said of a capability when it was offered, such as limits; empty for nothing.
    public String value(Capability capability) {
        return capabilities.getOrDefault(capability, "");
    }

    /// How this connection is secured, and who is there.
    public Security security() {
        return wire.security();
    }

    /// Waits for the next message; empty when the daemon has ended the session.
    public Optional<Message> next() throws IOException {
        var first = unread.poll();
        return first == null ? wire.next() : Optional.of(first);
    }

    public void send(Message... messages) throws IOException {
        wire.send(List.of(messages));
    }

    /// Says PASSWD and waits for the answer; what comes before it is there for [#next] afterwards.
    ///
    /// @param old empty where it was shown by logging in
    /// @return why not; empty if the new password holds
    public Optional<String> changePassword(Optional<Secret> old, Secret wanted) throws IOException {
        wire.secret(PasswordPair.line(old, wanted));
        var lastWords = "the daemon ended the connection";
        var before = new ArrayList<Message>();
        while (true) {
            var next = wire.next();
            if (next.isEmpty()) {
                return Optional.of(lastWords);
            }
            var heard = next.get();
            var last = heard.params().isEmpty() ? heard.command() : heard.params().getLast();
            switch (heard.command()) {
                case "PING" -> send(Message.of("PONG", heard.param(0)));
                case "ERROR" -> lastWords = last;
                case "NOTE" -> {
                    if (heard.param(0).equals("PASSWD")) {
                        unread.addAll(before);
                        return Optional.empty();
                    }
                }
                case "FAIL" -> {
                    if (heard.param(0).equals("PASSWD")) {
                        unread.addAll(before);
                        return Optional.of(last);
                    }
                }
                case "421" -> {
                    return Optional.of("the daemon knows no PASSWD");
                }
                default -> before.add(heard);
            }
        }
    }

    /// Says a command whose last parameter is secret, so that it never becomes text.
    ///
    /// @param head all that stands before it
    /// @param parts stand one right after the other; wiped here
    public void sendSecret(String head, Secret... parts) throws IOException {
        wire.secret(head, PasswordAndCode.bytes(parts));
    }

    void send(List<Message> messages) throws IOException {
        wire.send(messages);
    }

    /// Says QUIT and closes in good order; takes a second at most, and fails silently: it is over.
    public void leave(String reason) {
        try {
            wire.send(List.of(reason.isEmpty() ? Message.of("QUIT") : Message.of("QUIT", reason)));
        } catch (IOException _) {
            // the daemon was faster
        }
        wire.close();
    }

    /// Ends now, without a word; never blocks.
    public void abort() {
        wire.abort();
    }
}
