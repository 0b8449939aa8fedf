package chat.parley.daemon.chat;

import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.store.Memberships;
import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Coming and going: JOIN, PART, KICK, INVITE, and sessions that come and go with their users.
///
/// Logic without a thread; it runs on the channel's.
final class Membership {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private static final Capabilities OF_A_JOIN =
            Capabilities.of(Capability.EXTENDED_JOIN, Capability.AWAY_NOTIFY);

    private final Channel channel;
    private final Room room;
    private final Server server;
    private final ReadMarkers markers;
    private final Memberships memberships;
    private final Door door;
    private final Auditorium auditorium;
    private final Describing describing;
    private final AuditLog audit;

    Membership(Channel channel, Room room, Channel.House house, Describing describing) {
        this.channel = channel;
        this.room = room;
        this.server = house.server();
        this.markers = house.markers();
        this.memberships = house.stores().memberships();
        this.door = new Door(room, server);
        this.auditorium = new Auditorium(room);
        this.describing = describing;
        this.audit = house.stores().audit();
    }

    void join(Request.Join join, Instant now, Batch batch) throws InterruptedException {
        var asker = join.asker();
        var user = asker.user();
        if (room.has(user)) { // Modern IRC, JOIN: silent for who is in already
            remember(join);
            batch.answer(asker, List.of());
            return;
        }
        var refusal = door.refusal(join);
        if (refusal.isPresent()) {
            batch.answer(asker, refusal.get());
            return;
        }
        if (!user.joined(channel)) { // before its sessions are looked at: see User.joined
            batch.answer(asker, List.of());
            return;
        }
        remember(join);
        room.add(user);
        var place = batch.next();
        // With +u only operators are seen to come: NAMES shows who has a voice.
        var witnesses = auditorium.witnesses(user, Role.OPERATOR);
        batch.hear(joined(user, now), Remembered.join(room, user, now), asker, false, witnesses);
        user.sessions().forEach(session -> room.seat(user, session, place));
        batch.answer(asker, greeting(asker));
        for (var session : user.sessions()) {
            if (!session.equals(asker.session())) {
                var answers = Answers.plainly(session);
                var other = new Request.Asker(user, session, answers);
                batch.answer(session, answers, greeting(other));
            }
        }
        user.sessions().forEach(session -> describing.sync(session, batch));
    }

    /// The account is put in again at its next login.
    private void remember(Request.Join join) throws InterruptedException {
        if (!join.returning()) {
            keep(() -> memberships.joined(join.asker().user().account(), room.name().text()));
        }
    }

    private void forget(User user) throws InterruptedException {
        keep(() -> memberships.left(user.account(), room.name().text()));
    }

    private interface Change {
        void make() throws IOException, InterruptedException;
    }

    /// What happens here happens, whether it can be remembered or not.
    private static void keep(Change change) throws InterruptedException {
        try {
            change.make();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("channels not remembered");
        }
    }

    /// IRCv3 extended-join; and away-notify: who comes and is away is told to be.
    private Event joined(User user, Instant now) {
        var profile = user.profile();
        var join =
                new Remembered.Join(
                        profile.source(), room.name().text(), user.account(), profile.realName());
        return Event.of(
                OF_A_JOIN,
                receiver -> {
                    var messages = new ArrayList<Message>(2);
                    messages.add(join.with(receiver));
                    if (receiver.has(Capability.AWAY_NOTIFY) && profile.away().isPresent()) {
                        messages.add(Message.from(profile.source(), "AWAY", profile.away().get()));
                    }
                    return messages;
                },
                user.actor(),
                now);
    }

    void attach(User user, Recipient session, Instant now, Batch batch)
            throws InterruptedException {
        if (!room.has(user) || room.hasSeat(session)) {
            return;
        }
        room.seat(user, session, batch.next());
        var answers = Answers.plainly(session);
        var lines = new ArrayList<>(joined(user, now).taggedFor(session.capabilities(), Map.of()));
        lines.addAll(greeting(new Request.Asker(user, session, answers)));
        batch.answer(session, answers, lines);
        describing.sync(session, batch);
    }

    /// What follows one's own JOIN: the topic, if there is one, the read marker and the names.
    private List<Message> greeting(Request.Asker asker) throws InterruptedException {
        var lines = new ArrayList<Message>();
        if (!room.topic().text().isEmpty()) {
            lines.addAll(room.topic().lines(server, asker.nick(), room.name()));
        }
        // "MUST be sent before the RPL_ENDOFNAMES reply" (read-marker, "Command flows")
        markers.afterJoin(asker.user(), asker.session(), room.name()).ifPresent(lines::add);
        if (!wantsNoNames(asker.session().capabilities())) {
            lines.addAll(MemberReplies.names(server, asker, room, true));
            lines.add(MemberReplies.endOfNames(server, asker.nick(), room.name().text()));
        }
        return lines;
    }

    /// IRCv3 no-implicit-names, by either of its names.
    private static boolean wantsNoNames(Capabilities capabilities) {
        return capabilities.has(Capability.NO_IMPLICIT_NAMES)
                || capabilities.has(Capability.DRAFT_NO_IMPLICIT_NAMES);
    }

    /// What a session hears that cannot be told that the channel has another name.
    ///
    /// @param from the name it had
    List<Message> cameAgain(Request.Asker asker, Name.Channel from, String reason, Instant now)
            throws InterruptedException {
        var user = asker.user();
        var seen = asker.session().capabilities();
        var part = Event.of(left(user, from, reason), user.actor(), now);
        var lines = new ArrayList<>(part.taggedFor(seen, Map.of()));
        lines.addAll(joined(user, now).taggedFor(seen, Map.of()));
        lines.addAll(greeting(asker));
        return lines;
    }

