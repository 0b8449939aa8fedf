package chat.parley.daemon.command;

import chat.parley.daemon.chat.Remembered;
import chat.parley.daemon.chat.Request;
import chat.parley.daemon.session.Talker;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Deliveries;
import chat.parley.daemon.store.Deliveries.Delivered;
import chat.parley.daemon.store.Deliveries.Device;
import chat.parley.protocol.Capability;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Name;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a device missed in a channel since it was last here, told once, right after it has come in;
/// for those that cannot ask. Bots are not told: they would answer.
///
/// Runs on the session's reader.
final class Replay {

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

    private final Deliveries deliveries;
    private final IntSupplier lines;

    /// @param lines how many at most for each channel; 0 for none
    Replay(Deliveries deliveries, IntSupplier lines) {
        this.deliveries = deliveries;
        this.lines = lines;
    }

    /// @param from the newest entry that the session was not told by the channel itself
    void to(Talker talker, Name.Channel channel, long from, Reply reply)
            throws InterruptedException {
        if (from == Request.Settled.NOT_HERE) {
            return;
        }
        var device = new Device(CaseMapping.fold(talker.user().account()), talker.device());
        var stream = new Stream.OfChannel(channel.folded());
        try {
            var most = lines.getAsInt();
            if (most > 0 && !asks(talker) && !talker.isBot()) {
                var missed = deliveries.missed(device, stream, from, most);
                if (!missed.isEmpty()) {
                    var events = missed.stream().map(Remembered::event).toList();
                    reply.batch(List.of("chathistory", channel.text()), events);
                    reply.done();
                }
            }
            deliveries.delivered(List.of(new Delivered(device, stream, from, Optional.empty())));
        } catch (IOException e) { // the peer is in, if not up to date
            LOG.atError().setCause(e).log("what a device missed is not readable");
        }
    }

    private static boolean asks(Talker talker) {
        return talker.capabilities().has(Capability.CHATHISTORY);
    }
}
