package chat.parley.daemon.chat;

import chat.parley.daemon.limit.Deadlines;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Who is here: nick to [User]. A second session of the same account joins the first; a user whose
/// last session is lost stays for a while, so that a reconnect is silent.
///
/// A shared table: its lock is a leaf.
public final class Directory {

    /// The mode of who has an account; here everybody has one.
    private static final char REGISTERED = 'r';

    private final Peers peers;
    private final Monitors monitors;
    private final Departed departed = new Departed();
    private final Deadlines deadlines;
    private final Duration linger;
    private final String host;

    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<String, Presence> byNick = new HashMap<>(); // guarded by lock

    private boolean stopping; // guarded by lock
    private int most; // guarded by lock

    /// A user and whether it is leaving. Its fields are guarded by the directory's lock.
    private static final class Presence {
        final User user;
        final CountDownLatch gone = new CountDownLatch(1);
        int attached; // counts the sessions that ever came
        boolean leaving;

        Presence(User user) {
            this.user = user;
        }
    }

    /// What came of attaching a session.
    public sealed interface Attached {

        /// @param first whether the user was not here before
        record Here(User user, boolean first) implements Attached {}

        /// Somebody else has the nick.
        record NickInUse() implements Attached {}
    }

    /// @param host shown in place of everybody's address
    public Directory(
            Channels channels,
            Monitors monitors,
            Deadlines deadlines,
            Duration linger,
            String host) {
        this.peers = new Peers(channels, monitors);
        this.monitors = monitors;
        this.deadlines = deadlines;
        this.linger = linger;
        this.host = host;
    }

    /// Makes the session one of the user's. Waits for a user of the same nick who is just leaving.
    public Attached attach(
            String account, Name.Nick nick, String username, String realName, Recipient session)
            throws InterruptedException {
        while (true) {
            Presence leaving;
            User arrived;
            lock.lock();
            try {
                var present = byNick.get(nick.folded());
                if (present != null && !CaseMapping.same(present.user.account(), account)) {
                    return new Attached.NickInUse();
                }
                if (present != null && !present.leaving) {
                    present.attached++;
                    present.user.attach(session);
                    return new Attached.Here(present.user, false);
                }
                leaving = present;
                arrived = new User(account, profile(nick, username, realName));
                if (leaving == null) {
                    arrived.attach(session);
                    byNick.put(nick.folded(), new Presence(arrived));
                    most = Math.max(most, byNick.size());
                }
            } finally {
                lock.unlock();
            }
            if (leaving == null) {
                monitors.online(arrived.profile());
                return new Attached.Here(arrived, true);
            }
            leaving.gone.await();
        }
    }

    private User.Profile profile(Name.Nick nick, String username, String realName) {
        return new User.Profile(
                nick, username, realName, host, Optional.empty(), Set.of(REGISTERED));
    }

    /// Gives the user another nick. False if somebody else has it.
    public boolean rename(User user, Name.Nick nick) {
        User.Profile before;
        lock.lock();
        try {
            var other = byNick.get(nick.folded());
            var mine = byNick.get(user.nick().folded());
            if (mine == null || (other != null && !other.equals(mine))) {
                return false;
            }
            byNick.remove(user.nick().folded());
            byNick.put(nick.folded(), mine);
            before = user.change(profile -> profile.withNick(nick));
        } finally {
            lock.unlock();
        }
        if (!before.nick().equals(nick)) {
            departed.add(before, Instant.now());
            monitors.offline(before.nick());
            monitors.online(user.profile());
        }
        return true;
    }

    /// Tells all who share a channel with the user, once each, and the user's own sessions but the
    /// one that caused it. Waits until all of it is queued.
    public void tellPeers(User user, Event event, Recipient cause) throws InterruptedException {
        peers.tell(user, event, cause, false);
    }

    /// The same, and those who watch the user closely hear it too (IRCv3 extended-monitor).
    public void tellPeersAndWatchers(User user, Event event, Recipient cause)
            throws InterruptedException {
        peers.tell(user, event, cause, true);
    }

