package chat.parley.daemon.chat;

import chat.parley.daemon.store.Metadata.Owner;
import java.util.ArrayList;
import java.util.List;

/// A channel's metadata: who may change it, and who is told.
///
/// Logic without a thread; it runs on the channel's.
final class Describing {

    private final Room room;
    private final Descriptions descriptions;

    Describing(Room room, Descriptions descriptions) {
        this.room = room;
        this.descriptions = descriptions;
    }

    void change(Request.Describe request, Batch batch) throws InterruptedException {
        var user = request.user();
        var isHere = room.has(user) || user.profile().has('o');
        if (!isHere || !room.role(user).isAtLeast(Role.OPERATOR)) {
            request.settled().came(new Outcome.Denied());
            return;
        }
        var before = room.keys().now();
        var outcome = descriptions.keep(owner(), room.keys(), request.changes());
        request.settled().came(outcome);
        if (outcome instanceof Outcome.Kept(var now, _)) {
            var telling = new Telling(descriptions.lines(), channel(), now.differences(before));
            batch.tell(seat ->
                    seat.who().equals(request.cause())
                            || telling.to(seat.who(), seat.user().nick().text()));
        }
    }

    /// For a session that has just come in.
    void sync(Recipient session, Batch batch) {
        if (MetadataLines.areFor(session)) {
            batch.tell(seat ->
                    !seat.who().equals(session)
                            || descriptions
                                    .sync()
                                    .send(
                                            session,
                                            seat.user().nick().text(),
                                            room.name().text(),
                                            all(seat.user())));
        }
    }

    /// The channel, and everybody in it whom this one may see.
    List<Described> all(User to) {
        var all = new ArrayList<Described>();
        all.add(channel());
        room.members().stream()
                .filter(member -> member.equals(to) || new Auditorium(room).shows(member, to))
                .forEach(member -> all.add(Described.of(member)));
        return all;
    }

    /// It may have got another name.
    private Described channel() {
        return new Described(room.name().text(), room.keys());
    }

    private Owner.OfChannel owner() {
        return new Owner.OfChannel(room.name().folded());
    }
}
