package chat.parley.daemon.command;

import static chat.parley.daemon.command.CommandSpec.row;

import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.MemberReplies;
import chat.parley.daemon.chat.Request;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.util.List;

/// Asking about others and about the server: WHO, LUSERS, MOTD, VERSION.
final class LookupCommands {

    private final Server server;
    private final Directory directory;
    private final Channels channels;
    private final ServerReplies replies;

    LookupCommands(Server server, Directory directory, Channels channels, ServerReplies replies) {
        this.server = server;
        this.directory = directory;
        this.channels = channels;
        this.replies = replies;
    }

    List<CommandSpec> rows() {
        return List.of(
                row("WHO", "[<channel or nick>]", 3, "shows who somebody is", this::who),
                row("LUSERS", "", 2, "counts who is here", (_, _, reply) -> replies.lusers(reply)),
                row(
                        "MOTD",
                        "",
                        2,
                        "shows the message of the day",
                        (_, _, reply) -> replies.motd(reply)),
                row("VERSION", "", 1, "shows what this server is", this::version));
    }

    private void who(Talker talker, Message message, Reply reply) throws InterruptedException {
        var mask = message.param(0);
        var channel = Name.Channel.of(mask).flatMap(channels::find);
        if (channel.isPresent()) {
            var settled = new Request.Settled();
            var asker = new Request.Asker(talker.user(), talker, reply.part());
            channels.ask(channel.get().name(), new Request.Who(asker, settled));
            settled.await();
            return;
        }
        directory
                .find(mask)
                .ifPresent(user ->
                        reply.line(MemberReplies.whoLine(server, talker.nick(), "*", user)));
        var shown = mask.isEmpty() || mask.startsWith(":") || mask.indexOf(' ') >= 0 ? "*" : mask;
        reply.line(MemberReplies.endOfWho(server, talker.nick(), shown));
    }

    private void version(Talker talker, Message message, Reply reply) {
        reply.numeric(Numeric.RPL_VERSION, ServerReplies.VERSION, server.name(), "Parley");
        replies.isupport(reply);
    }
}
