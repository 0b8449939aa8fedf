package chat.parley.daemon.chat;

import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Name;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Nick to [User], for those who are here, and for those who are just leaving.
///
/// A shared table: its lock is a leaf. Nobody is told anything here; that is the [Directory]'s.
final class Presences {

    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<String, Presence> byNick = new HashMap<>(); // guarded by lock

    private boolean stopping; // guarded by lock
    private int most; // guarded by lock

    /// A user and whether it is leaving. Its fields are guarded by the table's lock.
    static final class Presence {
        final User user;
        final CountDownLatch gone = new CountDownLatch(1);
        int attached; // counts the sessions that ever came
        boolean leaving;

        Presence(User user) {
            this.user = user;
        }
    }

    /// What the table answers to a session that comes.
    sealed interface Arrival {

        /// The user was here already, and has one session more.
        record Joined(User user) implements Arrival {}

        /// The new user is here from now on.
        record First() implements Arrival {}

        /// A user of this nick is leaving; ask again once it is gone.
        record After(CountDownLatch gone) implements Arrival {}

        /// Who had an account of this name before is still here, and leaving from now on; ask
        /// again.
        record Former(User user) implements Arrival {}

        /// Somebody else has the nick.
        record NickInUse() implements Arrival {}
    }

    /// What a session's end leaves behind.
    ///
    /// @param presence of the user if that was its last session
    /// @param attached how many sessions had ever come by then
    record Left(@Nullable Presence presence, int attached) {
        boolean last() {
            return presence != null;
        }
    }

    /// @param user here from now on, if nobody has its nick
    Arrival arrive(User user, Recipient session) {
        lock.lock();
        try {
            var present = byNick.get(user.nick().folded());
            if (present == null) {
                user.attach(session);
                byNick.put(user.nick().folded(), new Presence(user));
                most = Math.max(most, byNick.size());
                return new Arrival.First();
            }
            if (!CaseMapping.same(present.user.account(), user.account())) {
                return new Arrival.NickInUse();
            }
            if (present.leaving) {
                return new Arrival.After(present.gone);
            }
            if (!present.user.person().since().equals(user.person().since())) {
                present.leaving = true;
                return new Arrival.Former(present.user);
            }
            present.attached++;
            present.user.attach(session);
            return new Arrival.Joined(present.user);
        } finally {
            lock.unlock();
        }
    }

    /// Gives the user another nick. Empty if somebody else has it, else how it showed itself
    /// before.
    Optional<User.Profile> rename(User user, Name.Nick nick) {
        lock.lock();
        try {
            var other = byNick.get(nick.folded());
            var mine = byNick.get(user.nick().folded());
            if (mine == null || mine.user != user || (other != null && !other.equals(mine))) {
                return Optional.empty();
            }
            byNick.remove(user.nick().folded());
            byNick.put(nick.folded(), mine);
            return Optional.of(user.change(profile -> profile.withNick(nick)));
        } finally {
            lock.unlock();
        }
    }

    /// Makes the user another account's. False if it has a session but this, or is leaving.
    boolean changeAccount(User user, Recipient only, User.Whose whose) {
        lock.lock();
        try {
            var present = byNick.get(user.nick().folded());
            if (present == null
                    || present.user != user
                    || present.leaving
                    || !user.sessions().equals(List.of(only))) {
                return false;
            }
            user.whose(whose);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Takes a session away from its user.
    ///
    /// @param forGood whether the user is leaving if it was the last
    Left withdraw(User user, Recipient session, boolean forGood) {
        lock.lock();
        try {
            var present = byNick.get(user.nick().folded());
            if (user.detach(session)
                    && present != null
                    && present.user == user
                    && !present.leaving) {
                present.leaving = forGood;
                return new Left(present, present.attached);
            }
            return new Left(null, 0);
        } finally {
            lock.unlock();
        }
    }

    /// The user is leaving from now on, whatever sessions it has. False if it was already, or if
    /// everybody is.
    boolean expel(User user) {
        lock.lock();
        try {
            var present = byNick.get(user.nick().folded());
            if (stopping || present == null || present.user != user || present.leaving) {
                return false;
            }
            present.leaving = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Whether the user is still without a session, and leaving from now on.
    ///
    /// @param attached how many sessions had ever come when the last was lost
    boolean isStillLost(Presence lost, int attached) {
        lock.lock();
        try {
            if (lost.leaving || lost.attached != attached) {
                return false;
            }
            lost.leaving = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The user has left; who waits for its nick goes on.
    void remove(User user) {
        Presence present;
        lock.lock();
        try {
            present = byNick.remove(user.nick().folded());
        } finally {
            lock.unlock();
        }
        if (present != null) {
            present.gone.countDown();
        }
    }

    boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopping = true;
        } finally {
            lock.unlock();
        }
    }

    Optional<User> find(String nick) {
        lock.lock();
        try {
            return Optional.ofNullable(byNick.get(CaseMapping.fold(nick))).map(p -> p.user);
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return byNick.size();
        } finally {
            lock.unlock();
        }
    }

    /// How many were here at the most.
    int most() {
        lock.lock();
        try {
            return most;
        } finally {
            lock.unlock();
        }
    }

    /// In no order.
    List<User> all() {
        lock.lock();
        try {
            return byNick.values().stream().map(p -> p.user).toList();
        } finally {
            lock.unlock();
        }
    }
}
