package chat.parley.daemon.chat;

import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Deliveries;
import chat.parley.daemon.store.Deliveries.Delivered;
import chat.parley.daemon.store.Deliveries.Device;
import chat.parley.protocol.CaseMapping;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What the devices in one channel have been told, noted so that a device that comes back is told
/// the rest: when a session leaves, when another of the same device comes, and now and then, for
/// the case that the daemon is killed.
///
/// A session that leaves properly got all that was queued. One that is lost, or lives on while the
/// daemon does not, got what was kept before something was last heard of it: rather once more than
/// lost. What one hears that is just coming in counts for nothing until it was told what it missed
/// ([Recipient#isUpToDate]). And what a session hears after it became another account's counts for
/// nobody until it comes in again.
///
/// State of the channel's thread.
final class Receipts {

    private static final Duration OFTEN = Duration.ofMinutes(1);

    private final Room room;
    private final Deliveries deliveries;
    private long newest; // entry of the channel's stream
    private Instant noted = Instant.EPOCH;

    Receipts(Room room, Deliveries deliveries) {
        this.room = room;
        this.deliveries = deliveries;
    }

    /// @param entry the newest of the channel's stream
    void beginAfter(long entry) {
        newest = entry;
    }

    /// The batch is delivered.
    void settled(List<Request> requests, Batch batch, boolean kept, Instant now)
            throws InterruptedException {
        var before = newest;
        newest += kept ? batch.keptBefore(Integer.MAX_VALUE) : 0;
        for (var seat : room.leaving()) {
            seat.settle(before, batch);
        }
        note(delivered(room.leaving(), before, batch));
        room.settled(before, batch);
        for (var request : requests) {
            if (request instanceof Request.Attach(_, var session, var settled)) {
                came(session, settled);
            } else if (request instanceof Request.ChangedAccount changed) {
                note(as(changed.user(), changed.before()));
            } else if (request instanceof Request.Join join) {
                came(join.asker().session(), join.settled());
            }
        }
        if (Duration.between(noted, now).compareTo(OFTEN) >= 0) {
            noted = now;
            note(delivered(room.seats(), newest, batch));
        }
    }

    /// Notes where all stand, when the daemon stops: those who are here leave by that.
    void noteAll() throws InterruptedException {
        note(
                room.seats().stream()
                        .filter(Seat::counts)
                        .map(seat -> delivered(seat, newest))
                        .toList());
    }

    private void came(Recipient session, Request.Settled settled) throws InterruptedException {
        var seat = room.seat(session);
        if (seat.isEmpty()) {
            return;
        }
        settled.from(seat.get().from());
        var others = new ArrayList<Delivered>();
        for (var other : seat.get().user().sessions()) {
            if (!other.equals(session) && other.device().equals(session.device())) {
                room.seat(other)
                        .filter(Seat::counts)
                        .ifPresent(live -> others.add(delivered(live, newest)));
            }
        }
        note(others);
    }

    /// The sessions of a user as the devices of the account that it was.
    private List<Delivered> as(User user, String before) {
        return room.seats().stream()
                .filter(seat ->
                        seat.user().equals(user)
                                && seat.who().isUpToDate()
                                && CaseMapping.same(seat.account(), before))
                .map(seat -> delivered(seat, newest))
                .toList();
    }

    private List<Delivered> delivered(Collection<Seat> seats, long before, Batch batch) {
        return seats.stream()
                .filter(Seat::counts)
                .map(seat ->
                        delivered(
                                seat,
                                seat.until() == Integer.MAX_VALUE
                                        ? newest
                                        : Math.min(
                                                newest, before + batch.keptBefore(seat.until()))))
                .toList();
    }

    private Delivered delivered(Seat seat, long newest) {
        var device = new Device(seat.account(), seat.who().device());
        return new Delivered(device, stream(), seat.reached(newest), seat.who().sureUntil());
    }

    private void note(List<Delivered> all) throws InterruptedException {
        if (all.isEmpty()) {
            return;
        }
        try {
            deliveries.delivered(all);
        } catch (IOException _) { // the log is closed; it has said why
        }
    }

    private Stream stream() {
        return new Stream.OfChannel(room.name().folded());
    }
}
