package chat.parley.daemon.chat;

import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.util.Optional;

/// Who may come into a channel: its bans, and the modes `i`, `k`, `l` and `f`.
///
/// Logic without a thread; it runs on the channel's.
final class Door {

    private final Room room;
    private final Server server;
    private final Forwarding forwarding;

    Door(Room room, Server server) {
        this.room = room;
        this.server = server;
        this.forwarding = new Forwarding(room, server);
    }

    /// Why somebody may not come in, or where it goes instead; empty if it may.
    Optional<Message> refusal(Request.Join join) {
        return reason(join).map(why -> forwarding.instead(join, why));
    }

    private Optional<Message> reason(Request.Join join) {
        var asker = join.asker();
        var user = asker.user();
        var modes = room.modes();
        if (room.role(user).isAtLeast(Role.OPERATOR) || room.isInvited(user)) {
            return Optional.empty();
        }
        if (room.bansFromJoining(user)) {
            return refused(asker, Numeric.ERR_BANNEDFROMCHAN, "You are banned there (+b)");
        }
        if (join.returning()) {
            return Optional.empty();
        }
        if (modes.has('i') && !room.isExpected(user)) {
            return refused(asker, Numeric.ERR_INVITEONLYCHAN, "Only for who was invited (+i)");
        }
        if (modes.key().isPresent() && !modes.key().get().equals(join.key())) {
            return refused(asker, Numeric.ERR_BADCHANNELKEY, "It needs the right key (+k)");
        }
        if (modes.limit().isPresent() && room.members().size() >= modes.limit().getAsInt()) {
            return refused(asker, Numeric.ERR_CHANNELISFULL, "It is full (+l)");
        }
        return Optional.empty();
    }

    private Optional<Message> refused(Request.Asker asker, Numeric why, String text) {
        return Optional.of(server.numeric(why, asker.nick(), room.name().text(), text));
    }
}