    void part(Request.Asker asker, String reason, Instant now, Batch batch)
            throws InterruptedException {
        var user = asker.user();
        forget(user); // here or not
        if (!room.has(user)) {
            batch.answer(asker, notOn(asker));
            return;
        }
        hear(left(user, room.name(), reason), asker, user, now, batch);
        remove(user, batch); // after the step: who leaves hears it
    }

    private static Message left(User user, Name.Channel name, String reason) {
        var params = reason.isEmpty() ? List.of(name.text()) : List.of(name.text(), reason);
        return Message.from(user.source(), "PART", params);
    }

    void kick(Request.Asker asker, User target, String reason, Instant now, Batch batch)
            throws InterruptedException {
        var user = asker.user();
        if (!room.has(user) && !user.profile().has('o')) {
            batch.answer(asker, notOn(asker));
        } else if (!room.role(user).isAtLeast(Role.OPERATOR)) {
            batch.answer(asker, notOperator(asker));
        } else if (!room.has(target)) {
            batch.answer(asker, notThere(asker, target));
        } else {
            var kick =
                    Message.from(
                            user.source(),
                            "KICK",
                            room.name().text(),
                            target.nick().text(),
                            reason.isEmpty() ? user.nick().text() : reason);
            hear(kick, asker, target, now, batch);
            remove(target, batch);
            forget(target);
            audit.channelMember(asker.actor(), "kicked", room.name().text(), target.account());
        }
    }

    private void hear(Message message, Request.Asker asker, User about, Instant now, Batch batch) {
        var event = Event.of(message, asker.user().actor(), now);
        var entry = Remembered.entry(room, message, asker.user(), now);
        batch.hear(event, entry, asker, true, auditorium.witnesses(about, Role.VOICE));
    }

    void invite(Request.Asker asker, User guest, Instant now, Batch batch) {
        var user = asker.user();
        var name = room.name().text();
        if (!room.has(user)) {
            batch.answer(asker, notOn(asker));
        } else if (room.has(guest)) {
            batch.answer(
                    asker,
                    server.numeric(
                            Numeric.ERR_USERONCHANNEL,
                            asker.nick(),
                            guest.nick().text(),
                            name,
                            "is already in the channel"));
        } else if (room.modes().has('i') && !room.role(user).isAtLeast(Role.OPERATOR)) {
            batch.answer(asker, notOperator(asker));
        } else {
            room.invite(guest);
            if (room.modes().has('i')) {
                audit.channelMember(asker.actor(), "invited", name, guest.account());
            }
            var message = Message.from(user.source(), "INVITE", guest.nick().text(), name);
            var told = Event.of(message, user.actor(), now);
            guest.sessions()
                    .forEach(session -> session.deliver(told.encodedFor(session.capabilities())));
            batch.pass(
                    Event.onlyWith(Capability.INVITE_NOTIFY, message, user.actor(), now),
                    new Request.Asker(user, asker.session(), new Silence()),
                    null);
            batch.answer(
                    asker,
                    server.numeric(Numeric.RPL_INVITING, asker.nick(), guest.nick().text(), name));
        }
    }

    /// Roles are of accounts: what the old one had is gone, and what the new one has is here.
    void changedAccount(
            User user, String before, Event event, Set<Recipient> told, Instant now, Batch batch)
            throws InterruptedException {
        if (!room.has(user)) {
            return;
        }
        keep(() -> memberships.joined(user.account(), room.name().text()));
        batch.hearOnce(event, null, told, auditorium.witnesses(user, Role.VOICE));
        var done = new ModesDone();
        var nick = user.nick().text();
        for (var letter : room.roles().lettersOf(before)) {
            if (!room.roles().lettersOf(user.account()).contains(letter)) {
                done.add(false, letter, nick);
            }
        }
        for (var letter : room.roles().lettersOf(user.account())) {
            if (!room.roles().lettersOf(before).contains(letter)) {
                done.add(true, letter, nick);
            }
        }
        if (!done.isEmpty()) {
            var mode = done.message(server.name(), room.name());
            batch.hearOnce(Event.of(mode, Event.Actor.SERVER, now), null, new HashSet<>(), null);
        }
    }

    void leave(User user, Event quit, Set<Recipient> told, Instant now, Batch batch) {
        if (room.has(user)) {
            remove(user, batch);
            var witnesses = auditorium.witnesses(user, Role.VOICE);
            batch.hearOnce(quit, Remembered.entry(room, quit, now), told, witnesses);
        }
    }

    private void remove(User user, Batch batch) {
        room.remove(user, batch.next());
        user.left(channel);
    }

    private Message notOn(Request.Asker asker) {
        return server.notOn(asker.nick(), room.name());
    }

    private Message notOperator(Request.Asker asker) {
        return server.notOperator(asker.nick(), room.name());
    }

    private Message notThere(Request.Asker asker, User target) {
        return server.numeric(
                Numeric.ERR_USERNOTINCHANNEL,
                asker.nick(),
                target.nick().text(),
                room.name().text(),
                "is not in the channel");
    }

    /// For a step that its speaker hears nothing of.
    private static final class Silence implements Answers {
        @Override
        public void line(Message message) {}

        @Override
        public void event(Event event) {}

        @Override
        public void done() {}
    }
}
