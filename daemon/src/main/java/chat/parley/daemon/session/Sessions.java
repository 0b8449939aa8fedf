package chat.parley.daemon.session;

import chat.parley.daemon.chat.User;
import chat.parley.daemon.limit.Deadlines;
import chat.parley.daemon.store.OpenSession;
import chat.parley.protocol.ByteSize;
import chat.parley.protocol.CaseMapping;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// The sessions that there are: to look after their deadlines, and to end some or all of them. Any
/// thread.
public final class Sessions {

    /// How often the clock is looked at for all sessions.
    private static final Duration OFTEN = Duration.ofMillis(200);

    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicBoolean makingRoom = new AtomicBoolean();
    private final Deadlines deadlines;
    private final Queues queues;
    private volatile boolean draining;

    /// @param mostQueued what may wait for all of them together, in bytes
    public Sessions(Deadlines deadlines, long mostQueued) {
        this.deadlines = deadlines;
        this.queues = new Queues(mostQueued);
    }

    /// Begins to look after deadlines.
    public void start() {
        deadlines.after(OFTEN, this::check);
    }

    private void check() {
        try {
            var now = System.nanoTime();
            sessions.forEach(session -> session.check(now));
            makeRoom();
        } finally {
            start();
        }
    }

    /// A queue that counts towards the bound of all.
    Outbound newQueue(ByteSize limit) {
        return new Outbound(limit, queues);
    }

    /// While more waits than may, whoever weighs most goes ([Waiting]). One thread at a time does
    /// it; for another there is nothing to do.
    void makeRoom() {
        if (!queues.areTooMuch() || !makingRoom.compareAndSet(false, true)) {
            return;
        }
        try {
            while (queues.areTooMuch()) {
                var now = System.nanoTime();
                var waiting =
                        sessions.stream()
                                .map(session -> session.waiting(now))
                                .filter(one -> one.bytes() >= Queues.STEP)
                                .toList();
                var heaviest = Waiting.heaviest(waiting);
                if (heaviest.isEmpty()) {
                    return; // whoever had it is just leaving
                }
                heaviest.get().giveUp();
            }
        } finally {
            makingRoom.set(false);
        }
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    void add(Session session) {
        sessions.add(session);
        if (draining) { // it came just after everybody was told
            session.end(new Ending.Draining());
        }
    }

    void remove(Session session) {
        sessions.remove(session);
    }

    public int count() {
        return sessions.size();
    }

    /// How many of them have logged in.
    public int loggedInCount() {
        return (int) sessions.stream().filter(Session::isLoggedIn).count();
    }

    /// Those that have logged in, oldest first.
    public List<OpenSession> open() {
        return sessions.stream()
                .flatMap(session -> session.open().stream())
                .sorted(Comparator.comparingLong(OpenSession::number))
                .toList();
    }

    /// The sessions of a user, oldest first.
    public List<OpenSession> of(User user) {
        return open().stream().filter(one -> one.account().equals(user.account())).toList();
    }

    /// The sessions of an account, oldest first.
    public List<OpenSession> ofAccount(String name) {
        return open().stream().filter(one -> CaseMapping.same(one.account(), name)).toList();
    }

    /// Ends one session, whoever's it is.
    ///
    /// @return false if there is no session of this number, or it is just leaving
    public boolean end(long number, Ending why) {
        var found =
                sessions.stream()
                        .filter(session ->
                                session.number() == number
                                        && session.isLoggedIn()
                                        && !session.isEnding())
                        .findFirst();
        found.ifPresent(session -> session.end(why));
        return found.isPresent();
    }

    /// How many sessions are known to be of this account, also those that are just coming in.
    ///
    /// @param account folded
    long countOf(String account) {
        return sessions.stream()
                .filter(session -> session.own().isOf(account) && !session.isEnding())
                .count();
    }

    /// How many have not logged in, and are not just leaving.
    public long strangers() {
        return sessions.stream().filter(Session::isStranger).count();
    }

    /// Ends what an account has open; it must log in again. Who has done so already stays.
    ///
    /// @param account folded
    public void accountChanged(String account) {
        sessions.stream()
                .filter(session -> session.own().isOf(account) && session.own().isOutdated())
                .forEach(session -> session.end(new Ending.AccountChanged()));
    }

    /// Ends what was opened with a certificate.
    ///
    /// @param account folded
    public void certificateUnbound(String account, String fingerprint) {
        sessions.stream()
                .filter(session -> session.restsOn(account, fingerprint))
                .forEach(session -> session.end(new Ending.AccountChanged()));
    }

    /// Whether a session of a user acts as an operator by another account's rights.
    boolean haveBorrowedRights(User user) {
        return sessions.stream()
                .anyMatch(session -> session.isUsedBy(user) && session.own().hasBorrowedRights());
    }

    /// Ends all sessions of a user.
    public void end(User user, Ending why) {
        sessions.stream()
                .filter(session -> session.isUsedBy(user))
                .forEach(session -> session.end(why));
    }

    /// Ends one session of a user.
    ///
    /// @return false if the user has no session of this number
    public boolean end(User user, long number, Ending why) {
        var mine =
                sessions.stream()
                        .filter(session ->
                                session.number() == number
                                        && session.isUsedBy(user)
                                        && !session.isEnding())
                        .findFirst();
        mine.ifPresent(session -> session.end(why));
        return mine.isPresent();
    }

    /// Tells every session to go. They need a moment; see [#awaitNone].
    public void drain() {
        draining = true;
        sessions.forEach(session -> session.end(new Ending.Draining()));
    }

    /// Aborts every session.
    public void abort() {
        sessions.forEach(Session::abort);
    }

    /// Waits until no session is left, but not longer than this, and not after being hurried.
    /// Whether none is left.
    public boolean awaitNone(Duration within, CountDownLatch hurry) throws InterruptedException {
        var until = System.nanoTime() + within.toNanos();
        while (!sessions.isEmpty()) {
            if (System.nanoTime() - until > 0 || hurry.await(10, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }
}
