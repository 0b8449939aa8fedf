package chat.parley.daemon.chat;

import chat.parley.protocol.Name;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Somebody who is present: an account, a nick, and the sessions (devices) it is here with.
///
/// A shared table: its lock is a leaf.
public final class User {

    private final String account;
    private final Name.Nick nick;
    private final String realName;
    private final String host;

    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Set<Channel> channels = new LinkedHashSet<>(); // guarded by lock
    private volatile List<Recipient> sessions = List.of(); // replaced under the directory's lock

    /// @param host what stands for the address, which nobody is shown
    User(String account, Name.Nick nick, String realName, String host) {
        this.account = account;
        this.nick = nick;
        this.realName = realName;
        this.host = host;
    }

    public String account() {
        return account;
    }

    public Name.Nick nick() {
        return nick;
    }

    public String realName() {
        return realName;
    }

    public String host() {
        return host;
    }

    /// `nick!user@host`, the source of what this user does.
    public String source() {
        return nick.text() + "!" + account + "@" + host;
    }

    /// The sessions as they are now; a session that comes later attaches itself to the channels.
    public List<Recipient> sessions() {
        return sessions;
    }

    /// The channels the user is in.
    public List<Channel> channels() {
        lock.lock();
        try {
            return List.copyOf(channels);
        } finally {
            lock.unlock();
        }
    }

    /// Called by [Directory] only, under its lock.
    void attach(Recipient session) {
        var more = new ArrayList<>(sessions);
        more.add(session);
        sessions = List.copyOf(more);
    }

    /// Called by [Directory] only, under its lock. Whether no session is left.
    boolean detach(Recipient session) {
        sessions = sessions.stream().filter(other -> !other.equals(session)).toList();
        return sessions.isEmpty();
    }

    /// Called by the channel's own thread. Before it looks at [#sessions], so that a session that
    /// attaches at the same time is either seen by the channel or sees the channel.
    void joined(Channel channel) {
        lock.lock();
        try {
            channels.add(channel);
        } finally {
            lock.unlock();
        }
    }

    /// Called by the channel's own thread.
    void left(Channel channel) {
        lock.lock();
        try {
            channels.remove(channel);
        } finally {
            lock.unlock();
        }
    }
}
