package chat.parley.client.link;

import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A connection that is logged in.
///
/// One thread calls [#next], one calls [#send] and [#leave]; they may be the same. Anybody may
/// [#abort].
public final class Session {

    private final Wire wire;
    private final String nick;
    private final Set<Capability> capabilities;

    Session(Wire wire, String nick, Set<Capability> capabilities) {
        this.wire = wire;
        this.nick = nick;
        this.capabilities = Set.copyOf(capabilities);
    }

    public String nick() {
        return nick;
    }

    public Set<Capability> capabilities() {
        return capabilities;
    }

    /// Protocol and cipher suite.
    public String security() {
        return wire.security();
    }

    /// Waits for the next message; empty when the daemon has ended the session.
    public Optional<Message> next() throws IOException {
        return wire.next();
    }

    public void send(Message... messages) throws IOException {
        wire.send(List.of(messages));
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
