package chat.parley.daemon.command;

import static chat.parley.daemon.command.CommandSpec.row;

import chat.parley.daemon.chat.Channel;
import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Request;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What members do to a channel and to each other: KICK, INVITE, RENAME, TOPIC.
final class GoverningCommands {

    static final int LONGEST_TOPIC = 390; // bytes of UTF-8

    private final Channels channels;
    private final ChannelDesk desk;
    private final Directory directory;

    GoverningCommands(Channels channels, Directory directory) {
        this.channels = channels;
        this.desk = new ChannelDesk(channels);
        this.directory = directory;
    }

    List<CommandSpec> rows() {
        return List.of(
                row(
                        "KICK",
                        "<channel>{,<channel>} <nick>{,<nick>} [<text>]",
                        2,
                        "sends people out",
                        this::kick),
                row(
                        "INVITE",
                        "[<nick> <channel>]",
                        2,
                        "lets somebody in once, or lists one's own invitations",
                        this::invite),
                row(
                        "RENAME",
                        "<channel> <new name> [<text>]",
                        10,
                        "gives a channel another name",
                        this::rename),
                row("TOPIC", "<channel> [<text>]", 2, "shows or changes a topic", this::topic));
    }

    /// RFC 2812 3.2.8: one channel and any number of nicks, or as many channels as nicks.
    private void kick(Talker talker, Message message, Reply reply) throws InterruptedException {
        var names = Shown.words(message, 0);
        var nicks = Shown.words(message, 1);
        if (names.size() > 1 && names.size() != nicks.size()) {
            reply.numeric(Numeric.ERR_NEEDMOREPARAMS, "KICK", "One channel, or one for each nick");
            return;
        }
        for (var i = 0; i < nicks.size(); i++) {
            var name = names.get(names.size() == 1 ? 0 : i);
            var channel = desk.visible(talker, name);
            if (channel.isPresent()) {
                kick(talker, channel.get(), nicks.get(i), message.param(2), reply);
            } else {
                desk.noSuchChannel(reply, name);
                if (names.size() == 1) {
                    return;
                }
            }
        }
    }

    private void kick(Talker talker, Channel channel, String nick, String text, Reply reply)
            throws InterruptedException {
        var target = directory.find(nick);
        if (target.isEmpty()) {
            desk.noSuchNick(reply, nick);
            return;
        }
        desk.ask(
                channel,
                settled ->
                        new Request.Kick(
                                ChannelDesk.asker(talker, reply), target.get(), text, settled));
    }

    private void invite(Talker talker, Message message, Reply reply) throws InterruptedException {
        if (message.params().isEmpty()) {
            invitations(talker, reply);
            return;
        }
        if (message.params().size() == 1) {
            reply.numeric(
                    Numeric.ERR_NEEDMOREPARAMS, "INVITE", "To which channel? INVITE nick channel");
            return;
        }
        var guest = directory.find(message.param(0));
        var channel = desk.visible(talker, message.param(1));
        if (guest.isEmpty()) {
            desk.noSuchNick(reply, message.param(0));
        } else if (channel.isEmpty()) {
            desk.noSuchChannel(reply, message.param(1));
        } else {
            desk.ask(
                    channel.get(),
                    settled ->
                            new Request.Invite(
                                    ChannelDesk.asker(talker, reply), guest.get(), settled));
        }
    }

    /// Modern IRC, "INVITE message": without parameters, where one is invited to.
    private void invitations(Talker talker, Reply reply) {
        channels.all().stream()
                .filter(channel -> channel.summary().isInvited(talker.user()))
                .forEach(channel -> reply.numeric(Numeric.RPL_INVITELIST, channel.name().text()));
        reply.numeric(Numeric.RPL_ENDOFINVITELIST, "End of /INVITE list");
    }

    private void rename(Talker talker, Message message, Reply reply) throws InterruptedException {
        var channel = desk.visible(talker, message.param(0));
        var name = Name.Channel.of(message.param(1));
        if (channel.isEmpty()) {
            desk.noSuchChannel(reply, message.param(0));
        } else if (name.isEmpty()) {
            reply.fail(
                    "RENAME",
                    "CANNOT_RENAME",
                    channel.get().name().text(),
                    Server.shown(message.param(1)),
                    "Not the name of a channel, or one that looks like another's");
        } else {
            var asker = new Request.Asker(talker.user(), talker, reply.handOver());
            desk.ask(
                    channel.get(),
                    settled -> new Request.Rename(asker, name.get(), message.param(2), settled));
        }
    }

    private void topic(Talker talker, Message message, Reply reply) throws InterruptedException {
        var channel = desk.visible(talker, message.param(0));
        if (channel.isEmpty()) {
            desk.noSuchChannel(reply, message.param(0));
        } else if (message.params().size() == 1) {
            desk.ask(
                    channel.get(),
                    settled -> new Request.ReadTopic(ChannelDesk.asker(talker, reply), settled));
        } else if (message.param(1).getBytes(StandardCharsets.UTF_8).length > LONGEST_TOPIC) {
            reply.fail(
                    "TOPIC",
                    "INVALID_PARAMS",
                    channel.get().name().text(),
                    "A topic has at most " + LONGEST_TOPIC + " bytes");
        } else {
            desk.ask(
                    channel.get(),
                    settled ->
                            new Request.ChangeTopic(
                                    ChannelDesk.asker(talker, reply), message.param(1), settled));
        }
    }
}
