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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Who is here: nick to [User]. A second session of the same account joins the first; a user whose
/// last session is lost stays for a while, so that a reconnect is silent.
///
/// A shared table: its lock is a leaf.
public final class Directory {

    private final Channels channels;
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
    public Directory(Channels channels, Deadlines deadlines, Duration linger, String host) {
        this.channels = channels;
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
            lock.lock();
            try {
                var present = byNick.get(nick.folded());
                if (present == null) {
                    var user = new User(account, profile(nick, username, realName));
                    user.attach(session);
                    byNick.put(nick.folded(), new Presence(user));
                    most = Math.max(most, byNick.size());
                    return new Attached.Here(user, true);
                }
                if (!CaseMapping.same(present.user.account(), account)) {
                    return new Attached.NickInUse();
                }
                if (!present.leaving) {
                    present.attached++;
                    present.user.attach(session);
                    return new Attached.Here(present.user, false);
                }
                leaving = present;
            } finally {
                lock.unlock();
            }
            leaving.gone.await();
        }
    }

    private User.Profile profile(Name.Nick nick, String username, String realName) {
        return new User.Profile(nick, username, realName, host, Optional.empty(), Set.of());
    }

    /// Gives the user another nick. False if somebody else has it.
    public boolean rename(User user, Name.Nick nick) {
        lock.lock();
        try {
            var other = byNick.get(nick.folded());
            var mine = byNick.get(user.nick().folded());
            if (mine == null || (other != null && !other.equals(mine))) {
                return false;
            }
            byNick.remove(user.nick().folded());
            byNick.put(nick.folded(), mine);
            user.change(profile -> profile.withNick(nick));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Tells all who share a channel with the user, once each, and the user's own sessions but the
    /// one that caused it. Waits until all of it is queued.
    public void tellPeers(User user, Event event, Recipient cause) throws InterruptedException {
        Set<Recipient> told = ConcurrentHashMap.newKeySet();
        told.add(cause);
        for (var channel : user.channels()) { // one after the other: an event is one thread's
            var settled = new Request.Settled();
            channels.ask(channel.name(), new Request.Tell(user, event, told, settled));
            settled.await();
        }
        for (var session : user.sessions()) {
            var lines = event.encodedFor(session.capabilities());
            if (told.add(session) && lines.length > 0) {
                session.deliver(lines);
            }
        }
    }

    /// The session is over. If it was the user's last, the user leaves: at once, or after
    /// lingering.
    ///
    /// Does not wait: what is left to do is done by a thread of its own, as the session's own
    /// thread may be interrupted by now.
    ///
    /// @param reason what the others are told
    public void detach(User user, Recipient session, boolean lingers, String reason) {
        var stays = lingers && linger.isPositive();
        @Nullable Presence lost = null;
        var attached = 0;
        lock.lock();
        try {
            if (stopping) {
                return;
            }
            var present = byNick.get(user.nick().folded());
            if (user.detach(session) && present != null && present.user == user) {
                lost = present;
                attached = present.attached;
                present.leaving = !stays;
            }
        } finally {
            lock.unlock();
        }
        if (lost != null && !stays) {
            inOwnThread(user, () -> leave(user, reason));
            return;
        }
        inOwnThread(user, () -> detachFromChannels(user, session));
        if (lost != null) {
            leaveLater(lost, attached, reason);
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
        var quit =
                Event.of(Message.from(user.source(), "QUIT", reason), user.actor(), Instant.now());
        Set<Recipient> told = ConcurrentHashMap.newKeySet();
        for (var channel : user.goes()) { // one after the other: an event is one thread's
            var settled = new Request.Settled();
            channels.ask(channel.name(), new Request.Leave(user, quit, told, settled));
            settled.await();
        }
        remove(user);
    }

    private void detachFromChannels(User user, Recipient session) throws InterruptedException {
        for (var channel : user.channels()) {
            channels.ask(channel.name(), new Request.Detach(session, new Request.Settled()));
        }
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
