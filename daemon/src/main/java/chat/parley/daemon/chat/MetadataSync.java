package chat.parley.daemon.chat;

import chat.parley.protocol.Message;
import chat.parley.protocol.MessagePrinter;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;

/// Tells a session what is set of all it subscribes to, when a target comes into its sight: a
/// channel it joins, somebody it watches (metadata, "Automatic synchronization"). Any thread.
public final class MetadataSync {

    /// When to ask again for what did not fit.
    public static final int LATER_SECONDS = 5;

    private final MetadataLines lines;
    private final int most;
    private final AtomicLong batches = new AtomicLong();

    /// @param most bytes of one synchronization
    MetadataSync(Server server, int most) {
        this.lines = new MetadataLines(server);
        this.most = most;
    }

    public MetadataLines lines() {
        return lines;
    }

    /// An empty one, to be filled.
    public Snapshot snapshot() {
        return new Snapshot(lines, most);
    }

    /// One batch; or 774, if that would leave the session too little room for what others say.
    /// Nothing for a session that has not negotiated it.
    ///
    /// @param nick whose session it is
    /// @param about what came into sight
    /// @return false if the session is over
    public boolean send(Recipient who, String nick, String about, Collection<Described> targets) {
        if (!MetadataLines.areFor(who)) {
            return true;
        }
        var snapshot = snapshot();
        targets.forEach(target -> snapshot.add(target, who, nick));
        if (snapshot.isTooMuch() || !who.deliverIfRoom(batch(about, snapshot))) {
            var later = lines.later(nick, about, LATER_SECONDS);
            return who.deliver(MessagePrinter.bytes(later));
        }
        snapshot.catchUp(who, nick);
        return true;
    }

    private byte[] batch(String about, Snapshot snapshot) {
        var reference = "m" + batches.incrementAndGet();
        var name = lines.server().name();
        var bytes = new ByteArrayOutputStream(128);
        bytes.writeBytes(
                MessagePrinter.bytes(
                        Message.from(name, "BATCH", "+" + reference, "metadata", about)));
        for (var message : snapshot.messages()) {
            bytes.writeBytes(MessagePrinter.bytes(message.withTag("batch", reference)));
        }
        bytes.writeBytes(MessagePrinter.bytes(Message.from(name, "BATCH", "-" + reference)));
        return bytes.toByteArray();
    }
}
