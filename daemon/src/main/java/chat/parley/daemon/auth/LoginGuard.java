package chat.parley.daemon.auth;

import chat.parley.daemon.auth.GuardTables.Entry;
import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.GuardRow;
import chat.parley.daemon.store.GuardRow.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Whether a password may be tried at all, decided before it is looked at (ADR 0033).
///
/// Counted are failures of an account from one network, failures of a network, and failures of an
/// account over all places that it never logged in from. Waits grow; after a hundred failures in a
/// row strangers are put off until the owner comes. What they do never reaches a network or a
/// device that the account has logged in from: each of these has a count of its own.
///
/// Any thread; one lock, a leaf. Memory is bounded; [GuardMemory] writes it down. Time is passed in
/// as [System#nanoTime] gives it.
public final class LoginGuard {

    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final GuardTables tables = new GuardTables(); // guarded by lock
    private long latest; // guarded by lock
    private boolean begun; // guarded by lock

    /// Whether an attempt may be made now.
    sealed interface Verdict {

        record May(Ticket ticket) implements Verdict {}

        /// @param again in which time it is worth trying again
        record Later(Duration again) implements Verdict {}

        /// Time does not help: strangers have failed too often in a row, or somebody where the
        /// account is known has. A right login from another known place does, or a certificate, or
        /// the admin.
        record Closed() implements Verdict {}
    }

    /// An attempt that may be made. Once it has begun it comes back exactly once, as what became of
    /// it.
    ///
    /// @param isKnown whether the account has logged in from there before
    /// @param charged what it is counted by
    record Ticket(String account, Origin origin, boolean isKnown, List<Entry> charged) {}

    public LoginGuard() {}

    /// Whether this attempt may be made now. To be asked before anything is done for it, and then
    /// [#begin], when it is made, as others may have failed in between.
    ///
    /// @param account folded; need not exist
    Verdict admit(String account, Origin origin, long read) {
        lock.lock();
        try {
            return judge(account, origin, inOrder(read));
        } finally {
            lock.unlock();
        }
    }

