package chat.parley.daemon.command;

import chat.parley.daemon.chat.Addressee;
import chat.parley.daemon.chat.Channel;
import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.DirectMessages;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Request;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.Talker;
import chat.parley.daemon.store.ChannelLog;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.util.Map;
import java.util.Optional;

/// REDACT (IRCv3 message-redaction): takes back what was said. What it said leaves the database.
///
/// Who cannot read a place gets the same answer whether it exists or not, and whatever is in it.
final class RedactCommand {

    private final Server server;
    private final Channels channels;
    private final Directory directory;
    private final DirectMessages directMessages;

    RedactCommand(
            Server server, Channels channels, Directory directory, DirectMessages directMessages) {
        this.server = server;
        this.channels = channels;
        this.directory = directory;
        this.directMessages = directMessages;
    }

    CommandSpec row() {
        return CommandSpec.row(
                "REDACT",
                "<target> <msgid> [<reason>]",
                2,
                "takes back what was said: it is deleted",
                this::run);
    }

    private void run(Talker talker, Message message, Reply reply) throws InterruptedException {
        var target = message.param(0);
        var settled = new Request.Settled();
        if (Name.looksLikeChannel(target)) {
            var channel = channel(talker, target);
            if (channel.isPresent()) {
                var asker = asker(talker, reply);
                var asked = new Request.Redact(asker, message.param(1), message.param(2), settled);
                channels.ask(channel.get(), asked);
                settled.await();
                return;
            }
        } else if (Name.Nick.of(target).isPresent()) {
            // Somebody who is not here is meant by the account's name, which is the nick mostly.
            var to = directory.find(target).map(Addressee::of).orElse(Addressee.away(target));
            var text = (message.param(1) + " " + message.param(2)).strip();
            var asker = asker(talker, reply);
            if (directMessages.say(asker, to, ChannelLog.REDACT, text, Map.of(), "", settled)) {
                settled.await();
            }
            return;
        }
        reply.line(server.cannotRedactFrom(target));
    }

    private static Request.Asker asker(Talker talker, Reply reply) {
        return new Request.Asker(talker.user(), talker, reply.handOver());
    }

    /// One that the talker is in, or any for an operator of the server.
    private Optional<Name.Channel> channel(Talker talker, String target) {
        var name = Name.Channel.of(target);
        return talker.user().profile().has('o')
                ? name
                : name.flatMap(channels::find)
                        .filter(channel -> talker.user().channels().contains(channel))
                        .map(Channel::name);
    }
}
