package chat.parley.daemon.chat;

import chat.parley.daemon.limit.Deadlines;
import chat.parley.daemon.store.Metadata.Held;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who is here: nick to [User]. A second session of the same account joins the first; a user whose
/// last session is lost stays for a while, so that a reconnect is silent.
///
/// Who hears of it is told here; the table itself is [Presences].
public final class Directory {

    /// The mode of who has an account; here everybody has one.
    private static final char REGISTERED = 'r';

    private final Peers peers;
    private final Monitors monitors;
    private final Descriptions descriptions;
    private final Departed departed = new Departed();
    private final Deadlines deadlines;
    private final Duration linger;
    private final String host;

    private final Presences presences = new Presences();

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
            DirectMessages directMessages,
            Monitors monitors,
            Descriptions descriptions,
            Deadlines deadlines,
            Duration linger,
            String host) {
        this.peers = new Peers(channels, directMessages, monitors);
        this.monitors = monitors;
        this.descriptions = descriptions;
        this.deadlines = deadlines;
        this.linger = linger;
        this.host = host;
    }

    /// Makes the session one of the user's. Waits for a user of the same nick who is just leaving,
    /// and for one whose account is deleted: that was somebody else.
    public Attached attach(
            Person person, Name.Nick nick, String username, String realName, Recipient session)
            throws InterruptedException {
        return attach(person, nick, username, realName, Optional.empty(), session);
    }

    /// @param away what AWAY has said already, if anything (IRCv3 draft/pre-away)
    public Attached attach(
            Person person,
            Name.Nick nick,
            String username,
            String realName,
            Optional<String> away,
            Recipient session)
            throws InterruptedException {
        var keys = descriptions.of(person);
        while (true) {
            var arrived = new User(person, profile(nick, username, realName), keys);
            switch (presences.arrive(arrived, session)) {
                case Presences.Arrival.NickInUse _ -> {
                    return new Attached.NickInUse();
                }
                case Presences.Arrival.Joined(var user) -> {
                    var before = away.map(text -> user.away(session, text));
                    tellAway(user, before.orElseGet(user::hasCome), session, Instant.now());
                    return new Attached.Here(user, false);
                }
                case Presences.Arrival.First _ -> {
                    away.ifPresent(text -> arrived.away(session, text)); // before anybody sees it
                    monitors.online(arrived);
                    return new Attached.Here(arrived, true);
                }
                case Presences.Arrival.Former(var user) ->
                        inOwnThread(user, () -> leave(user, "Account deleted"));
                case Presences.Arrival.After(var gone) -> gone.await();
            }
        }
    }

    /// One session says AWAY (IRCv3 draft/pre-away has more to say about it).
    ///
    /// @param text empty for being back
    public void away(User user, Recipient session, String text, Instant now)
            throws InterruptedException {
        tellAway(user, user.away(session, text), session, now);
    }

    private void tellAway(User user, User.Profile before, Recipient cause, Instant now)
            throws InterruptedException {
        var away = user.profile().away();
        if (!before.away().equals(away)) {
            var message = Message.from(user.source(), "AWAY", away.map(List::of).orElse(List.of()));
            var event = Event.onlyWith(Capability.AWAY_NOTIFY, message, user.actor(), now);
            tellPeersAndWatchers(user, event, cause);
        }
    }

    /// One of several sessions is gone: what it was in, and what it said of being away.
    private void leaveToOthers(User user, Recipient session) throws InterruptedException {
        peers.detach(user, session);
        tellAway(user, user.isRidOf(session), session, Instant.now());
    }

    private User.Profile profile(Name.Nick nick, String username, String realName) {
        return new User.Profile(
                nick, username, realName, host, Optional.empty(), Set.of(REGISTERED));
    }

    /// Gives the user another nick. False if somebody else has it.
    public boolean rename(User user, Name.Nick nick) {
        var before = presences.rename(user, nick);
        if (before.isEmpty()) {
            return false;
        }
        if (!before.get().nick().equals(nick)) {
            departed.add(before.get(), Instant.now());
            monitors.offline(before.get().nick());
            monitors.online(user);
        }
        return true;
    }

    /// Makes the user another account's, and tells its peers (IRCv3 account-notify). False if it
    /// has sessions but this one: they have not shown to be that account's.
    public boolean changeAccount(User user, Recipient session, Person person, Instant now)
            throws InterruptedException {
        var before = user.whose();
        var after = new User.Whose(person, descriptions.of(person));
        if (!presences.changeAccount(user, session, after)) {
            return false;
        }
        var message = Message.from(user.source(), "ACCOUNT", person.account());
        peers.changedAccount(
                user,
                before.person().account(),
                Event.onlyWith(Capability.ACCOUNT_NOTIFY, message, user.actor(), now),
                session);
        tell(user, before.keys().now(), user.keys().now(), Set.of());
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

    /// Changes the metadata of a user: once it is kept, all who may hear it are told. Waits for the
    /// log, and until it is queued to everybody.
    ///
    /// @param cause the session that does it, and is told otherwise
    /// @param changes what each key is set to; empty to remove it
    public Outcome describe(User user, Recipient cause, Map<String, String> changes)
            throws InterruptedException {
        var whose = user.whose();
        var before = whose.keys().now();
        var outcome = descriptions.keep(whose, changes);
        if (outcome instanceof Outcome.Kept(var now, _)) {
            for (var each : all()) { // with free nicks an account may be here by several
                if (each.keys().equals(whose.keys())) {
                    tell(each, before, now, Set.of(cause));
                }
            }
        }
        return outcome;
    }

    private void tell(User user, Held before, Held now, Set<Recipient> but)
            throws InterruptedException {
        var changed = now.differences(before);
        if (!changed.isEmpty()) {
            var telling = new Telling(descriptions.lines(), Described.of(user), changed);
            peers.tell(user, telling, but);
        }
    }

    /// Tells sessions what people and channels say of themselves.
    public MetadataSync sync() {
        return descriptions.sync();
    }

    /// The session is over. If it was the user's last, the user leaves: at once, or after
    /// lingering.
    ///
    /// Does not wait: what is left to do is done by a thread of its own, as the session's own
    /// thread may be interrupted by now.
    ///
    /// @param reason what the others are told
    public void detach(User user, Recipient session, boolean lingers, String reason) {
        if (presences.isStopping()) {
            return;
        }
        var stays = lingers && linger.isPositive();
        var left = withdraw(user, session, !stays);
        if (left.last() && !stays) {
            inOwnThread(user, () -> leave(user, reason));
            return;
        }
        inOwnThread(user, () -> leaveToOthers(user, session));
        if (left.presence() != null) {
            leaveLater(left.presence(), left.attached(), reason);
        }
    }

    /// The session says goodbye by itself. Waits until everybody has heard what there is to hear,
    /// so that nobody who sees the connection closed still finds the user here.
    ///
    /// @param reason what the others are told if it was the user's last session
    public void depart(User user, Recipient session, String reason) throws InterruptedException {
        if (presences.isStopping()) {
            return;
        }
        var left = withdraw(user, session, true);
        Departure rest =
                left.last() ? () -> leave(user, reason) : () -> leaveToOthers(user, session);
        try {
            rest.run();
        } catch (InterruptedException e) { // it must be finished all the same
            inOwnThread(user, rest);
            throw e;
        }
    }

    /// Somebody is made to go, with all its sessions; whoever asks ends them afterwards.
    public void expel(User user, String reason) throws InterruptedException {
        if (!presences.expel(user)) {
            return;
        }
        try {
            leave(user, reason);
        } catch (InterruptedException e) { // it must be finished all the same
            inOwnThread(user, () -> leave(user, reason));
            throw e;
        }
    }

    private Presences.Left withdraw(User user, Recipient session, boolean forGood) {
        monitors.clear(session);
        return presences.withdraw(user, session, forGood);
    }

    private void leaveLater(Presences.Presence lost, int attached, String reason) {
        deadlines.after(
                linger,
                () -> {
                    if (presences.isStillLost(lost, attached)) {
                        inOwnThread(lost.user, () -> leave(lost.user, reason));
                    }
                });
    }

    /// From now on nobody is told that anybody leaves: everybody does.
    public void stop() {
        presences.stop();
    }

    /// Somebody with this nick.
    public Optional<User> find(String nick) {
        return presences.find(nick);
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
        return presences.count();
    }

    /// How many were here at the most, since the start.
    public int most() {
        return presences.most();
    }

    /// Everybody who is here, in no order.
    public List<User> all() {
        return presences.all();
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
        presences.remove(user);
        departed.add(user.profile(), now);
        monitors.offline(user.nick());
    }
}
