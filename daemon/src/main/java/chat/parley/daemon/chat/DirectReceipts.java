package chat.parley.daemon.chat;

import chat.parley.daemon.store.Deliveries.Device;
import chat.parley.daemon.store.DirectLog;
import chat.parley.daemon.store.DirectLog.Told;
import chat.parley.protocol.CaseMapping;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What each device has been told of what accounts say to each other, noted as [Receipts] does for
/// a channel: when a session leaves, when another of the same device comes, and now and then, for
/// the case that the daemon is killed. What is not sure to have arrived counts as not told: rather
/// once more than lost.
///
/// State of the thread that settles.
final class DirectReceipts {

    private static final Duration OFTEN = Duration.ofMinutes(1);

    /// Moments are told apart no finer than this, and so many of them are remembered: enough for
    /// the longest silence before a session is ended.
    private static final Duration MARK_EVERY = Duration.ofMillis(250);

    private static final int MARKS = 4_096;

    /// All that was kept up to `position` was kept no later than `at`.
    private record Mark(Instant at, long position) {}

    /// Where a session stands.
    private static final class Place {

        private final String account; // folded; as it was when the session came
        private final long from; // it heard what came later by itself
        private OptionalLong lostAfter = OptionalLong.empty();
        private long noted;
        private boolean over; // it is another account's by now

        Place(User user, long from) {
            this.account = CaseMapping.fold(user.account());
            this.from = from;
        }
    }

    private final DirectLog log;
    private final Map<User, Map<Recipient, Place>> places = new HashMap<>();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private boolean begun;
    private long newest;
    private Instant last = Instant.EPOCH; // when something was kept
    private Instant noted = Instant.EPOCH;

    DirectReceipts(DirectLog log) {
        this.log = log;
    }

    /// Finds out where everything stands, if that is not known yet.
    ///
    /// @throws IOException if the log does not say; then nothing has changed
    void begin() throws IOException, InterruptedException {
        if (!begun) {
            newest = log.newest();
            marks.add(new Mark(Instant.EPOCH, newest));
            begun = true;
        }
    }

    /// @return the position up to which it is not told by itself; empty if the log does not say
    OptionalLong came(User user, Recipient session) throws InterruptedException {
        try {
            begin();
        } catch (IOException _) { // the log has said why
            return OptionalLong.empty();
        }
        var place = place(user, session);
        var others = new ArrayList<Told>();
        of(user).forEach((other, its) -> {
            if (!other.equals(session) && other.device().equals(session.device())) {
                told(user, other, its).ifPresent(others::add);
            }
        });
        note(others);
        return OptionalLong.of(place.from);
    }

    /// A session that hears something before it has asked for what it missed has come by that.
    private Place place(User user, Recipient session) {
        return places.computeIfAbsent(user, _ -> new HashMap<>(2))
                .computeIfAbsent(session, _ -> new Place(user, newest));
    }

    /// Who of an account is here by any nick, as far as it has come in.
    List<User> present(String account) {
        return places.keySet().stream()
                .filter(user ->
                        CaseMapping.same(user.account(), account) && !user.sessions().isEmpty())
                .toList();
    }

    /// The position behind what was kept last.
    long newest() {
        return newest;
    }

    private Map<Recipient, Place> of(User user) {
        return places.getOrDefault(user, Map.of());
    }

    /// The entries of this are about to be delivered; they were kept behind the newest position.
    void heard(User user, Recipient session, boolean queued) {
        var place = place(user, session);
        if (!queued) {
            lost(place);
        }
    }

    /// A user hears something, and some of its sessions are just leaving: they do not.
    void missed(User user, Collection<Recipient> hearing) {
        of(user).forEach((session, place) -> {
            if (!hearing.contains(session)) {
                lost(place);
            }
        });
    }

    private void lost(Place place) {
        if (place.lostAfter.isEmpty()) {
            place.lostAfter = OptionalLong.of(newest);
        }
    }

    /// What was kept last is delivered; [#begin] has been.
    ///
    /// @param position the one behind it
    void settled(long position, Instant now) throws InterruptedException {
        if (!marks.getLast().at().plus(MARK_EVERY).isAfter(last)) {
            marks.add(new Mark(last, newest));
            if (marks.size() > MARKS) {
                marks.removeFirst();
            }
        }
        newest = position;
        last = now;
        if (Duration.between(noted, now).compareTo(OFTEN) >= 0) {
            noted = now;
            noteAll();
        }
    }

    /// Notes where all stand.
    void noteAll() throws InterruptedException {
        var all = new ArrayList<Told>();
        places.forEach((user, its) ->
                its.forEach((session, place) -> told(user, session, place).ifPresent(all::add)));
        note(all);
    }

    /// @param stays whether it goes on, as somebody else's
    void parted(User user, Optional<Recipient> session, boolean stays) throws InterruptedException {
        var all = new ArrayList<Told>();
        var its = of(user);
        for (var one : session.map(List::of).orElseGet(() -> List.copyOf(its.keySet()))) {
            var place = its.get(one);
            if (place != null) {
                // Not asking whose the user is: it may be another account's already.
                told(one, place).ifPresent(all::add);
                place.over = true;
                if (!stays) {
                    its.remove(one);
                }
            }
        }
        if (its.isEmpty()) {
            places.remove(user);
        }
        note(all);
    }

    private Optional<Told> told(User user, Recipient session, Place place) {
        return CaseMapping.same(place.account, user.account())
                ? told(session, place)
                : Optional.empty();
    }

    /// What there is to note: nothing for who is just coming in, or nothing new.
    private Optional<Told> told(Recipient session, Place place) {
        if (place.over || !session.isUpToDate()) {
            return Optional.empty();
        }
        var sure = session.sureUntil().map(this::before).orElse(newest);
        var heard = Math.min(sure, place.lostAfter.orElse(newest));
        var until = Math.max(heard, place.from); // it has been told what came before
        if (until <= place.noted) {
            return Optional.empty();
        }
        place.noted = until;
        return Optional.of(new Told(new Device(place.account, session.device()), until));
    }

    /// The highest position that is known to have been reached by then.
    private long before(Instant moment) {
        if (last.isBefore(moment)) {
            return newest;
        }
        for (var each = marks.descendingIterator(); each.hasNext(); ) {
            var mark = each.next();
            if (mark.at().isBefore(moment)) {
                return mark.position();
            }
        }
        return 0;
    }

    private void note(List<Told> all) throws InterruptedException {
        if (all.isEmpty()) {
            return;
        }
        try {
            log.told(all);
        } catch (IOException _) { // the log is closed; it has said why
        }
    }
}