    /// Begins the attempt, if it still may be made: then it is the ticket that is given here which
    /// comes back. Of attempts at the same time none is one too many.
    Verdict begin(Ticket ticket, long read) {
        lock.lock();
        try {
            var verdict = judge(ticket.account(), ticket.origin(), inOrder(read));
            if (verdict instanceof Verdict.May(var now)) {
                now.charged().forEach(entry -> entry.tally().begin());
            }
            return verdict;
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

    private Verdict judge(String given, Origin origin, long now) {
        // Names that cannot be share one budget: they are not worth remembering.
        var account = Account.mayBeNamed(given) ? given : "";
        var known = knownPlace(account, origin, now);
        var charged = known.map(List::of).orElseGet(() -> asStranger(account, origin, now));
        var wait = charged.stream().mapToLong(entry -> entry.tally().waitFrom(now)).max().orElse(0);
        if (wait == Tally.CLOSED) {
            return new Verdict.Closed();
        }
        return wait > 0
                ? new Verdict.Later(Duration.ofNanos(wait))
                : new Verdict.May(new Ticket(account, origin, known.isPresent(), charged));
    }

    /// The device before the network, as it is shared with nobody, unless the network has less to
    /// wait.
    private Optional<Entry> knownPlace(String account, Origin origin, long now) {
        return Stream.concat(origin.devicePlace().stream(), Stream.of(origin.networkPlace()))
                .flatMap(place -> tables.known(account, place, now).stream())
                .reduce((a, b) -> b.tally().waitFrom(now) < a.tally().waitFrom(now) ? b : a);
    }

    private List<Entry> asStranger(String account, Origin origin, long now) {
        var pair = tables.pair(account, origin.networkPlace(), now);
        var kind = pair.tally().isClean() ? Kind.FIRST : Kind.AGAIN;
        return List.of(
                pair,
                tables.network(origin.networkPlace(), now),
                tables.strangers(kind, account, now),
                tables.strangers(Kind.STRANGERS, account, now));
    }

    /// The password was right. What the network failed at other accounts stays counted, or one
    /// account of one's own would pay for guessing at all others.
    void succeeded(Ticket ticket, long read) {
        lock.lock();
        try {
            ticket.charged().forEach(entry -> entry.tally().end());
            welcome(ticket.account(), ticket.origin(), inOrder(read));
        } finally {
            lock.unlock();
        }
    }

    /// A certificate that opens the account has shown that it is the owner.
    ///
    /// @param account folded
    void proved(String account, Origin origin, long read) {
        lock.lock();
        try {
            welcome(account, origin, inOrder(read));
        } finally {
            lock.unlock();
        }
    }

    private void welcome(String account, Origin origin, long now) {
        tables.exists(account, now);
        tables.endRows(account);
        tables.clearPair(account, origin.networkPlace(), now);
        tables.learn(account, origin.networkPlace(), now);
        origin.devicePlace().ifPresent(device -> tables.learn(account, device, now));
    }

    /// The password was wrong, or whatever else it is that a peer is not told.
    ///
    /// @param exists whether there is such an account
    /// @param trace of the password; empty if the same again would be another guess
    void failed(Ticket ticket, boolean exists, OptionalInt trace, long read) {
        lock.lock();
        try {
            var now = inOrder(read);
            if (exists) {
                tables.exists(ticket.account(), now);
            }
            var isGuess = !ticket.charged().getFirst().tally().repeats(trace);
            for (var entry : ticket.charged()) {
                entry.tally().end();
                entry.tally().failed(isGuess, now);
                if (exists || entry.key().kind() == Kind.NETWORK) {
                    tables.changed(entry.key());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Nobody looked at the password: it costs nothing.
    void notTried(Ticket ticket) {
        lock.lock();
        try {
            ticket.charged().forEach(entry -> entry.tally().end());
        } finally {
            lock.unlock();
        }
    }

    /// How long a network is to wait before a certificate of its that opens nothing is looked at;
    /// zero if it need not. Keys cannot be guessed, so nothing of this is held against the account.
    Duration waitForCertificate(Origin origin, long read) {
        lock.lock();
        try {
            var now = inOrder(read);
            return Duration.ofNanos(
                    tables.network(origin.networkPlace(), now).tally().waitFrom(now));
        } finally {
            lock.unlock();
        }
    }

    /// Such a certificate was shown, or none.
    void certificateFailed(Origin origin, long read) {
        lock.lock();
        try {
            var now = inOrder(read);
            var network = tables.network(origin.networkPlace(), now);
            network.tally().failed(true, now);
            tables.changed(network.key());
        } finally {
            lock.unlock();
        }
    }

    /// Forgets what was failed at an account: the admin said so, or gave it a new password.
    ///
    /// @param account folded
    public void unlock(String account, long read) {
        lock.lock();
        try {
            tables.clear(account, inOrder(read));
        } finally {
            lock.unlock();
        }
    }

    /// Forgets what was failed at a name while nobody had it, or a new account could begin closed.
    ///
    /// @param account folded
    public void added(String account) {
        lock.lock();
        try {
            tables.added(account);
        } finally {
            lock.unlock();
        }
    }

    /// Forgets an account, which is not there any more.
    ///
    /// @param account folded
    public void forget(String account) {
        lock.lock();
        try {
            tables.forget(account);
        } finally {
            lock.unlock();
        }
    }

    /// What was counted since this was last asked, this many things at most.
    ///
    /// @param wall the same moment by the clock on the wall
    List<GuardRow> takeChanges(int most, long read, Instant wall) {
        lock.lock();
        try {
            return tables.takeChanges(most, inOrder(read), wall);
        } finally {
            lock.unlock();
        }
    }

    /// These were not written down after all.
    void notWritten(Collection<GuardRow> rows) {
        lock.lock();
        try {
            rows.forEach(row ->
                    tables.changed(new GuardTables.Key(row.kind(), row.account(), row.place())));
        } finally {
            lock.unlock();
        }
    }

    /// Takes back what was written down; before anything is asked.
    void restore(Collection<GuardRow> rows, long read, Instant wall) {
        lock.lock();
        try {
            var now = inOrder(read);
            rows.forEach(row -> tables.restore(row, now, wall));
        } finally {
            lock.unlock();
        }
    }

    /// How many things are remembered; for tests.
    int size() {
        lock.lock();
        try {
            return tables.size();
        } finally {
            lock.unlock();
        }
    }
}
