package chat.parley.daemon.auth;

import chat.parley.daemon.limit.Network;
import chat.parley.daemon.store.Account;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Whether a password may be tried at all, decided before it is looked at (ADR 0013).
///
/// Counted are failures of an account from one network, failures of a network, and failures of an
/// account over all networks that it never logged in from. None of them locks anybody out: waits
/// grow but end, and where an account has logged in from before, nobody elsewhere can make it wait.
///
/// Any thread; one lock, a leaf. Memory is bounded: the least recently used is forgotten. Time is
/// passed in as [System#nanoTime] gives it.
public final class LoginGuard {

    /// One account from one network. Typing errors are free, then it gets slow.
    private static final Strikes.Rule PAIR =
            new Strikes.Rule(
                    3, Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofMinutes(1));

    /// One network, any accounts. Many people may sit behind one address.
    private static final Strikes.Rule NETWORK =
            new Strikes.Rule(
                    15, Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofSeconds(30));

    /// One account, networks that have failed at it before: 10 at once, 2,880 a day.
    private static final Strikes.Rule AGAIN =
            new Strikes.Rule(10, Duration.ofSeconds(30), Duration.ZERO, Duration.ZERO);

    /// One account, networks that have not: 20 at once, 14,400 a day. A budget of their own, or few
    /// hostile addresses could use up what a new device of the owner's needs.
    private static final Strikes.Rule FIRST =
            new Strikes.Rule(20, Duration.ofSeconds(6), Duration.ZERO, Duration.ZERO);

    private static final Duration KNOWN_FOR = Duration.ofDays(30);

    /// Each some hundred bytes.
    private static final int REMEMBERED = 10_000;

    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<Pair, Known> known = new Recent<>(); // guarded by lock
    private final Map<Pair, Strikes> pairs = new Recent<>(); // guarded by lock
    private final Map<Network, Strikes> networks = new Recent<>(); // guarded by lock
    private final Map<String, Strangers> strangers = new Recent<>(); // guarded by lock

    private long latest; // guarded by lock
    private boolean begun; // guarded by lock

    private record Pair(String account, Network network) {}

    /// An account has logged in from here.
    private record Known(Strikes strikes, long lastSuccess) {}

    /// Attempts at an account from networks that it never logged in from.
    private record Strangers(Strikes first, Strikes again) {}

    /// The right to try one password. It comes back exactly once, as what became of it.
    record Ticket(String account, Network network, Budget budget) {

        /// Whether the account has logged in from there before.
        boolean isKnown() {
            return budget == Budget.KNOWN;
        }

        /// What it was charged to.
        enum Budget {
            KNOWN,
            FIRST,
            AGAIN
        }
    }

    public LoginGuard() {}

    /// Whether this attempt may be made now; empty means later. What is admitted is charged at
    /// once, or many attempts at the same time would be one too many.
    ///
    /// @param account folded; need not exist
    Optional<Ticket> admit(String account, Network network, long read) {
        // Names that cannot be share one budget: they are not worth remembering.
        var name = Account.mayBeNamed(account) ? account : "";
        var pair = new Pair(name, network);
        lock.lock();
        try {
            var now = inOrder(read);
            var home = known.get(pair);
            if (home != null && now - home.lastSuccess() < KNOWN_FOR.toNanos()) {
                return home.strikes().mayTry(now)
                        ? Optional.of(new Ticket(name, network, Ticket.Budget.KNOWN))
                        : Optional.empty();
            }
            return admitStranger(pair, now);
        } finally {
            lock.unlock();
        }
    }

    /// Who read the clock first may come here last; for the guard time does not go back.
    private long inOrder(long read) {
        latest = begun && read - latest < 0 ? latest : read; // nanoTime may wrap
        begun = true;
        return latest;
    }

    private Optional<Ticket> admitStranger(Pair pair, long now) {
        var own = pairs.computeIfAbsent(pair, _ -> new Strikes(PAIR, now));
        var all = networks.computeIfAbsent(pair.network(), _ -> new Strikes(NETWORK, now));
        if (!own.mayTry(now) || !all.mayTry(now)) {
            return Optional.empty();
        }
        var budget = own.isClean(now) ? Ticket.Budget.FIRST : Ticket.Budget.AGAIN;
        var shared = shared(pair.account(), budget, now);
        var room = budget == Ticket.Budget.FIRST ? FIRST.free() : AGAIN.free();
        if (shared.count(now) > room - 1) {
            return Optional.empty();
        }
        own.add(now);
        shared.add(now);
        return Optional.of(new Ticket(pair.account(), pair.network(), budget));
    }

    private Strikes shared(String account, Ticket.Budget budget, long now) {
        var both =
                strangers.computeIfAbsent(
                        account,
                        _ -> new Strangers(new Strikes(FIRST, now), new Strikes(AGAIN, now)));
        return budget == Ticket.Budget.FIRST ? both.first() : both.again();
    }

    /// The password was right. What the network failed at other accounts stays counted, or one
    /// account of one's own would pay for guessing at all others.
    void succeeded(Ticket ticket, long read) {
        var pair = new Pair(ticket.account(), ticket.network());
        lock.lock();
        try {
            var now = inOrder(read);
            giveBack(ticket, now);
            pairs.remove(pair);
            known.put(pair, new Known(new Strikes(PAIR, now), now));
        } finally {
            lock.unlock();
        }
    }

    /// The password was wrong, or whatever else it is that a peer is not told.
    void failed(Ticket ticket, long read) {
        var pair = new Pair(ticket.account(), ticket.network());
        lock.lock();
        try {
            var now = inOrder(read);
            var home = known.get(pair);
            if (ticket.budget() == Ticket.Budget.KNOWN && home != null) {
                home.strikes().add(now);
            } else {
                networks.computeIfAbsent(ticket.network(), _ -> new Strikes(NETWORK, now)).add(now);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Nobody looked at the password: it costs nothing.
    void notTried(Ticket ticket, long read) {
        lock.lock();
        try {
            giveBack(ticket, inOrder(read));
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(Ticket ticket, long now) {
        if (ticket.budget() != Ticket.Budget.KNOWN) {
            var own = pairs.get(new Pair(ticket.account(), ticket.network()));
            if (own != null) {
                own.takeBack(now);
            }
            shared(ticket.account(), ticket.budget(), now).takeBack(now);
        }
    }

    /// A map that forgets what was not used for longest.
    private static final class Recent<K, V> extends LinkedHashMap<K, V> {

        private static final long serialVersionUID = 1;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > REMEMBERED;
        }
    }
}
