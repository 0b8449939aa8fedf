package chat.parley.daemon.command;

import static chat.parley.daemon.command.CommandSpec.row;

import chat.parley.daemon.chat.Channel;
import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.MemberReplies;
import chat.parley.daemon.chat.Request;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.Talker;
import chat.parley.daemon.store.Memberships;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Channels: JOIN, PART, TOPIC, NAMES, LIST, and what MODE can tell.
final class ChannelCommands {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelCommands.class);

    static final int LONGEST_TOPIC = 390; // bytes of UTF-8

    private final Server server;
    private final Channels channels;
    private final Memberships memberships;
    private final int channelsPerUser;

    ChannelCommands(
            Server server, Channels channels, Memberships memberships, int channelsPerUser) {
        this.server = server;
        this.channels = channels;
        this.memberships = memberships;
        this.channelsPerUser = channelsPerUser;
    }

    List<CommandSpec> rows() {
        return List.of(
                row("JOIN", "<channel>{,<channel>}", 2, "goes into channels", this::join),
                row("PART", "<channel>{,<channel>} [<text>]", 2, "leaves channels", this::part),
                row("TOPIC", "<channel> [<text>]", 2, "shows or changes a topic", this::topic),
                row("NAMES", "[<channel>{,<channel>}]", 2, "shows who is there", this::names),
                row("LIST", "[<channel>{,<channel>}]", 3, "shows the channels", this::list),
                row("MODE", "<channel or nick> [<change>]", 1, "shows the modes", this::mode));
    }

    private void join(Talker talker, Message message, Reply reply) throws InterruptedException {
        for (var given : targets(message)) {
            var name = Name.Channel.of(given);
            if (name.isEmpty()) {
                noSuchChannel(reply, given);
            } else if (isFull(talker, name.get())) {
                reply.numeric(
                        Numeric.ERR_TOOMANYCHANNELS,
                        name.get().text(),
                        "At most " + channelsPerUser + " channels: PART one first");
            } else {
                ask(name.get(), settled -> joinRequest(talker, reply, settled));
                talker.lastJoined(name.get());
                remember(() -> memberships.joined(account(talker), name.get().text()));
            }
        }
    }

    private static Request joinRequest(Talker talker, Reply reply, Request.Settled settled) {
        return new Request.Join(asker(talker, reply), settled);
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

    private boolean isFull(Talker talker, Name.Channel name) {
        var mine = talker.user().channels();
        return mine.size() >= channelsPerUser
                && mine.stream().noneMatch(channel -> channel.name().equals(name));
    }

    private void part(Talker talker, Message message, Reply reply) throws InterruptedException {
        for (var given : targets(message)) {
            var name = existing(given);
            if (name == null) {
                noSuchChannel(reply, given);
                continue;
            }
            ask(name, settled -> new Request.Part(asker(talker, reply), message.param(1), settled));
            remember(() -> memberships.left(account(talker), name.text()));
        }
    }

    private void topic(Talker talker, Message message, Reply reply) throws InterruptedException {
        var name = existing(message.param(0));
        if (name == null) {
            noSuchChannel(reply, message.param(0));
        } else if (message.params().size() == 1) {
            ask(name, settled -> new Request.ReadTopic(asker(talker, reply), settled));
        } else if (message.param(1).getBytes(StandardCharsets.UTF_8).length > LONGEST_TOPIC) {
            reply.fail(
                    "TOPIC",
                    "INVALID_PARAMS",
                    name.text(),
                    "A topic has at most " + LONGEST_TOPIC + " bytes");
        } else {
            ask(
                    name,
                    settled ->
                            new Request.ChangeTopic(
                                    asker(talker, reply), message.param(1), settled));
        }
    }

    private void names(Talker talker, Message message, Reply reply) throws InterruptedException {
        var targets = targets(message);
        if (targets.isEmpty()) {
            reply.line(MemberReplies.endOfNames(server, talker.nick(), "*"));
        }
        for (var given : targets) {
            var name = existing(given);
            if (name == null) { // an unknown channel gives only the end
                reply.line(MemberReplies.endOfNames(server, talker.nick(), shown(given)));
            } else {
                ask(name, settled -> new Request.Names(asker(talker, reply), settled));
            }
        }
    }

    private void list(Talker talker, Message message, Reply reply) {
        var wanted = targets(message);
        reply.numeric(Numeric.RPL_LISTSTART, "Channel", "Users  Name");
        for (var channel : channels.all()) {
            var summary = channel.summary();
            var named =
                    wanted.isEmpty()
                            || wanted.stream()
                                    .flatMap(given -> Name.Channel.of(given).stream())
                                    .anyMatch(channel.name()::equals);
            if (named && summary.members() > 0) {
                reply.numeric(
                        Numeric.RPL_LIST,
                        channel.name().text(),
                        Integer.toString(summary.members()),
                        summary.topic());
            }
        }
        reply.numeric(Numeric.RPL_LISTEND, "End of /LIST");
    }

    /// The modes are what they are: +n, only members speak.
    private void mode(Talker talker, Message message, Reply reply) {
        var target = message.param(0);
        if (Name.looksLikeChannel(target)) {
            channelMode(target, message, reply);
        } else if (!target.equalsIgnoreCase(talker.nick())) {
            reply.numeric(Numeric.ERR_USERSDONTMATCH, "Another user's modes are not shown");
        } else if (message.params().size() == 1) {
            reply.numeric(Numeric.RPL_UMODEIS, "+");
        } else {
            reply.numeric(Numeric.ERR_UMODEUNKNOWNFLAG, "There are no user modes");
        }
    }

    private void channelMode(String target, Message message, Reply reply) {
        var name = existing(target);
        if (name == null) {
            noSuchChannel(reply, target);
            return;
        }
        var change = message.param(1).replaceFirst("^[+-]", "");
        if (change.isEmpty()) {
            reply.numeric(Numeric.RPL_CHANNELMODEIS, name.text(), "+n");
        } else if (change.equals("b") && message.params().size() == 2) {
            reply.numeric(Numeric.RPL_ENDOFBANLIST, name.text(), "Nobody is banned here");
        } else {
            reply.numeric(
                    Numeric.ERR_UNKNOWNMODE,
                    change.substring(0, 1).isBlank() ? "?" : change.substring(0, 1),
                    "is not a mode that can be changed here");
        }
    }

    /// The name of a channel that somebody is in; null for any other.
    private Name.@Nullable Channel existing(String given) {
        return Name.Channel.of(given).flatMap(channels::find).map(Channel::name).orElse(null);
    }

    private void noSuchChannel(Reply reply, String given) {
        reply.numeric(
                Numeric.ERR_NOSUCHCHANNEL,
                shown(given),
                Name.Channel.of(given).isPresent()
                        ? "No such channel"
                        : "Not the name of a channel: # and up to 63 bytes");
    }

    /// As it may stand in the middle of a reply.
    private static String shown(String given) {
        return given.isEmpty() || given.startsWith(":") || given.indexOf(' ') >= 0 ? "*" : given;
    }

    private static Set<String> targets(Message message) {
        var targets = new LinkedHashSet<String>();
        for (var target : message.param(0).split(",", -1)) {
            if (!target.isEmpty()) {
                targets.add(target);
            }
        }
        return targets;
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
