package chat.parley.daemon.chat;

import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether there is a channel to come into, and if there is none, who starts it.
///
/// Logic without a thread; it runs on the channel's.
final class Founding {

    private final Room room;
    private final Channel.House house;
    private final Governing governing;

    Founding(Room room, Channel.House house, Governing governing) {
        this.room = room;
        this.house = house;
        this.governing = governing;
    }

    /// Starts the channel if need be. What whoever comes is told instead; empty if it may come in.
    ///
    /// @param readable whether it is known how the channel was
    Optional<List<Message>> refusal(Request.Join join, boolean readable, Instant now)
            throws InterruptedException {
        if (!readable) {
            return Optional.of(List.of(notStored()));
        }
        if (room.isFounded()) {
            return Optional.empty();
        }
        var common = house.isCommon(room.name());
        var asker = join.asker();
        if (join.why() != Request.Join.Why.ASKED && !common) {
            return Optional.of(List.of()); // where it was, or is sent, has another name by now
        }
        if (!common && !mayFound(asker.user())) {
            return Optional.of(
                    List.of(
                            house.server()
                                    .numeric(
                                            Numeric.ERR_NOSUCHCHANNEL,
                                            asker.nick(),
                                            room.name().text(),
                                            "Only operators of this server start channels")));
        }
        return governing.found(asker, common, now)
                ? Optional.empty()
                : Optional.of(List.of(notStored()));
    }

    private boolean mayFound(User user) {
        return switch (house.rules().get().create()) {
            case MEMBERS -> true;
            case OPERATORS -> user.profile().has('o');
        };
    }

    private Message notStored() {
        return house.server().notStored("JOIN", room.name().text());
    }
}
