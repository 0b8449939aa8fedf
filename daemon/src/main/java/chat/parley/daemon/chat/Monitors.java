package chat.parley.daemon.chat;

import chat.parley.protocol.Message;
import chat.parley.protocol.MessagePrinter;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Who wants to know whether somebody is here (IRCv3 monitor): a list of nicks for each session.
///
/// A shared table: its lock is a leaf.
public final class Monitors {

    /// Nicks that one session may watch.
    public static final int MOST = 100;

    /// A session that watches, and whose it is.
    record Watcher(User user, Recipient session) {}

    private final Server server;
    private final MetadataSync sync;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<Recipient, Map<String, Name.Nick>> watched =
            new HashMap<>(); // guarded by lock
    private final Map<String, Map<Recipient, Watcher>> watchers =
            new HashMap<>(); // by folded nick; guarded by lock

    /// @param sync tells who watches what somebody who comes says of itself
    public Monitors(Server server, MetadataSync sync) {
        this.server = server;
        this.sync = sync;
    }

    /// False if the session watches as many as it may.
    public boolean add(User user, Recipient session, Name.Nick nick) {
        lock.lock();
        try {
            var mine = watched.computeIfAbsent(session, _ -> new LinkedHashMap<>());
            if (mine.containsKey(nick.folded())) {
                return true;
            }
            if (mine.size() >= MOST) {
                return false;
            }
            mine.put(nick.folded(), nick);
            watchers.computeIfAbsent(nick.folded(), _ -> new HashMap<>())
                    .put(session, new Watcher(user, session));
            return true;
        } finally {
            lock.unlock();
        }
    }

    public void remove(Recipient session, Name.Nick nick) {
        lock.lock();
        try {
            var mine = watched.get(session);
            if (mine != null && mine.remove(nick.folded()) != null) {
                forget(session, nick.folded());
            }
        } finally {
            lock.unlock();
        }
    }

    /// Forgets all that a session watches, as it wants or as it is over.
    public void clear(Recipient session) {
        lock.lock();
        try {
            var mine = watched.remove(session);
            if (mine != null) {
                mine.keySet().forEach(folded -> forget(session, folded));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Under the lock.
    private void forget(Recipient session, String folded) {
        var left = watchers.get(folded);
        if (left != null) {
            left.remove(session);
            if (left.isEmpty()) {
                watchers.remove(folded);
            }
        }
    }

    /// What the session watches, oldest first, as it was given.
    public List<Name.Nick> of(Recipient session) {
        lock.lock();
        try {
            var mine = watched.get(session);
            return mine == null ? List.of() : List.copyOf(mine.values());
        } finally {
            lock.unlock();
        }
    }

    List<Watcher> watching(Name.Nick nick) {
        lock.lock();
        try {
            var found = watchers.get(nick.folded());
            return found == null ? List.of() : new ArrayList<>(found.values());
        } finally {
            lock.unlock();
        }
    }

    /// Tells who watches that somebody is here now.
    void online(User arrived) {
        var profile = arrived.profile();
        var described = List.of(Described.of(arrived));
        for (var watcher : watching(profile.nick())) {
            tell(watcher, Numeric.RPL_MONONLINE, profile.source());
            sync.send(
                    watcher.session(),
                    watcher.user().nick().text(),
                    profile.nick().text(),
                    described);
        }
    }

    /// Tells who watches that nobody has this nick any more.
    void offline(Name.Nick nick) {
        watching(nick).forEach(watcher -> tell(watcher, Numeric.RPL_MONOFFLINE, nick.text()));
    }

    private void tell(Watcher watcher, Numeric what, String shown) {
        Message line = server.numeric(what, watcher.user().nick().text(), shown);
        watcher.session().deliver(MessagePrinter.bytes(line));
    }
}
