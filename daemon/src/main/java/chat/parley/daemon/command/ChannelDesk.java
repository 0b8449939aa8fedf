package chat.parley.daemon.command;

import chat.parley.daemon.chat.Channel;
import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.Request;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.util.Optional;
import java.util.function.Function;

/// How the handlers of commands find channels and ask them. Any reader's thread; holds nothing.
final class ChannelDesk {

    private final Channels channels;

    ChannelDesk(Channels channels) {
        this.channels = channels;
    }

    /// A channel that somebody is in, and that the talker may know of.
    Optional<Channel> visible(Talker talker, String given) {
        return Name.Channel.of(given)
                .flatMap(channels::find)
                .filter(channel -> channel.isVisibleTo(talker.user()));
    }

    void noSuchChannel(Reply reply, String given) {
        reply.numeric(
                Numeric.ERR_NOSUCHCHANNEL,
                Server.shown(given),
                Name.Channel.of(given).isPresent()
                        ? "No such channel"
                        : "Not the name of a channel: # and up to 63 bytes");
    }

    void noSuchNick(Reply reply, String given) {
        reply.numeric(Numeric.ERR_NOSUCHNICK, Server.shown(given), "Nobody by that nick is here");
    }

    static Request.Asker asker(Talker talker, Reply reply) {
        return new Request.Asker(talker.user(), talker, reply.part());
    }

    /// Asks, and waits: the answers are queued at their place in the channel's order.
    void ask(Channel channel, Function<Request.Settled, Request> request)
            throws InterruptedException {
        var settled = new Request.Settled();
        channels.ask(channel, request.apply(settled));
        settled.await();
    }

    /// The same by name, for a channel that need not be there yet. What came of it.
    Request.Settled ask(Name.Channel name, Function<Request.Settled, Request> request)
            throws InterruptedException {
        Request.Settled settled;
        do {
            settled = new Request.Settled();
            channels.ask(name, request.apply(settled));
            settled.await();
        } while (settled.isAstray());
        return settled;
    }
}
