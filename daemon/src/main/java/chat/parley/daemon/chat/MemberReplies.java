package chat.parley.daemon.chat;

import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.util.ArrayList;
import java.util.List;

/// The replies that tell who is in a channel: 353 and 366, and the end of 352. Pure.
public final class MemberReplies {

    private static final int NAMES_IN_A_LINE =
            400; // characters; leaves room for what stands before

    private static final int LONGEST_ENTRY = 128; // nick!user@host

    private MemberReplies() {}

    /// Who is in a room, as one who may see it is told.
    ///
    /// @param itself whether the asker is among them in any case, as it has just come (Modern IRC,
    ///   "JOIN message")
    static List<Message> names(Server server, Request.Asker asker, Room room, boolean itself) {
        var replies = new ArrayList<Message>();
        var seen = asker.session().capabilities();
        var line = new StringBuilder(NAMES_IN_A_LINE + LONGEST_ENTRY);
        if (room.has(asker.user()) || !room.modes().has('s')) {
            var shown =
                    room.members().stream()
                            .filter(member ->
                                    new Auditorium(room).shows(member, asker.user())
                                            || (itself && member.equals(asker.user())))
                            .toList();
            for (var member : shown) {
                if (line.length() > NAMES_IN_A_LINE - LONGEST_ENTRY) {
                    replies.add(namesLine(server, asker, room, line.toString()));
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ")
                        .append(
                                room.roles()
                                        .prefix(
                                                member.account(),
                                                seen.has(Capability.MULTI_PREFIX)))
                        .append(
                                seen.has(Capability.USERHOST_IN_NAMES)
                                        ? member.source()
                                        : member.nick().text());
            }
        }
        if (!line.isEmpty()) {
            replies.add(namesLine(server, asker, room, line.toString()));
        }
        return replies;
    }

    private static Message namesLine(Server server, Request.Asker asker, Room room, String names) {
        // RFC 2812 5.1, 353: "=" is a public channel, "@" a secret one
        return server.numeric(
                Numeric.RPL_NAMREPLY,
                asker.nick(),
                room.modes().has('s') ? "@" : "=",
                room.name().text(),
                names);
    }

    public static Message endOfNames(Server server, String nick, String channel) {
        return server.numeric(Numeric.RPL_ENDOFNAMES, nick, channel, "End of /NAMES list");
    }

    public static Message endOfWho(Server server, String nick, String mask) {
        return server.numeric(Numeric.RPL_ENDOFWHO, nick, mask, "End of /WHO list");
    }
}
