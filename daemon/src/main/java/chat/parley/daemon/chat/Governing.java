package chat.parley.daemon.chat;

import chat.parley.daemon.chat.Request.ModeChange;
import chat.parley.daemon.store.ChannelSettings;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Modes, lists and roles: what lasts. Every change is kept before anybody hears it.
///
/// Logic without a thread; it runs on the channel's.
final class Governing {

    /// Masks on all lists of one channel.
    static final int MOST_LISTED = 100;

    private static final int LONGEST_KEY = 23; // RFC 2812 2.3.1
    private static final int LONGEST_MASK = 200; // several fit into a line

    private final Room room;
    private final Server server;
    private final ChannelSettings.Store store;

    Governing(Room room, Server server, ChannelSettings.Store store) {
        this.room = room;
        this.server = server;
        this.store = store;
    }

    /// The first one to come owns the channel. False if that could not be kept.
    ///
    /// @param common whether everybody is put in it, so that nobody owns it
    boolean found(Request.Asker asker, boolean common, Instant now) throws InterruptedException {
        room.found(now, common ? Optional.empty() : Optional.of(asker.user()));
        return save();
    }

    private boolean save() throws InterruptedException {
        try {
            store.save(room.name().folded(), room.settings());
            return true;
        } catch (IOException _) { // the log has said why; here it is an answer
            return false;
        }
    }

    /// Changes that took effect, as one MODE message says them.
    private static final class Done {
        private final StringBuilder letters = new StringBuilder();
        private final List<String> params = new ArrayList<>();
        private char sign;

        void add(boolean add, char mode, String param) {
            var needed = add ? '+' : '-';
            if (sign != needed) {
                sign = needed;
                letters.append(needed);
            }
            letters.append(mode);
            if (!param.isEmpty()) {
                params.add(param);
            }
        }

        boolean isEmpty() {
            return letters.isEmpty();
        }
    }

    void change(Request.Asker asker, List<ModeChange> changes, Instant now, Batch batch)
            throws InterruptedException {
        if (changes.isEmpty()) {
            show(asker, batch);
            return;
        }
        var answers = new ArrayList<Message>();
        var wanted = new ArrayList<ModeChange>();
        for (var change : changes) {
            if (isList(change.mode()) && change.param().isEmpty()) {
                answers.addAll(list(asker, change.mode()));
            } else {
                wanted.add(change);
            }
        }
        if (wanted.isEmpty()) {
            batch.answer(asker, answers);
        } else if (!room.has(asker.user()) && !asker.user().profile().has('o')) {
            batch.answer(asker, server.notOn(asker.nick(), room.name()));
        } else if (!room.role(asker.user()).isAtLeast(Role.OPERATOR)) {
            batch.answer(asker, server.notOperator(asker.nick(), room.name()));
        } else {
            change(asker, wanted, answers, now, batch);
        }
    }

    private void change(
            Request.Asker asker,
            List<ModeChange> wanted,
            List<Message> answers,
            Instant now,
            Batch batch)
            throws InterruptedException {
        var before = room.settings();
        var done = new Done();
        for (var change : wanted) {
            one(asker, change, done, answers, now);
        }
        if (!done.isEmpty() && !save()) {
            room.restore(before);
            batch.answer(asker, server.notStored("MODE", room.name().text()));
            return;
        }
        if (!done.isEmpty()) {
            var params = new ArrayList<String>();
            params.add(room.name().text());
            params.add(done.letters.toString());
            params.addAll(done.params);
            var message = Message.from(asker.user().source(), "MODE", params);
            batch.hear(
                    Event.of(message, asker.user().actor(), now),
                    Remembered.entry(room, message, asker.user(), now),
                    asker,
                    false);
        }
        batch.answer(asker, answers);
    }

    private void one(
            Request.Asker asker, ModeChange change, Done done, List<Message> answers, Instant now) {
        var mode = change.mode();
        if (Modes.FLAGS.indexOf(mode) >= 0) {
            flag(change, done);
        } else if (isList(mode)) {
            listed(asker, change, done, answers, now);
        } else if (mode == 'k') {
            key(asker, change, done, answers);
        } else if (mode == 'l') {
            limit(asker, change, done, answers);
        } else {
            role(asker, change, done, answers);
        }
    }

    private void flag(ModeChange change, Done done) {
        if (room.modes().has(change.mode()) != change.add()) {
            room.modes(
                    change.add()
                            ? room.modes().with(change.mode())
                            : room.modes().without(change.mode()));
            done.add(change.add(), change.mode(), "");
        }
    }

