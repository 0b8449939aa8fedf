package chat.parley.daemon.chat;

import chat.parley.daemon.store.ChannelLog;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.util.ArrayList;
import java.util.List;

/// The daemon as the source of replies.
///
/// @param name its own name, the source of all it says
/// @param network the name of the network
public record Server(String name, String network) {

    /// A numeric reply.
    ///
    /// @param to the nick it is for; `*` before registration (Modern IRC, "Numerics")
    public Message numeric(Numeric numeric, String to, String... params) {
        var all = new ArrayList<String>(params.length + 1);
        all.add(to);
        all.addAll(List.of(params));
        return Message.from(name, numeric.code(), all);
    }

    /// IRCv3 standard-replies: `FAIL <command> <code> [<context>...] <description>`.
    public Message fail(String command, String code, String... contextAndText) {
        var all = new ArrayList<String>(contextAndText.length + 2);
        all.add(command);
        all.add(code);
        all.addAll(List.of(contextAndText));
        return Message.from(name, "FAIL", all);
    }

    /// Something else was said by the same key.
    Message onceUsed(Entry said) {
        return fail(
                said.command(),
                "ONCE_USED",
                said.target(),
                said.once(),
                "Another message has this key; give each its own");
    }

    /// The same for one part of what was asked, while the rest goes on.
    public Message warn(String command, String code, String... contextAndText) {
        var fail = fail(command, code, contextAndText);
        return Message.from(name, "WARN", fail.params());
    }

    /// Something to know, and no mistake.
    public Message note(String command, String code, String... contextAndText) {
        var fail = fail(command, code, contextAndText);
        return Message.from(name, "NOTE", fail.params());
    }

    /// @param command what could not be kept
    public Message notStored(String command, String target) {
        return fail(
                command,
                "NOT_STORED",
                target,
                "This could not be stored, and nobody has seen it. Try again later");
    }

    /// The same whether there is such a place or not.
    public Message cannotRedactFrom(String target) {
        return fail(
                ChannelLog.REDACT,
                "INVALID_TARGET",
                shown(target),
                "You cannot take back messages there");
    }

    Message notOn(String to, Name.Channel channel) {
        return numeric(Numeric.ERR_NOTONCHANNEL, to, channel.text(), "You are not in that channel");
    }

    Message notOperator(String to, Name.Channel channel) {
        return numeric(
                Numeric.ERR_CHANOPRIVSNEEDED,
                to,
                channel.text(),
                "You are not an operator of that channel");
    }

    /// A change of a mode whose parameter cannot be.
    Message invalidMode(String to, Name.Channel channel, Request.ModeChange change, String why) {
        return numeric(
                Numeric.ERR_INVALIDMODEPARAM,
                to,
                channel.text(),
                String.valueOf(change.mode()),
                // a key is not said aloud
                change.mode() == 'k' ? "*" : shown(change.param()),
                why);
    }

    /// What a peer gave, as it may stand before the last parameter of a reply; `*` for what cannot.
    public static String shown(String given) {
        return given.isEmpty() || given.startsWith(":") || given.indexOf(' ') >= 0 ? "*" : given;
    }

    public Message notice(String to, String text) {
        return Message.from(name, "NOTICE", to, text);
    }
}
