package chat.parley.daemon.chat;

import chat.parley.daemon.chat.Request.ModeChange;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Where a channel sends those whom it does not let in (mode `f`). It lasts as the only entry of a
/// list of its own.
///
/// Logic without a thread; it runs on the channel's.
final class Forwarding {

    static final char MODE = 'f';

    /// Not who is banned or has a wrong key.
    private static final Set<String> WHY =
            Set.of(Numeric.ERR_INVITEONLYCHAN.code(), Numeric.ERR_CHANNELISFULL.code());

    private final Room room;
    private final Server server;

    Forwarding(Room room, Server server) {
        this.room = room;
        this.server = server;
    }

    Optional<Name.Channel> to() {
        return room.list(MODE).stream()
                .findFirst()
                .flatMap(listed -> Name.Channel.of(listed.mask()));
    }

    /// That the target exists and is the asker's to send people to, was seen to before.
    void change(Request.Asker asker, ModeChange change, ModesDone done, Instant now) {
        var before = to();
        if (change.add() && before.filter(to -> to.text().equals(change.param())).isPresent()) {
            return;
        }
        before.ifPresent(to -> room.removeFrom(MODE, new Mask(to.text())));
        if (change.add()) {
            room.addTo(MODE, new Mask(change.param()), asker.user().source(), now);
            done.add(true, MODE, change.param());
        } else if (before.isPresent()) {
            done.add(false, MODE, "");
        }
    }

    /// What somebody is told who was refused: why, or where it goes instead.
    Message instead(Request.Join join, Message refusal) {
        var to = to();
        if (to.isEmpty()
                || join.why() == Request.Join.Why.SENT_ON
                || !WHY.contains(refusal.command())) {
            return refusal;
        }
        join.settled().sendOn(to.get());
        return server.numeric(
                Numeric.ERR_LINKCHANNEL,
                join.asker().nick(),
                room.name().text(),
                to.get().text(),
                "You are sent on to another channel");
    }
}
