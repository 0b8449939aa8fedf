package chat.parley.daemon.command;

import static chat.parley.daemon.command.CommandSpec.row;

import chat.parley.daemon.chat.Channel;
import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.MemberReplies;
import chat.parley.daemon.chat.Request;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.chat.User;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.util.List;
import java.util.Optional;

/// Coming and going, and who is there: JOIN, PART, NAMES.
final class ChannelCommands {

    /// RFC 2812 3.2.1: JOIN of this leaves all channels.
    private static final String NONE = "0";

    private final Server server;
    private final Channels channels;
    private final ChannelDesk desk;
    private final int channelsPerUser;

    ChannelCommands(Server server, Channels channels, int channelsPerUser) {
        this.server = server;
        this.channels = channels;
        this.desk = new ChannelDesk(channels);
        this.channelsPerUser = channelsPerUser;
    }

    List<CommandSpec> rows() {
        return List.of(
                row(
                        "JOIN",
                        "<channel>{,<channel>} [<key>{,<key>}]",
                        2,
                        "goes into channels; JOIN 0 leaves all of them",
                        this::join),
                row("PART", "<channel>{,<channel>} [<text>]", 2, "leaves channels", this::part),
                row("NAMES", "[<channel>{,<channel>}]", 2, "shows who is there", this::names));
    }

    private void join(Talker talker, Message message, Reply reply) throws InterruptedException {
        var keys = message.param(1).split(",", -1);
        var next = 0;
        for (var given : Shown.list(message, 0)) {
            var key = next < keys.length ? keys[next] : "";
            next++;
            var name = Name.Channel.of(given);
            if (given.equals(NONE)) {
                for (var channel : talker.user().channels()) {
                    part(talker, channel, "", reply);
                }
            } else if (name.isEmpty()) {
                desk.noSuchChannel(reply, given);
            } else if (isFull(talker, name.get())) {
                reply.numeric(
                        Numeric.ERR_TOOMANYCHANNELS,
                        name.get().text(),
                        "At most " + channelsPerUser + " channels: PART one first");
            } else {
                join(talker, name.get(), key, reply);
            }
        }
    }

    private void join(Talker talker, Name.Channel name, String key, Reply reply)
            throws InterruptedException {
        var sentOn = join(talker, name, key, Request.Join.Why.ASKED, reply);
        if (sentOn.isPresent() && !isFull(talker, sentOn.get())) {
            join(talker, sentOn.get(), "", Request.Join.Why.SENT_ON, reply);
        }
    }

    /// Where the channel sends who is not let in, if anywhere.
    private Optional<Name.Channel> join(
            Talker talker, Name.Channel name, String key, Request.Join.Why why, Reply reply)
            throws InterruptedException {
        var settled =
                desk.ask(
                        name,
                        asked ->
                                new Request.Join(
                                        ChannelDesk.asker(talker, reply), name, key, why, asked));
        talker.user().channels().stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst()
                .ifPresent(talker::lastJoined);
        return settled.sentOn();
    }

    private static boolean isIn(User user, Name.Channel name) {
        return user.channels().stream().anyMatch(channel -> channel.name().equals(name));
    }

    private boolean isFull(Talker talker, Name.Channel name) {
        return talker.user().channels().size() >= channelsPerUser && !isIn(talker.user(), name);
    }

    private void part(Talker talker, Message message, Reply reply) throws InterruptedException {
        for (var given : Shown.list(message, 0)) {
            var channel = desk.visible(talker, given);
            if (channel.isEmpty()) {
                desk.noSuchChannel(reply, given);
            } else {
                part(talker, channel.get(), message.param(1), reply);
            }
        }
    }

    private void part(Talker talker, Channel channel, String text, Reply reply)
            throws InterruptedException {
        desk.ask(
                channel,
                settled -> new Request.Part(ChannelDesk.asker(talker, reply), text, settled));
    }

    /// Of several channels there is one end, for all of them (Modern IRC, "NAMES message"); without
    /// a parameter all channels are shown that may be seen (RFC 2812 3.2.5).
    private void names(Talker talker, Message message, Reply reply) throws InterruptedException {
        var given = message.param(0);
        var wanted =
                given.isEmpty()
                        ? channels.all().stream()
                                .filter(channel -> channel.isVisibleTo(talker.user()))
                                .toList()
                        : Shown.list(message, 0).stream()
                                .flatMap(name -> desk.visible(talker, name).stream())
                                .toList();
        for (Channel channel : wanted) { // an unknown channel gives only the end
            desk.ask(
                    channel,
                    settled -> new Request.Names(ChannelDesk.asker(talker, reply), settled));
        }
        reply.line(MemberReplies.endOfNames(server, talker.nick(), Server.shown(given)));
    }
}
