package chat.parley.daemon.chat;

import chat.parley.protocol.Capability;
import chat.parley.protocol.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Somebody who is present: an account, how it shows itself, and the sessions (devices) it is here
/// with.
///
/// A shared table: its lock is a leaf.
public final class User {

    /// Of the text of AWAY, in bytes of UTF-8.
    public static final int LONGEST_AWAY = 200;

    /// IRCv3 draft/pre-away: "not present for an unspecified reason".
    private static final String NOBODY_THERE = "*";

    /// How a user shows itself to others. Replaced as a whole, so that whoever reads it sees one
    /// moment.
    ///
    /// @param username what USER gave, in front of the `@`
    /// @param host what stands for the address, which nobody is shown
    /// @param away why the user is away, if it is
    /// @param modes letters of user modes
    public record Profile(
            Name.Nick nick,
            String username,
            String realName,
            String host,
            Optional<String> away,
            Set<Character> modes) {

        /// `nick!user@host`, the source of what this user does.
        public String source() {
            return nick.text() + "!" + username + "@" + host;
        }

        public boolean has(char mode) {
            return modes.contains(mode);
        }

        public Profile withNick(Name.Nick changed) {
            return new Profile(changed, username, realName, host, away, modes);
        }

        public Profile withRealName(String changed) {
            return new Profile(nick, username, changed, host, away, modes);
        }

        public Profile withAway(Optional<String> changed) {
            return new Profile(nick, username, realName, host, changed, modes);
        }

        public Profile without(char mode) {
            return withModes(
                    modes.stream().filter(other -> other != mode).collect(Collectors.toSet()));
        }

        public Profile withModes(Set<Character> changed) {
            return new Profile(nick, username, realName, host, away, Set.copyOf(changed));
        }
    }

    /// Whose user it is, and what that account says of itself: always of one and the same.
    record Whose(Person person, Keys keys) {}

    private volatile Whose whose; // replaced under the directory's lock
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Set<Channel> channels = new LinkedHashSet<>(); // guarded by lock
    private boolean gone; // guarded by lock
    private final Set<Recipient> unattended = new HashSet<>(); // guarded by lock
    private Optional<String> away = Optional.empty(); // as last said; guarded by lock
    private volatile Profile profile; // replaced under lock
    private volatile List<Recipient> sessions = List.of(); // replaced under the directory's lock

    /// @param keys the metadata of the account, which all its users share
    User(Person person, Profile profile, Keys keys) {
        this.whose = new Whose(person, keys);
        this.profile = profile;
    }

    public String account() {
        return whose.person().account();
    }

    /// Whose account it is; what is older is not theirs.
    public Person person() {
        return whose.person();
    }

    Whose whose() {
        return whose;
    }

    /// Called by [Presences] only, under its lock.
    void whose(Whose changed) {
        whose = changed;
    }

    /// The metadata of its account.
    public Keys keys() {
        return whose.keys();
    }

    /// As it shows itself now.
    public Profile profile() {
        return profile;
    }

    public Name.Nick nick() {
        return profile.nick();
    }

    public String source() {
        return profile.source();
    }

    /// Who did it, for events.
    public Event.Actor actor() {
        return new Event.Actor(account(), profile.has('B'), profile.has('o'));
    }

    /// Changes how the user shows itself; a new nick is the directory's to give.
    ///
    /// @return how it showed itself before
    public Profile change(UnaryOperator<Profile> change) {
        lock.lock();
        try {
            var before = profile;
            profile = change.apply(before);
            return before;
        } finally {
            lock.unlock();
        }
    }

    /// One session says AWAY. With draft/pre-away, `*` means that nobody sits there: as long as
    /// other sessions are here it is as if it were not.
    ///
    /// @param text empty for being back
    /// @return how the user showed itself before
    Profile away(Recipient session, String text) {
        lock.lock();
        try {
            if (text.equals(NOBODY_THERE) && session.capabilities().has(Capability.PRE_AWAY)) {
                unattended.add(session);
            } else {
                unattended.remove(session);
                away = text.isEmpty() ? Optional.empty() : Optional.of(text);
            }
            return showAway();
        } finally {
            lock.unlock();
        }
    }

    /// A session has come.
    ///
    /// @return how the user showed itself before
    Profile hasCome() {
        lock.lock();
        try {
            return showAway();
        } finally {
            lock.unlock();
        }
    }

    /// A session is gone.
    ///
    /// @return how the user showed itself before
    Profile isRidOf(Recipient session) {
        lock.lock();
        try {
            unattended.remove(session);
            return showAway();
        } finally {
            lock.unlock();
        }
    }

    /// Who has lost its last session stays as it was.
    private Profile showAway() {
        var before = profile;
        if (!sessions.isEmpty()) {
            profile =
                    before.withAway(
                            unattended.containsAll(sessions) ? Optional.of(NOBODY_THERE) : away);
        }
        return before;
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
    ///
    /// @return false if the user has left meanwhile, and is in no channel any more
    boolean joined(Channel channel) {
        lock.lock();
        try {
            return !gone && channels.add(channel);
        } finally {
            lock.unlock();
        }
    }

    /// The user is leaving: no channel can be joined from now on.
    ///
    /// @return the channels that must be told
    List<Channel> goes() {
        lock.lock();
        try {
            gone = true;
            return List.copyOf(channels);
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
