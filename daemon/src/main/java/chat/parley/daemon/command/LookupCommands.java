package chat.parley.daemon.command;

import static chat.parley.daemon.command.CommandSpec.row;

import chat.parley.daemon.chat.Channel;
import chat.parley.daemon.chat.Departed;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Mask;
import chat.parley.daemon.chat.MetadataLines;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.chat.User;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/// Asking about others: WHOIS, WHOWAS, USERHOST, ISON.
final class LookupCommands {

    private static final int MOST_NICKS = 5; // RFC 2812 4.8
    private static final int MOST_TRACES = 50; // of WHOWAS

    private final Server server;
    private final Directory directory;

    LookupCommands(Server server, Directory directory) {
        this.server = server;
        this.directory = directory;
    }

    List<CommandSpec> rows() {
        return List.of(
                row("WHOIS", "[<server>] [<nick>]", 3, "shows all about somebody", this::whois),
                row("USERHOST", "<nick> {<nick>}", 2, "shows who is where", this::userhost),
                row("ISON", "<nick> {<nick>}", 2, "shows who of these is here", this::ison),
                row("WHOWAS", "[<nick> [<count>]]", 3, "shows who somebody was", this::whowas));
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
                        .filter(channel -> mayBeSeenIn(channel, user, talker.user()))
                        .map(channel -> channel.prefixOf(user) + channel.name())
                        .collect(Collectors.joining(" "));
        if (!shared.isEmpty()) {
            reply.numeric(Numeric.RPL_WHOISCHANNELS, nick, shared);
        }
        reply.numeric(Numeric.RPL_WHOISSERVER, nick, server.name(), server.network());
        profile.away().ifPresent(away -> reply.numeric(Numeric.RPL_AWAY, nick, away));
        reply.numeric(Numeric.RPL_WHOISACCOUNT, nick, user.account(), "is logged in as");
        if (profile.has('o')) {
            reply.numeric(Numeric.RPL_WHOISOPERATOR, nick, "is an operator of this server");
        }
        if (profile.has('B')) {
            reply.numeric(Numeric.RPL_WHOISBOT, nick, "is a bot");
        }
        if (MetadataLines.areFor(talker)) {
            user.keys()
                    .now()
                    .values()
                    .forEach((key, value) ->
                            reply.numeric(
                                    Numeric.RPL_WHOISKEYVALUE,
                                    nick,
                                    key,
                                    MetadataLines.FOR_ALL,
                                    value));
        }
        reply.numeric(Numeric.RPL_WHOISSECURE, nick, "is using a secure connection");
    }

    /// Of who is invisible (+i), only the channels that both are in.
    private static boolean mayBeSeenIn(Channel channel, User user, User asker) {
        return channel.isVisibleTo(asker)
                && channel.shows(user, asker)
                && (!user.profile().has('i')
                        || user.equals(asker)
                        || asker.channels().contains(channel));
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

    /// Modern IRC, "WHOWAS message": the newest first, and an end in any case.
    private void whowas(Talker talker, Message message, Reply reply) {
        if (message.param(0).isEmpty()) {
            reply.numeric(Numeric.ERR_NONICKNAMEGIVEN, "No nick was given");
            return;
        }
        var masks = Shown.list(message, 0);
        var traces =
                directory
                        .departed()
                        .find(nick -> masks.stream().anyMatch(m -> Mask.matches(m, nick)));
        var shown = Server.shown(message.param(0));
        if (traces.isEmpty()) {
            reply.numeric(Numeric.ERR_WASNOSUCHNICK, shown, "There was nobody by that nick");
        }
        traces.stream().limit(count(message.param(1))).forEach(trace -> was(trace, reply));
        reply.numeric(Numeric.RPL_ENDOFWHOWAS, shown, "End of /WHOWAS list");
    }

    /// RFC 2812 3.6.3: "If a non-positive number is passed … then a full search is done."
    private static int count(String given) {
        return given.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(given) : MOST_TRACES;
    }

    private void was(Departed.Trace trace, Reply reply) {
        var profile = trace.profile();
        var nick = profile.nick().text();
        reply.numeric(
                Numeric.RPL_WHOWASUSER,
                nick,
                profile.username(),
                profile.host(),
                "*",
                profile.realName());
        reply.numeric(
                Numeric.RPL_WHOISSERVER,
                nick,
                server.name(),
                trace.until().truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
