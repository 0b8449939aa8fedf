package chat.parley.daemon.command;

import chat.parley.daemon.chat.Channel;
import chat.parley.daemon.chat.Modes;
import chat.parley.daemon.chat.Monitors;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.Registration;
import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the server says of itself in 005, each as it is enforced.
///
/// Not said, because it would not be true: SAFERATE, as who sends too fast for too long is sent
/// away; KICKLEN, as only the line bounds a reason. Immutable; any thread.
final class Isupport {

    /// The type of a batch of these lines (IRCv3 extended-isupport).
    static final String BATCH = "draft/isupport";

    /// RFC 2812 allows 15 parameters; Modern IRC, "RPL_ISUPPORT": at most 13 tokens a line.
    private static final int TOKENS_IN_A_LINE = 13;

    private static final int LINE = 400; // bytes; leaves room for what stands around

    private final Server server;
    private final List<List<String>> lines;

    /// @param icon of the network
    Isupport(Server server, int frameBytes, int channelsPerUser, Optional<String> icon) {
        this.server = server;
        this.lines = inLines(tokens(server, frameBytes, channelsPerUser, icon));
    }

    private static List<List<String>> inLines(List<String> tokens) {
        var lines = new ArrayList<List<String>>();
        var line = new ArrayList<String>();
        var length = 0;
        for (var token : tokens) {
            if (line.size() == TOKENS_IN_A_LINE || length + token.length() > LINE) {
                lines.add(List.copyOf(line));
                line.clear();
                length = 0;
            }
            line.add(token);
            length += token.length() + 1;
        }
        lines.add(List.copyOf(line));
        return List.copyOf(lines);
    }

    /// @param nick as replies address the peer; `*` before registration
    List<Message> lines(String nick) {
        return lines.stream()
                .map(tokens -> {
                    var params = new ArrayList<>(tokens);
                    params.add("are supported by this server");
                    return server.numeric(
                            Numeric.RPL_ISUPPORT, nick, params.toArray(String[]::new));
                })
                .toList();
    }

    /// The same in a batch, where it must be in one.
    ///
    /// @param reference of the batch, unique in the session
    List<Message> lines(String nick, Capabilities capabilities, String reference) {
        if (!isBatched(capabilities)) {
            return lines(nick);
        }
        var all = new ArrayList<Message>();
        all.add(Message.from(server.name(), "BATCH", "+" + reference, BATCH));
        lines(nick).forEach(line -> all.add(line.withTag("batch", reference)));
        all.add(Message.from(server.name(), "BATCH", "-" + reference));
        return all;
    }

    /// "The server MUST group all RPL_ISUPPORT messages inside a draft/isupport batch when the
    /// batch and draft/extended-isupport capabilities are enabled."
    static boolean isBatched(Capabilities capabilities) {
        return capabilities.has(Capability.BATCH) && capabilities.has(Capability.EXTENDED_ISUPPORT);
    }

    private static List<String> tokens(
            Server server, int frameBytes, int channelsPerUser, Optional<String> icon) {
        var talk = TalkCommands.MOST_TARGETS;
        var tokens =
                new ArrayList<>(
                        List.of(
                                "ACCOUNTEXTBAN=a",
                                "AWAYLEN=" + PresenceCommands.LONGEST_AWAY,
                                "BOT=B",
                                "CASEMAPPING=ascii",
                                "CHANLIMIT=#:" + channelsPerUser,
                                "CHANMODES="
                                        + String.join(
                                                ",",
                                                ModeCommand.LISTS,
                                                ModeCommand.WITH_PARAM,
                                                ModeCommand.WITH_PARAM_WHEN_SET,
                                                Modes.FLAGS),
                                "CHANNELLEN=" + Name.Channel.LONGEST,
                                "CHANTYPES=#",
                                "CHATHISTORY=" + HistoryCommand.MOST_AT_ONCE,
                                "ELIST=CMNTU",
                                "EXCEPTS",
                                "EXTBAN=,am",
                                "HOSTLEN=" + server.name().length(), // all are shown as it
                                "INVEX",
                                "LINELEN=" + frameBytes,
                                "MAXLIST=" + ModeCommand.LISTS + ":" + Channel.MOST_LISTED,
                                "MODES",
                                "MONITOR=" + Monitors.MOST,
                                "MSGREFTYPES=msgid,timestamp",
                                "NAMELEN=" + PresenceCommands.LONGEST_REAL_NAME,
                                "NETWORK=" + escaped(server.network()),
                                "NICKLEN=" + Name.Nick.LONGEST,
                                "PREFIX=(ov)@+",
                                "STATUSMSG=@+",
                                "TARGMAX="
                                        + "INVITE:1,JOIN:,KICK:,LIST:,MONITOR:,NAMES:,NOTICE:"
                                        + talk
                                        + ",PART:,PRIVMSG:"
                                        + talk
                                        + ",TAGMSG:"
                                        + talk
                                        + ",USERHOST:5,WHOIS:1,WHOWAS:",
                                "TOPICLEN=" + GoverningCommands.LONGEST_TOPIC,
                                "USERLEN=" + (1 + Registration.LONGEST_USERNAME),
                                "UTF8ONLY",
                                "WHOX",
                                "draft/ACCOUNTREQUIRED"));
        icon.ifPresent(url -> tokens.add("draft/ICON=" + escaped(url)));
        return tokens;
    }

    /// Modern IRC, "RPL_ISUPPORT": what cannot stand in a value, as `\xHH`.
    static String escaped(String value) {
        return value.replace("\\", "\\x5C").replace(" ", "\\x20").replace("=", "\\x3D");
    }
}
