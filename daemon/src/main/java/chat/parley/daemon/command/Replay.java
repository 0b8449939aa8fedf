package chat.parley.daemon.command;

import chat.parley.daemon.chat.Ctcp;
import chat.parley.daemon.chat.DirectMessages;
import chat.parley.daemon.chat.Event;
import chat.parley.daemon.chat.Remembered;
import chat.parley.daemon.chat.Request;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.Talker;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Deliveries;
import chat.parley.daemon.store.Deliveries.Delivered;
import chat.parley.daemon.store.Deliveries.Device;
import chat.parley.daemon.store.DirectLog;
import chat.parley.daemon.store.Missed;
import chat.parley.protocol.Capability;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Name;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a device missed since it was last here, told once, right after it has come in: in each
/// channel, and what was said to its account and by it; for those that cannot ask. Bots are not
/// told: they would answer.
///
/// That it was told is noted by [chat.parley.daemon.chat.Recipient#isUpToDate], once it has
/// arrived: a connection that breaks now leaves it to be told again.
///
/// Runs on the session's reader.
final class Replay {

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

    private final Server server;
    private final Deliveries deliveries;
    private final DirectMessages directMessages;
    private final DirectLog direct;
    private final IntSupplier lines;

    /// @param lines how many at most for each channel and each conversation; 0 for none
    Replay(
            Server server,
            Deliveries deliveries,
            DirectMessages directMessages,
            DirectLog direct,
            IntSupplier lines) {
        this.server = server;
        this.deliveries = deliveries;
        this.directMessages = directMessages;
        this.direct = direct;
        this.lines = lines;
    }

    /// @param from the newest entry that the session was not told by the channel itself
    void to(Talker talker, Name.Channel channel, long from, Reply reply)
            throws InterruptedException {
        if (from == Request.Settled.NOT_HERE) {
            return;
        }
        var device = device(talker);
        var stream = new Stream.OfChannel(channel.folded());
        try {
            var most = most(talker);
            var missed =
                    most > 0 ? deliveries.missed(device, stream, from, most) : Missed.none(stream);
            tell(talker, channel.text(), missed, reply);
            if (missed.newest().isEmpty()) {
                deliveries.delivered(
                        List.of(new Delivered(device, stream, from, Optional.empty())));
            }
        } catch (IOException e) { // the peer is in, if not up to date
            LOG.atError().setCause(e).log("what a device missed is not readable");
        }
    }

    /// What was said between its account and others; from then on it hears that by itself.
    void ofConversations(Talker talker, Reply reply) throws InterruptedException {
        var from = directMessages.arrive(talker.user(), talker).from();
        if (from == Request.Settled.NOT_HERE) {
            return;
        }
        var device = device(talker);
        try {
            var most = most(talker);
            var since = talker.user().person().since();
            var all = most > 0 ? direct.missed(device, since, from, most) : List.<Missed>of();
            for (var missed : all) {
                tell(talker, other(missed, device), missed, reply);
            }
            // Even if it is told again: it was here, so what its account misses is not new any
            // more.
            direct.told(List.of(new DirectLog.Told(device, all.isEmpty() ? from : 0)));
        } catch (IOException e) { // the peer is in, if not up to date
            LOG.atError().setCause(e).log("what a device missed is not readable");
        }
    }

    private static Device device(Talker talker) {
        return new Device(CaseMapping.fold(talker.user().account()), talker.device());
    }

    private int most(Talker talker) {
        var asks = talker.capabilities().has(Capability.CHATHISTORY);
        return asks || talker.isBot() ? 0 : lines.getAsInt();
    }

    /// With whom a conversation is, as it is written where that is known.
    private static String other(Missed missed, Device device) {
        return missed.newest().stream()
                .map(Kept::entry)
                .map(entry ->
                        CaseMapping.same(entry.account(), device.account())
                                ? entry.target()
                                : entry.account())
                .findFirst()
                .orElseGet(() ->
                        switch (missed.stream()) {
                            case Stream.OfChannel(var folded) -> folded;
                            case Stream.OfPair(var first, var second) ->
                                    first.equals(device.account()) ? second : first;
                        });
    }

    private void tell(Talker talker, String where, Missed missed, Reply reply) {
        if (missed.older() > 0) {
            reply.line(server.notice(talker.nick(), older(where, missed.older())));
        }
        var stamped = !talker.capabilities().has(Capability.SERVER_TIME);
        List<Event> events =
                missed.newest().stream()
                        .filter(kept -> !isQuestion(kept))
                        .map(kept -> stamped ? Remembered.stamped(kept) : Remembered.event(kept))
                        .toList();
        if (!events.isEmpty()) {
            reply.batch(List.of("chathistory", where), events);
        }
        reply.done();
    }

    /// What one client asked another then; a client that is told now would answer.
    private static boolean isQuestion(Kept kept) {
        return kept.entry().stream() instanceof Stream.OfPair
                && Ctcp.isRequest(kept.entry().text());
    }

    private static String older(String where, int older) {
        var many = older >= Missed.MANY ? "over " + (Missed.MANY - 1) : Integer.toString(older);
        return "You missed %s older %s %s %s that %s not shown here"
                .formatted(
                        many,
                        older == 1 ? "message" : "messages",
                        Name.looksLikeChannel(where) ? "in" : "with",
                        where,
                        older == 1 ? "is" : "are");
    }
}