    private void listed(
            Request.Asker asker, ModeChange change, Done done, List<Message> answers, Instant now) {
        var mask = Mask.of(change.param());
        if (!isWord(change.param()) || mask.text().length() > LONGEST_MASK) {
            answers.add(invalid(asker, change, "A mask is one word"));
        } else if (!change.add()) {
            room.removeFrom(change.mode(), mask)
                    .ifPresent(removed -> done.add(false, change.mode(), removed));
        } else if (room.listed() >= MOST_LISTED) {
            answers.add(
                    server.numeric(
                            Numeric.ERR_BANLISTFULL,
                            asker.nick(),
                            room.name().text(),
                            String.valueOf(change.mode()),
                            "The lists of this channel are full"));
        } else if (room.addTo(change.mode(), mask, asker.user().source(), now)) {
            done.add(true, change.mode(), mask.text());
        }
    }

    private void key(Request.Asker asker, ModeChange change, Done done, List<Message> answers) {
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
            answers.add(invalid(asker, change, "A key is 1 to 23 printable ASCII characters"));
        } else {
            room.modes(room.modes().withKey(Optional.of(change.param())));
            done.add(true, 'k', change.param());
        }
    }

    private void limit(Request.Asker asker, ModeChange change, Done done, List<Message> answers) {
        if (!change.add()) {
            if (room.modes().limit().isPresent()) {
                done.add(false, 'l', "");
                room.modes(room.modes().withLimit(OptionalInt.empty()));
            }
            return;
        }
        if (!change.param().matches("[1-9][0-9]{0,8}")) {
            answers.add(invalid(asker, change, "A limit is a positive number"));
            return;
        }
        var limit = OptionalInt.of(Integer.parseInt(change.param()));
        if (!limit.equals(room.modes().limit())) {
            room.modes(room.modes().withLimit(limit));
            done.add(true, 'l', change.param());
        }
    }

    private void role(Request.Asker asker, ModeChange change, Done done, List<Message> answers) {
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
                done.add(change.add(), 'v', user.nick().text());
            }
        } else if (now == Role.OWNER && room.role(asker.user()) != Role.OWNER) {
            answers.add(server.notOperator(asker.nick(), room.name()));
        } else if (change.add() != now.isAtLeast(Role.OPERATOR)) {
            room.roles(room.roles().withRank(account, change.add() ? Role.OPERATOR : Role.MEMBER));
            done.add(change.add(), 'o', user.nick().text());
        }
    }

    private Message invalid(Request.Asker asker, ModeChange change, String why) {
        return server.numeric(
                Numeric.ERR_INVALIDMODEPARAM,
                asker.nick(),
                room.name().text(),
                String.valueOf(change.mode()),
                // a key is not said aloud
                change.mode() == 'k' ? "*" : Server.shown(change.param()),
                why);
    }

    private static boolean isWord(String text) {
        return !text.isEmpty() && !text.startsWith(":") && text.indexOf(' ') < 0;
    }

    private static boolean isList(char mode) {
        return mode == 'b' || mode == 'e' || mode == 'I';
    }

    private void show(Request.Asker asker, Batch batch) {
        if (room.modes().has('s') && !room.has(asker.user())) {
            batch.answer(asker, server.notOn(asker.nick(), room.name()));
            return;
        }
        var shown = room.modes().shown(room.has(asker.user())).split(" ", -1);
        var modeIs = new ArrayList<String>();
        modeIs.add(room.name().text());
        modeIs.addAll(List.of(shown));
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

    private List<Message> list(Request.Asker asker, char mode) {
        var entry =
                switch (mode) {
                    case 'e' -> Numeric.RPL_EXCEPTLIST;
                    case 'I' -> Numeric.RPL_INVEXLIST;
                    default -> Numeric.RPL_BANLIST;
                };
        var end =
                switch (mode) {
                    case 'e' -> Numeric.RPL_ENDOFEXCEPTLIST;
                    case 'I' -> Numeric.RPL_ENDOFINVEXLIST;
                    default -> Numeric.RPL_ENDOFBANLIST;
                };
        var lines = new ArrayList<Message>();
        for (var listed : room.list(mode)) {
            lines.add(
                    server.numeric(
                            entry,
                            asker.nick(),
                            room.name().text(),
                            listed.mask(),
                            listed.by(),
                            Long.toString(listed.at().getEpochSecond())));
        }
        lines.add(server.numeric(end, asker.nick(), room.name().text(), "End of list"));
        return lines;
    }
}
