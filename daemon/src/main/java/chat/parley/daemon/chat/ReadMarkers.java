package chat.parley.daemon.chat;

import chat.parley.daemon.store.Markers;
import chat.parley.protocol.Capability;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessagePrinter;
import chat.parley.protocol.Name;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Up to where a user has read, as its sessions are told (IRCv3 read-marker). Nobody else is told.
///
/// Any thread; each call waits for the log.
public final class ReadMarkers {

    private static final Logger LOG = LoggerFactory.getLogger(ReadMarkers.class);

    private final Server server;
    private final Markers markers;

    public ReadMarkers(Server server, Markers markers) {
        this.server = server;
        this.markers = markers;
    }

    /// MARKREAD as the server says it.
    ///
    /// @param shown the target as it was given
    /// @param folded what it is kept under
    public Message line(User user, String shown, String folded)
            throws IOException, InterruptedException {
        return line(shown, markers.of(CaseMapping.fold(user.account()), folded));
    }

    private Message line(String shown, Optional<Instant> at) {
        var stamp = at.map(moment -> "timestamp=" + Event.timeTag(moment)).orElse("*");
        return Message.from(server.name(), "MARKREAD", shown, stamp);
    }

    /// What a session is told after its own JOIN; nothing if it does not want it.
    Optional<Message> afterJoin(User user, Recipient session, Name.Channel channel)
            throws InterruptedException {
        if (!session.capabilities().has(Capability.READ_MARKER)) {
            return Optional.empty();
        }
        try {
            return Optional.of(line(user, channel.text(), channel.folded()));
        } catch (IOException e) {
            LOG.atError().setCause(e).log("read marker not readable");
            return Optional.empty();
        }
    }

    /// Moves the marker and tells the user's other sessions.
    ///
    /// @return what the session that moved it is told; empty if the user has too many markers
    public Optional<Message> move(
            User user, Recipient mover, String shown, String folded, Instant to)
            throws IOException, InterruptedException {
        var account = CaseMapping.fold(user.account());
        var before = markers.of(account, folded);
        var after = markers.move(account, folded, to);
        if (after.isEmpty()) {
            return Optional.empty();
        }
        var told = line(shown, after);
        if (!after.equals(before)) {
            for (var session : user.sessions()) {
                if (!session.equals(mover) && session.capabilities().has(Capability.READ_MARKER)) {
                    session.deliver(MessagePrinter.bytes(told));
                }
            }
        }
        return Optional.of(told);
    }
}
