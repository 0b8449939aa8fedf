package chat.parley.daemon.chat;

import chat.parley.daemon.store.ChannelSettings;
import chat.parley.daemon.store.ChannelSettings.Listed;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Name;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a channel is at a moment: its members and their seats, its topic, modes, lists and roles.
///
/// Plain state without a thread of its own; it belongs to the channel's.
final class Room {

    private Name.Channel name;
    private final Map<User, Set<Recipient>> members = new LinkedHashMap<>();
    private final Map<Recipient, Seat> seats = new LinkedHashMap<>();
    private final List<Seat> leaving = new ArrayList<>();
    private Roles roles = Roles.NONE;
    private Set<String> invited = Set.of(); // folded accounts; replaced as a whole
    private List<Listed> lists = List.of();
    private Modes modes = Modes.NEW;
    private Topic topic = Topic.NONE;
    private Instant createdAt = Instant.EPOCH;
    private final Keys keys = new Keys();
    private boolean founded;

    Room(Name.Channel name) {
        this.name = name;
    }

    // ---- what lasts

    /// As it was set up when somebody was last here.
    void restore(ChannelSettings settings) {
        founded = true;
        createdAt = settings.createdAt();
        modes = new Modes(Modes.ofLetters(settings.flags()), settings.key(), settings.limit());
        lists = settings.lists();
        roles = Roles.ofLetters(settings.roles());
    }

    ChannelSettings settings() {
        return new ChannelSettings(
                name.text(),
                createdAt,
                modes.letters(),
                modes.key(),
                modes.limit(),
                roles.letters(),
                lists);
    }

    /// Whether anybody has ever set it up.
    boolean isFounded() {
        return founded;
    }

    /// Its first moment.
    ///
    /// @param owner who owns it from now on; nobody owns a channel that everybody is put in
    void found(Instant now, Optional<User> owner) {
        founded = true;
        createdAt = now;
        modes = owner.isPresent() ? Modes.NEW : Modes.COMMON;
        owner.ifPresent(user -> roles = roles.withRank(user.account(), Role.OWNER));
    }

    // ---- who is here

    Name.Channel name() {
        return name;
    }

    /// Everything else stays as it is.
    void rename(Name.Channel to) {
        name = to;
    }

    Collection<User> members() {
        return members.keySet();
    }

    boolean has(User user) {
        return members.containsKey(user);
    }

    boolean hasSeat(Recipient session) {
        return seats.containsKey(session);
    }

    /// What the user may do, here or not.
    Role role(User user) {
        return user.profile().has('o')
                ? Role.OWNER // an operator of the server
                : shownRole(user);
    }

    /// What the user is in this channel, whatever it is elsewhere.
    Role shownRole(User user) {
        return roles.of(user.account());
    }

    Roles roles() {
        return roles;
    }

    void roles(Roles changed) {
        roles = changed;
    }

    /// Lets a user in; its sessions are seated apart.
    void add(User user) {
        members.put(user, new HashSet<>());
        if (isInvited(user)) {
            var fewer = new HashSet<>(invited);
            fewer.remove(CaseMapping.fold(user.account()));
            invited = Set.copyOf(fewer);
        }
    }

    void seat(User user, Recipient session, int since) {
        var sessions = members.get(user);
        if (sessions != null && sessions.add(session)) {
            seats.put(session, new Seat(user, session, since));
        }
    }

    void unseat(Recipient session, int before) {
        var seat = seats.remove(session);
        if (seat != null) {
            seat.endBefore(before);
            leaving.add(seat);
            var sessions = members.get(seat.user());
            if (sessions != null) {
                sessions.remove(session);
            }
        }
    }

    /// @param before the first step of the batch that the user does not hear
    void remove(User user, int before) {
        var sessions = members.remove(user);
        if (sessions != null) {
            sessions.forEach(session -> unseat(session, before));
        }
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /// Everybody who hears something of the batch.
    List<Seat> hearing() {
        var hearing = new ArrayList<>(seats.values());
        hearing.addAll(leaving);
        return hearing;
    }

    /// Those who leave with the batch.
    List<Seat> leaving() {
        return leaving;
    }

    Collection<Seat> seats() {
        return seats.values();
    }

    Optional<Seat> seat(Recipient session) {
        return Optional.ofNullable(seats.get(session));
    }

    /// The batch is delivered.
    ///
    /// @param before the newest entry before the batch
    void settled(long before, Batch batch) {
        leaving.clear();
        seats.values().forEach(seat -> seat.settle(before, batch));
    }

    void invite(User user) {
        var more = new HashSet<>(invited);
        more.add(CaseMapping.fold(user.account()));
        invited = Set.copyOf(more);
    }

    Set<String> invited() {
        return invited;
    }

    boolean isInvited(User user) {
        return invited.contains(CaseMapping.fold(user.account()));
    }

    /// Whoever gets this account's name next has no part in what it was here.
    ///
    /// @param account folded
    /// @return whether that changed what lasts
    boolean forget(String account) {
        var before = roles;
        roles = roles.without(account);
        var fewer = new HashSet<>(invited);
        fewer.remove(account);
        invited = Set.copyOf(fewer);
        return !roles.equals(before);
    }

    /// Whether +i does not mean this user.
    boolean isExpected(User user) {
        return isOn('I', user);
    }

    // ---- how it is

    Modes modes() {
        return modes;
    }

    void modes(Modes changed) {
        modes = changed;
    }

    Topic topic() {
        return topic;
    }

    void topic(Topic changed) {
        topic = changed;
    }

    /// Its metadata, which others may look at too.
    Keys keys() {
        return keys;
    }

    Instant createdAt() {
        return createdAt;
    }

    /// The masks on one list, oldest first.
    List<Listed> list(char letter) {
        return lists.stream().filter(listed -> listed.list() == letter).toList();
    }

    /// How many masks there are on all lists.
    int listed() {
        return lists.size();
    }

    /// Whether that changed anything.
    boolean addTo(char letter, Mask mask, String by, Instant at) {
        if (find(letter, mask).isPresent()) {
            return false;
        }
        var more = new ArrayList<>(lists);
        more.add(new Listed(letter, mask.text(), by, at));
        lists = List.copyOf(more);
        return true;
    }

    /// The mask as it stood there, if it did.
    Optional<String> removeFrom(char letter, Mask mask) {
        var found = find(letter, mask);
        found.ifPresent(
                gone -> lists = lists.stream().filter(other -> !other.equals(gone)).toList());
        return found.map(Listed::mask);
    }

    private Optional<Listed> find(char letter, Mask mask) {
        return list(letter).stream()
                .filter(listed -> new Mask(listed.mask()).isSame(mask))
                .findFirst();
    }

    private boolean isOn(char letter, User user) {
        return list(letter).stream().anyMatch(listed -> new Mask(listed.mask()).matches(user));
    }

    /// Whether the user may not come in because of a ban.
    boolean bansFromJoining(User user) {
        return !isOn('e', user)
                && list('b').stream()
                        .map(listed -> new Mask(listed.mask()))
                        .anyMatch(mask -> !mask.isMute() && mask.matches(user));
    }

    /// Whether the user may not speak because of a ban or a mute.
    boolean bansFromSpeaking(User user) {
        return isOn('b', user) && !isOn('e', user);
    }
}