    /// The session is over. If it was the user's last, the user leaves: at once, or after
    /// lingering.
    ///
    /// Does not wait: what is left to do is done by a thread of its own, as the session's own
    /// thread may be interrupted by now.
    ///
    /// @param reason what the others are told
    public void detach(User user, Recipient session, boolean lingers, String reason) {
        if (isStopping()) {
            return;
        }
        var stays = lingers && linger.isPositive();
        var left = withdraw(user, session, !stays);
        if (left.last() && !stays) {
            inOwnThread(user, () -> leave(user, reason));
            return;
        }
        inOwnThread(user, () -> peers.detach(user, session));
        if (left.presence() != null) {
            leaveLater(left.presence(), left.attached(), reason);
        }
    }

    /// The session says goodbye by itself. Waits until everybody has heard what there is to hear,
    /// so that nobody who sees the connection closed still finds the user here.
    ///
    /// @param reason what the others are told if it was the user's last session
    public void depart(User user, Recipient session, String reason) throws InterruptedException {
        if (isStopping()) {
            return;
        }
        var left = withdraw(user, session, true);
        Departure rest =
                left.last() ? () -> leave(user, reason) : () -> peers.detach(user, session);
        try {
            rest.run();
        } catch (InterruptedException e) { // it must be finished all the same
            inOwnThread(user, rest);
            throw e;
        }
    }

    /// Somebody is made to go, with all its sessions; whoever asks ends them afterwards.
    public void expel(User user, String reason) throws InterruptedException {
        lock.lock();
        try {
            var present = byNick.get(user.nick().folded());
            if (stopping || present == null || present.user != user || present.leaving) {
                return;
            }
            present.leaving = true;
        } finally {
            lock.unlock();
        }
        try {
            leave(user, reason);
        } catch (InterruptedException e) { // it must be finished all the same
            inOwnThread(user, () -> leave(user, reason));
            throw e;
        }
    }

    /// What a session's end leaves behind.
    ///
    /// @param presence of the user if that was its last session
    private record Left(@Nullable Presence presence, int attached) {
        boolean last() {
            return presence != null;
        }
    }

    private Left withdraw(User user, Recipient session, boolean forGood) {
        monitors.clear(session);
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

    private void leaveLater(Presence lost, int attached, String reason) {
        deadlines.after(
                linger,
                () -> {
                    if (stillLost(lost, attached)) {
                        inOwnThread(lost.user, () -> leave(lost.user, reason));
                    }
                });
    }

    private boolean stillLost(Presence lost, int attached) {
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

    private boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    /// From now on nobody is told that anybody leaves: everybody does.
    public void stop() {
        lock.lock();
        try {
            stopping = true;
        } finally {
            lock.unlock();
        }
    }

    /// Somebody with this nick.
    public Optional<User> find(String nick) {
        lock.lock();
        try {
            return Optional.ofNullable(byNick.get(CaseMapping.fold(nick))).map(p -> p.user);
        } finally {
            lock.unlock();
        }
    }

    /// Who was here and is not any more.
    public Departed departed() {
        return departed;
    }

    /// Who wants to know whether somebody is here.
    public Monitors monitors() {
        return monitors;
    }

    public int count() {
        lock.lock();
        try {
            return byNick.size();
        } finally {
            lock.unlock();
        }
    }

    private interface Departure {
        void run() throws InterruptedException;
    }

    private static void inOwnThread(User user, Departure departure) {
        Thread.ofVirtual()
                .name("leave-" + user.nick().folded())
                .start(() -> {
                    try {
                        departure.run();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt(); // nobody does; the thread ends
                    }
                });
    }

    private void leave(User user, String reason) throws InterruptedException {
        var now = Instant.now();
        peers.leave(user, Event.of(Message.from(user.source(), "QUIT", reason), user.actor(), now));
        remove(user);
        departed.add(user.profile(), now);
        monitors.offline(user.nick());
    }

    private void remove(User user) {
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

    /// How many were here at the most, since the start.
    public int most() {
        lock.lock();
        try {
            return most;
        } finally {
            lock.unlock();
        }
    }

    /// Everybody who is here, in no order.
    public List<User> all() {
        lock.lock();
        try {
            return byNick.values().stream().map(p -> p.user).toList();
        } finally {
            lock.unlock();
        }
    }
}
