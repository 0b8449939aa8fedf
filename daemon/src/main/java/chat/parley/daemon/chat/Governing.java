package chat.parley.daemon.chat;

import chat.parley.daemon.chat.Request.ModeChange;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.store.ChannelSettings;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/// Modes and roles, and by [MaskLists] the lists: what lasts. Every change is kept before anybody
/// hears it.
///
/// Logic without a thread; it runs on the channel's.
final class Governing {

    private static final int LONGEST_KEY = 23; // RFC 2812 2.3.1

    private final Room room;
    private final Server server;
    private final ChannelSettings.Store store;
    private final AuditLog audit;
    private final MaskLists lists;

    Governing(Room room, Server server, ChannelSettings.Store store, AuditLog audit) {
        this.room = room;
        this.server = server;
        this.store = store;
        this.audit = audit;
        this.lists = new MaskLists(room, server);
    }

    /// The first one to come owns the channel. False if that could not be kept.
    ///
    /// @param common whether everybody is put in it, so that nobody owns it
    boolean found(Request.Asker asker, boolean common, Instant now) throws InterruptedException {
        room.found(now, common ? Optional.empty() : Optional.of(asker.user()));
        var kept = save();
        if (kept && !common) {
            audit.channelGoverned(asker.actor(), room.name().text(), List.of("founded"));
        }
        return kept;
    }

    /// @param account folded; it was deleted
    void forget(String account) throws InterruptedException {
        if (room.forget(account)) {
            save();
        }
    }

    private boolean save() throws InterruptedException {
        try {
            store.save(room.name().folded(), room.settings());
            return true;
        } catch (IOException _) { // the log has said why; here it is an answer
            return false;
        }
    }

    /// One MODE is answered with one error at most: that one may not, or else the first mistake.
    void change(
            Request.Asker asker,
            List<ModeChange> changes,
            List<Message> mistakes,
            Instant now,
            Batch batch)
            throws InterruptedException {
        if (changes.isEmpty() && mistakes.isEmpty()) {
            show(asker, batch);
            return;
        }
        var answers = new ArrayList<Message>();
        var wanted = new ArrayList<ModeChange>();
        var shown = new TreeSet<Character>(); // each list once, however often it is asked for
        for (var change : changes) {
            if (!MaskLists.isList(change.mode()) || !change.param().isEmpty()) {
                wanted.add(change);
            } else if (shown.add(change.mode())) {
                answers.addAll(lists.show(asker, change.mode()));
            }
        }
        if (wanted.isEmpty() && mistakes.isEmpty()) {
            batch.answer(asker, answers);
        } else if (!room.has(asker.user()) && !asker.user().profile().has('o')) {
            batch.answer(asker, server.notOn(asker.nick(), room.name()));
        } else if (!room.role(asker.user()).isAtLeast(Role.OPERATOR)) {
            batch.answer(asker, server.notOperator(asker.nick(), room.name()));
        } else {
            var errors = new ArrayList<>(mistakes);
            if (apply(asker, wanted, errors, now, batch)) {
                errors.stream().findFirst().ifPresent(answers::add);
                batch.answer(asker, answers);
            }
        }
    }

    /// False if it could not be kept, and that is answered.
    private boolean apply(
            Request.Asker asker,
            List<ModeChange> wanted,
            List<Message> errors,
            Instant now,
            Batch batch)
            throws InterruptedException {
        var before = room.settings();
        var done = new ModesDone();
        for (var change : wanted) {
            one(asker, change, done, errors, now);
        }
        if (!done.isEmpty() && !save()) {
            room.restore(before);
            batch.answer(asker, server.notStored("MODE", room.name().text()));
            return false;
        }
        note(asker, done);
        if (!done.isEmpty()) {
            var message = done.message(asker.user().source(), room.name());
            batch.hear(
                    Event.of(message, asker.user().actor(), now),
                    Remembered.entry(room, message, asker.user(), now),
                    asker,
                    false,
                    null);
        }
        return true;
    }

    private void note(Request.Asker asker, ModesDone done) {
        if (!done.roles().isEmpty()) {
            audit.channelGoverned(asker.actor(), room.name().text(), done.roles());
        }
        if (!done.rules().isEmpty()) {
            audit.channelRuled(asker.actor(), room.name().text(), done.rules());
        }
    }

