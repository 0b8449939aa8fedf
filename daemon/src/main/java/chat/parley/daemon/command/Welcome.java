package chat.parley.daemon.command;

import chat.parley.daemon.chat.Answers;
import chat.parley.daemon.chat.Channel;
import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.Request;
import chat.parley.daemon.session.Need;
import chat.parley.daemon.session.Talker;
import chat.parley.daemon.store.Memberships;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a peer gets right after login: the burst, then the channels its user is in, is remembered
/// in, or must be in.
final class Welcome {

    private static final Logger LOG = LoggerFactory.getLogger(Welcome.class);

    private final ServerReplies replies;
    private final MetadataCommand metadata;
    private final Channels channels;
    private final Memberships memberships;
    private final Replay replay;
    private final Supplier<List<Name.Channel>> autojoin;
    private final int channelsPerUser;

    Welcome(
            ServerReplies replies,
            MetadataCommand metadata,
            Channels channels,
            Memberships memberships,
            Replay replay,
            Supplier<List<Name.Channel>> autojoin,
            int channelsPerUser) {
        this.replies = replies;
        this.metadata = metadata;
        this.channels = channels;
        this.memberships = memberships;
        this.replay = replay;
        this.autojoin = autojoin;
        this.channelsPerUser = channelsPerUser;
    }

    /// Nothing in it is of anybody else.
    void confined(Talker talker, String source, Reply reply) {
        var need = talker.own().need().orElse(Need.PASSWORD);
        reply.fail("*", need.code(), need.how());
        replies.welcome(reply, source);
        reply.numeric(Numeric.ERR_NOMOTD, "The message of the day comes when you are in");
        reply.line(replies.notice(talker.nick(), need.how()));
        reply.done();
    }

    void to(Talker talker, Reply reply) throws InterruptedException {
        if (!talker.own().wasConfined()) {
            replies.welcome(reply, talker.user().source());
        }
        replies.lusers(reply);
        var told = metadata.burst(talker, reply);
        replies.motd(reply);
        reply.done();
        told.catchUp(talker, talker.nick());
        var settled = comeIn(talker);
        for (var each : settled.entrySet()) {
            replay.to(talker, each.getKey(), each.getValue().from(), reply);
        }
        replay.ofConversations(talker, reply);
        var common = autojoin.get();
        talker.user().channels().stream()
                .filter(channel -> common.isEmpty() || channel.name().equals(common.getFirst()))
                .findFirst()
                .ifPresent(talker::lastJoined);
    }

    /// Asks all of the user's channels, and waits for them; once more if one of them got another
    /// name meanwhile.
    private Map<Name.Channel, Request.Settled> comeIn(Talker talker) throws InterruptedException {
        var settled = new LinkedHashMap<Name.Channel, Request.Settled>();
        for (var channel : talker.user().channels()) { // with another session of the user's
            settled.put(channel.name(), attach(talker, channel));
        }
        long renames;
        do {
            renames = channels.renames();
            for (var name : remembered(talker)) {
                var joined = join(talker, name);
                if (settled.putIfAbsent(name, joined) != null) {
                    joined.await();
                }
            }
            for (var request : settled.values()) {
                request.await();
            }
        } while (channels.renames() != renames);
        return settled;
    }

    private Request.Settled attach(Talker talker, Channel channel) throws InterruptedException {
        var settled = new Request.Settled();
        channels.ask(channel, new Request.Attach(talker.user(), talker, settled));
        return settled;
    }

    private Request.Settled join(Talker talker, Name.Channel name) throws InterruptedException {
        var settled = new Request.Settled();
        var asker = new Request.Asker(talker.user(), talker, Answers.plainly(talker));
        channels.ask(name, new Request.Join(asker, name, "", Request.Join.Why.RETURNING, settled));
        return settled;
    }

    private Set<Name.Channel> remembered(Talker talker) throws InterruptedException {
        var names = new LinkedHashSet<>(autojoin.get());
        try {
            memberships.of(talker.user().account()).stream()
                    .flatMap(name -> Name.Channel.of(name).stream())
                    .limit(channelsPerUser)
                    .forEach(names::add);
        } catch (IOException e) { // the peer is in, if not everywhere it was
            LOG.atError().setCause(e).log("channels of an account not readable");
        }
        return names;
    }
}
