package chat.parley.daemon.chat;

import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The replies that tell who is in a channel: 353 and 366, 352 and 315. Pure.
public final class MemberReplies {

    private static final int NAMES_IN_A_LINE =
            400; // characters; leaves room for what stands before

    private MemberReplies() {}

    static List<Message> names(
            Server server, String nick, Name.Channel channel, Collection<User> members) {
        var replies = new ArrayList<Message>();
        var line = new StringBuilder(NAMES_IN_A_LINE + Name.Nick.LONGEST);
        for (var member : members) {
            if (line.length() > NAMES_IN_A_LINE - Name.Nick.LONGEST) {
                replies.add(namesLine(server, nick, channel, line.toString()));
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(member.nick().text());
        }
        if (!line.isEmpty()) {
            replies.add(namesLine(server, nick, channel, line.toString()));
        }
        replies.add(endOfNames(server, nick, channel.text()));
        return replies;
    }

    private static Message namesLine(
            Server server, String nick, Name.Channel channel, String names) {
        // RFC 2812 5.1, 353: "=" is a public channel
        return server.numeric(Numeric.RPL_NAMREPLY, nick, "=", channel.text(), names);
    }

    public static Message endOfNames(Server server, String nick, String channel) {
        return server.numeric(Numeric.RPL_ENDOFNAMES, nick, channel, "End of /NAMES list");
    }

    static List<Message> who(Server server, String nick, String channel, Collection<User> members) {
        var replies = new ArrayList<Message>();
        members.forEach(member -> replies.add(whoLine(server, nick, channel, member)));
        replies.add(endOfWho(server, nick, channel));
        return replies;
    }

    /// @param channel a channel the user is in, or `*`
    public static Message whoLine(Server server, String nick, String channel, User user) {
        return server.numeric(
                Numeric.RPL_WHOREPLY,
                nick,
                channel,
                user.account(),
                user.host(),
                server.name(),
                user.nick().text(),
                "H", // here; nobody can be away yet
                "0 " + user.realName());
    }

    public static Message endOfWho(Server server, String nick, String mask) {
        return server.numeric(Numeric.RPL_ENDOFWHO, nick, mask, "End of /WHO list");
    }
}
