package chat.parley.daemon.command;

import static chat.parley.daemon.command.CommandSpec.row;

import chat.parley.daemon.chat.Channel;
import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.MemberReplies;
import chat.parley.daemon.chat.Request;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.chat.User;
import chat.parley.daemon.session.Talker;
import chat.parley.daemon.store.Memberships;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Coming, going and governing: JOIN, PART, KICK, INVITE, TOPIC, NAMES.
final class ChannelCommands {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelCommands.class);

    static final int LONGEST_TOPIC = 390; // bytes of UTF-8

    private final Server server;
    private final Channels channels;
    private final Directory directory;
    private final Memberships memberships;
    private final int channelsPerUser;

    ChannelCommands(
            Server server,
            Channels channels,
            Directory directory,
            Memberships memberships,
            int channelsPerUser) {
        this.server = server;
        this.channels = channels;
        this.directory = directory;
        this.memberships = memberships;
        this.channelsPerUser = channelsPerUser;
    }

    List<CommandSpec> rows() {
        return List.of(
                row(
                        "JOIN",
                        "<channel>{,<channel>} [<key>{,<key>}]",
                        2,
                        "goes into channels",
                        this::join),
                row("PART", "<channel>{,<channel>} [<text>]", 2, "leaves channels", this::part),
                row(
                        "KICK",
                        "<channel> <nick>{,<nick>} [<text>]",
                        2,
                        "sends people out",
                        this::kick),
                row("INVITE", "<nick> <channel>", 2, "lets somebody in once", this::invite),
                row("TOPIC", "<channel> [<text>]", 2, "shows or changes a topic", this::topic),
                row("NAMES", "[<channel>{,<channel>}]", 2, "shows who is there", this::names));
    }

    private void join(Talker talker, Message message, Reply reply) throws InterruptedException {
        var keys = message.param(1).split(",", -1);
        var next = 0;
        for (var given : Shown.list(message, 0)) {
            var key = next < keys.length ? keys[next] : "";
            next++;
            var name = Name.Channel.of(given);
            if (name.isEmpty()) {
                noSuchChannel(reply, given);
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
        ask(name, settled -> new Request.Join(asker(talker, reply), key, false, settled));
        if (isIn(talker.user(), name)) {
            talker.lastJoined(name);
            remember(() -> memberships.joined(account(talker), name.text()));
        }
    }

    private static boolean isIn(User user, Name.Channel name) {
        return user.channels().stream().anyMatch(channel -> channel.name().equals(name));
    }

    private boolean isFull(Talker talker, Name.Channel name) {
        return talker.user().channels().size() >= channelsPerUser && !isIn(talker.user(), name);
    }

    private void part(Talker talker, Message message, Reply reply) throws InterruptedException {
        for (var given : Shown.list(message, 0)) {
            var channel = visible(talker, given);
            if (channel.isEmpty()) {
                noSuchChannel(reply, given);
                continue;
            }
            var name = channel.get().name();
            ask(name, settled -> new Request.Part(asker(talker, reply), message.param(1), settled));
            remember(() -> memberships.left(account(talker), name.text()));
        }
    }

    private void kick(Talker talker, Message message, Reply reply) throws InterruptedException {
        var channel = visible(talker, message.param(0));
        if (channel.isEmpty()) {
            noSuchChannel(reply, message.param(0));
            return;
        }
        for (var nick : Shown.list(message, 1)) {
            var target = directory.find(nick);
            if (target.isEmpty()) {
                reply.numeric(
                        Numeric.ERR_NOSUCHNICK, Server.shown(nick), "Nobody by that nick is here");
                continue;
            }
            var name = channel.get().name();
            ask(
                    name,
                    settled ->
                            new Request.Kick(
                                    asker(talker, reply), target.get(), message.param(2), settled));
            if (!isIn(target.get(), name)) {
                remember(() -> memberships.left(target.get().account(), name.text()));
            }
        }
    }

    private void invite(Talker talker, Message message, Reply reply) throws InterruptedException {
        var guest = directory.find(message.param(0));
        var channel = visible(talker, message.param(1));
        if (guest.isEmpty()) {
            reply.numeric(
                    Numeric.ERR_NOSUCHNICK,
                    Server.shown(message.param(0)),
                    "Nobody by that nick is here");
        } else if (channel.isEmpty()) {
            noSuchChannel(reply, message.param(1));
        } else {
            ask(
                    channel.get().name(),
                    settled -> new Request.Invite(asker(talker, reply), guest.get(), settled));
        }
    }

    private void topic(Talker talker, Message message, Reply reply) throws InterruptedException {
        var channel = visible(talker, message.param(0));
        if (channel.isEmpty()) {
            noSuchChannel(reply, message.param(0));
        } else if (message.params().size() == 1) {
            ask(
                    channel.get().name(),
                    settled -> new Request.ReadTopic(asker(talker, reply), settled));
        } else if (message.param(1).getBytes(StandardCharsets.UTF_8).length > LONGEST_TOPIC) {
            reply.fail(
                    "TOPIC",
                    "INVALID_PARAMS",
                    channel.get().name().text(),
                    "A topic has at most " + LONGEST_TOPIC + " bytes");
        } else {
            ask(
                    channel.get().name(),
                    settled ->
                            new Request.ChangeTopic(
                                    asker(talker, reply), message.param(1), settled));
        }
    }

    private void names(Talker talker, Message message, Reply reply) throws InterruptedException {
        var targets = Shown.list(message, 0);
        if (targets.isEmpty()) {
            reply.line(MemberReplies.endOfNames(server, talker.nick(), "*"));
        }
        for (var given : targets) {
            var channel = visible(talker, given);
            if (channel.isEmpty()) { // an unknown channel gives only the end
                reply.line(MemberReplies.endOfNames(server, talker.nick(), Server.shown(given)));
            } else {
                ask(
                        channel.get().name(),
                        settled -> new Request.Names(asker(talker, reply), settled));
            }
        }
    }

    private interface Change {
        void run() throws IOException, InterruptedException;
    }

    /// For the next login. The command itself has happened, whether this can be kept or not.
    private static void remember(Change change) throws InterruptedException {
        try {
            change.run();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("channels not remembered");
        }
    }

    private static String account(Talker talker) {
        return talker.user().account();
    }

    /// A channel that somebody is in, and that the talker may know of.
    private Optional<Channel> visible(Talker talker, String given) {
        return Name.Channel.of(given)
                .flatMap(channels::find)
                .filter(channel -> channel.isVisibleTo(talker.user()));
    }

    private static void noSuchChannel(Reply reply, String given) {
        reply.numeric(
                Numeric.ERR_NOSUCHCHANNEL,
                Server.shown(given),
                Name.Channel.of(given).isPresent()
                        ? "No such channel"
                        : "Not the name of a channel: # and up to 63 bytes");
    }

    private static Request.Asker asker(Talker talker, Reply reply) {
        return new Request.Asker(talker.user(), talker, reply.part());
    }

    /// Asks, and waits: the answers are queued at their place in the channel's order.
    private void ask(Name.Channel name, Function<Request.Settled, Request> request)
            throws InterruptedException {
        var settled = new Request.Settled();
        channels.ask(name, request.apply(settled));
        settled.await();
    }
}