    private void one(
            Request.Asker asker,
            ModeChange change,
            ModesDone done,
            List<Message> answers,
            Instant now) {
        var mode = change.mode();
        if (Modes.FLAGS.indexOf(mode) >= 0) {
            flag(change, done);
        } else if (MaskLists.isList(mode)) {
            lists.change(asker, change, done, answers, now);
        } else if (mode == 'k') {
            key(asker, change, done, answers);
        } else if (mode == 'l') {
            limit(asker, change, done, answers);
        } else if (mode == Forwarding.MODE) {
            new Forwarding(room, server).change(asker, change, done, now);
        } else {
            role(asker, change, done, answers);
        }
    }

    private void flag(ModeChange change, ModesDone done) {
        if (room.modes().has(change.mode()) != change.add()) {
            room.modes(
                    change.add()
                            ? room.modes().with(change.mode())
                            : room.modes().without(change.mode()));
            done.add(change.add(), change.mode(), "");
        }
    }

    private void key(
            Request.Asker asker, ModeChange change, ModesDone done, List<Message> answers) {
        if (!change.add()) {
            if (room.modes().key().isPresent()) {
                // The key is not told to those who did not know it.
                done.add(false, 'k', "*");
                room.modes(room.modes().withKey(Optional.empty()));
            }
        } else if (change.param().isEmpty()
                || change.param().length() > LONGEST_KEY
                || change.param().startsWith(":")
                || change.param().chars().anyMatch(c -> c <= ' ' || c == ',' || c >= 127)) {
            answers.add(
                    server.invalidMode(
                            asker.nick(),
                            room.name(),
                            change,
                            "A key is 1 to 23 printable ASCII characters"));
        } else {
            room.modes(room.modes().withKey(Optional.of(change.param())));
            done.add(true, 'k', change.param());
        }
    }

    private void limit(
            Request.Asker asker, ModeChange change, ModesDone done, List<Message> answers) {
        if (!change.add()) {
            if (room.modes().limit().isPresent()) {
                done.add(false, 'l', "");
                room.modes(room.modes().withLimit(OptionalInt.empty()));
            }
            return;
        }
        if (!change.param().matches("[1-9][0-9]{0,8}")) {
            answers.add(
                    server.invalidMode(
                            asker.nick(), room.name(), change, "A limit is a positive number"));
            return;
        }
        var limit = OptionalInt.of(Integer.parseInt(change.param()));
        if (!limit.equals(room.modes().limit())) {
            room.modes(room.modes().withLimit(limit));
            done.add(true, 'l', change.param());
        }
    }

    private void role(
            Request.Asker asker, ModeChange change, ModesDone done, List<Message> answers) {
        var target = change.target();
        if (target.isEmpty() || !room.has(target.get())) {
            answers.add(
                    server.numeric(
                            Numeric.ERR_USERNOTINCHANNEL,
                            asker.nick(),
                            target.map(user -> user.nick().text()).orElse("*"),
                            room.name().text(),
                            "is not in the channel"));
            return;
        }
        var user = target.get();
        var account = user.account();
        var now = room.shownRole(user);
        if (change.mode() == 'v') {
            if (room.roles().hasVoice(account) != change.add()) {
                room.roles(room.roles().withVoice(account, change.add()));
                done.addRole(change.add(), 'v', user.nick().text(), account);
            }
        } else if (now == Role.OWNER && room.role(asker.user()) != Role.OWNER) {
            answers.add(server.notOperator(asker.nick(), room.name()));
        } else if (change.add() != now.isAtLeast(Role.OPERATOR)) {
            room.roles(room.roles().withRank(account, change.add() ? Role.OPERATOR : Role.MEMBER));
            done.addRole(change.add(), 'o', user.nick().text(), account);
        }
    }

    private void show(Request.Asker asker, Batch batch) {
        if (room.modes().has('s') && !room.has(asker.user())) {
            batch.answer(asker, server.notOn(asker.nick(), room.name()));
            return;
        }
        var member = room.has(asker.user());
        var shown = new ArrayList<>(List.of(room.modes().shown(member).split(" ", -1)));
        if (member) { // it may name a channel that strangers do not see
            new Forwarding(room, server)
                    .to()
                    .ifPresent(to -> {
                        shown.set(0, shown.getFirst() + Forwarding.MODE);
                        shown.add(to.text());
                    });
        }
        var modeIs = new ArrayList<String>();
        modeIs.add(room.name().text());
        modeIs.addAll(shown);
        batch.answer(
                asker,
                List.of(
                        server.numeric(
                                Numeric.RPL_CHANNELMODEIS,
                                asker.nick(),
                                modeIs.toArray(String[]::new)),
                        server.numeric(
                                Numeric.RPL_CREATIONTIME,
                                asker.nick(),
                                room.name().text(),
                                Long.toString(room.createdAt().getEpochSecond()))));
    }
}
