package chat.parley.daemon.command;

import static chat.parley.daemon.command.CommandSpec.row;

import chat.parley.daemon.chat.Channel;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.chat.User;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.util.List;
import java.util.stream.Collectors;

/// Asking about others and about the server: WHOIS, USERHOST, ISON, LUSERS, MOTD, VERSION.
final class LookupCommands {

    private static final int MOST_NICKS = 5; // RFC 2812 4.8

    private final Server server;
    private final Directory directory;
    private final ServerReplies replies;

    LookupCommands(Server server, Directory directory, ServerReplies replies) {
        this.server = server;
        this.directory = directory;
        this.replies = replies;
    }

    List<CommandSpec> rows() {
        return List.of(
                row("WHOIS", "[<server>] [<nick>]", 3, "shows all about somebody", this::whois),
                row("USERHOST", "<nick> {<nick>}", 2, "shows who is where", this::userhost),
                row("ISON", "<nick> {<nick>}", 2, "shows who of these is here", this::ison),
                row("LUSERS", "", 2, "counts who is here", (_, _, reply) -> replies.lusers(reply)),
                row(
                        "MOTD",
                        "",
                        2,
                        "shows the message of the day",
                        (_, _, reply) -> replies.motd(reply)),
                row("VERSION", "", 1, "shows what this server is", this::version));
    }

    /// Modern IRC, "WHOIS message"; of two parameters the first names a server, and there is one.
    private void whois(Talker talker, Message message, Reply reply) {
        var nick = message.param(message.params().size() > 1 ? 1 : 0);
        if (nick.isEmpty()) {
            reply.numeric(Numeric.ERR_NONICKNAMEGIVEN, "No nick was given");
            return;
        }
        var found = directory.find(nick);
        var shown = Server.shown(nick);
        if (found.isEmpty()) {
            reply.numeric(Numeric.ERR_NOSUCHNICK, shown, "Nobody by that nick is here");
        } else {
            whois(talker, found.get(), reply);
        }
        reply.numeric(Numeric.RPL_ENDOFWHOIS, shown, "End of /WHOIS list");
    }

    private void whois(Talker talker, User user, Reply reply) {
        var profile = user.profile();
        var nick = profile.nick().text();
        reply.numeric(
                Numeric.RPL_WHOISUSER,
                nick,
                profile.username(),
                profile.host(),
                "*",
                profile.realName());
        var shared =
                user.channels().stream()
                        .filter(channel -> channel.isVisibleTo(talker.user()))
                        .map(Channel::name)
                        .map(Object::toString)
                        .collect(Collectors.joining(" "));
        if (!shared.isEmpty()) {
            reply.numeric(Numeric.RPL_WHOISCHANNELS, nick, shared);
        }
        reply.numeric(Numeric.RPL_WHOISSERVER, nick, server.name(), server.network());
        profile.away().ifPresent(away -> reply.numeric(Numeric.RPL_AWAY, nick, away));
        reply.numeric(Numeric.RPL_WHOISACCOUNT, nick, user.account(), "is logged in as");
        if (profile.has('B')) {
            reply.numeric(Numeric.RPL_WHOISBOT, nick, "is a bot");
        }
        reply.numeric(Numeric.RPL_WHOISSECURE, nick, "is using a secure connection");
    }

    private void userhost(Talker talker, Message message, Reply reply) {
        var found =
                message.params().stream()
                        .limit(MOST_NICKS)
                        .flatMap(nick -> directory.find(nick).stream())
                        .map(User::profile)
                        .map(profile ->
                                profile.nick()
                                        + "="
                                        + (profile.away().isPresent() ? "-" : "+")
                                        + profile.username()
                                        + "@"
                                        + profile.host())
                        .collect(Collectors.joining(" "));
        reply.numeric(Numeric.RPL_USERHOST, found);
    }

    private void ison(Talker talker, Message message, Reply reply) {
        var here =
                message.params().stream()
                        .flatMap(words -> List.of(words.split(" ", -1)).stream())
                        .flatMap(nick -> directory.find(nick).stream())
                        .map(user -> user.nick().text())
                        .distinct()
                        .collect(Collectors.joining(" "));
        reply.numeric(Numeric.RPL_ISON, here);
    }

    private void version(Talker talker, Message message, Reply reply) {
        reply.numeric(Numeric.RPL_VERSION, ServerReplies.VERSION, server.name(), "Parley");
        replies.isupport(reply);
    }
}
