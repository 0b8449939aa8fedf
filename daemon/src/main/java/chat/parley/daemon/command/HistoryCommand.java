package chat.parley.daemon.command;

import chat.parley.daemon.chat.Channel;
import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Event;
import chat.parley.daemon.chat.Remembered;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.chat.User;
import chat.parley.daemon.session.Talker;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.History;
import chat.parley.daemon.store.History.Conversation;
import chat.parley.daemon.store.History.Part;
import chat.parley.daemon.store.History.Place;
import chat.parley.protocol.Capability;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// CHATHISTORY (IRCv3 chathistory): what was said, for who may know it. A channel's history is for
/// its members; a conversation's belongs to the two accounts.
///
/// A stranger to a channel gets the same answer whether it exists or not.
final class HistoryCommand {

    /// Messages in one answer. With the longest lines this must fit into what may wait for a peer.
    static final int MOST_AT_ONCE = 100;

    private static final String NAME = "CHATHISTORY";
    private static final String NOTHING_THERE = "Messages could not be retrieved";

    private final Server server;
    private final Channels channels;
    private final Directory directory;
    private final History history;

    HistoryCommand(Server server, Channels channels, Directory directory, History history) {
        this.server = server;
        this.channels = channels;
        this.directory = directory;
        this.history = history;
    }

    CommandSpec row() {
        // Without required parameters: it has a code of its own for what is missing.
        return CommandSpec.row(
                NAME,
                "[<subcommand> <target> <from> [<to>] <limit>]",
                3,
                "shows what was said: LATEST, BEFORE, AFTER, AROUND, BETWEEN, TARGETS",
                this::run);
    }

    /// A parameter that cannot be read, and the code that says so.
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;
        private final String code;
        private final String given;
        private final String why;

        Unreadable(String code, String given, String why) {
            this.code = code;
            this.given = given;
            this.why = why;
        }
    }

    private void run(Talker talker, Message message, Reply reply) throws InterruptedException {
        var subcommand = message.param(0).toUpperCase(Locale.ROOT);
        var needed =
                switch (subcommand) {
                    case "LATEST", "BEFORE", "AFTER", "AROUND", "TARGETS" -> 4;
                    case "BETWEEN" -> 5;
                    default -> 0;
                };
        if (needed == 0) {
            // "an unknown subcommand, missing parameters … INVALID_PARAMS" (chathistory, "Errors")
            reply.fail(
                    NAME, "INVALID_PARAMS", Server.shown(message.param(0)), "Unknown subcommand");
        } else if (message.params().size() < needed) {
            reply.fail(NAME, "INVALID_PARAMS", subcommand, "Missing parameters");
        } else {
            run(talker, subcommand, message, reply);
        }
    }

    private void run(Talker talker, String subcommand, Message message, Reply reply)
            throws InterruptedException {
        try {
            if (subcommand.equals("TARGETS")) {
                targets(talker, message, reply);
            } else {
                messages(talker, subcommand, message, reply);
            }
        } catch (Unreadable fault) {
            reply.fail(NAME, fault.code, subcommand, Server.shown(fault.given), fault.why);
        } catch (IOException _) { // the log has said why; here it is an answer
            var target = Server.shown(message.param(1));
            reply.fail(NAME, "MESSAGE_ERROR", subcommand, target, NOTHING_THERE);
        }
    }

    // ---- messages

    private void messages(Talker talker, String subcommand, Message message, Reply reply)
            throws Unreadable, IOException, InterruptedException {
        var target = message.param(1);
        var part = part(subcommand, message);
        var limit = limit(message.param(subcommand.equals("BETWEEN") ? 4 : 3));
        var stream =
                stream(talker.user(), target)
                        .orElseThrow(() -> new Unreadable("INVALID_TARGET", target, NOTHING_THERE));
        var since = talker.user().person().since();
        var events =
                history.read(stream, since, part, shown(talker, target), limit).stream()
                        .map(Remembered::event)
                        .toList();
        if (stream instanceof Stream.OfChannel
                && !stream(talker.user(), target).equals(Optional.of(stream))) {
            // It was renamed just now; whatever has its name is not what was asked for.
            throw new Unreadable("INVALID_TARGET", target, NOTHING_THERE);
        }
        reply.batch(List.of("chathistory", target), events);
    }

    /// What was taken back is shown to nobody. That it was is an event (message-redaction, "Chat
    /// history") for those who understand it.
    private History.Shown shown(Talker talker, String target) {
        var whole = // else who came and went is not for this member (+u)
                Name.Channel.of(target)
                        .flatMap(channels::find)
                        .filter(channel -> !channel.isWholeTo(talker.user()))
                        .isEmpty();
        if (!whole || !talker.capabilities().has(Capability.EVENT_PLAYBACK)) {
            return History.Shown.MESSAGES;
        }
        return talker.capabilities().has(Capability.MESSAGE_REDACTION)
                ? History.Shown.EVENTS_AND_REDACTIONS
                : History.Shown.EVENTS;
    }

    private static Part part(String subcommand, Message message) throws Unreadable {
        var from = message.param(2);
        return switch (subcommand) {
            case "LATEST" ->
                    from.equals("*") ? new Part.Latest() : new Part.LatestAfter(place(from));
            case "BEFORE" -> new Part.Before(place(from));
            case "AFTER" -> new Part.After(place(from));
            case "AROUND" -> new Part.Around(place(from));
            default -> new Part.Between(place(from), place(message.param(3)));
        };
    }

    private static Place place(String given) throws Unreadable {
        if (given.startsWith("msgid=")) {
            return new Place.Message(given.substring("msgid=".length()));
        }
        if (given.startsWith("timestamp=")) {
            return new Place.Moment(moment(given));
        }
        var isOfSomeType = given.indexOf('=') > 0;
        throw new Unreadable(
                isOfSomeType ? "INVALID_MSGREFTYPE" : "INVALID_PARAMS",
                given,
                "Use msgid=… or timestamp=…");
    }

    private static Instant moment(String given) throws Unreadable {
        return Timestamp.of(given)
                .orElseThrow(() ->
                        new Unreadable(
                                "INVALID_PARAMS", given, "A timestamp is " + Timestamp.FORM));
    }

    /// More than there is at once is no mistake: the client gets what there is.
    private static int limit(String given) throws Unreadable {
        if (!given.matches("0*[1-9][0-9]{0,8}")) {
            throw new Unreadable("INVALID_PARAMS", given, "A limit is a positive number");
        }
        return Math.min(MOST_AT_ONCE, Integer.parseInt(given));
    }

    /// Where it is kept; empty if this user may not know.
    private Optional<Stream> stream(User user, String target) {
        if (Name.looksLikeChannel(target)) {
            return Name.Channel.of(target)
                    .flatMap(channels::find)
                    .filter(channel -> user.channels().contains(channel))
                    .map(channel -> new Stream.OfChannel(channel.name().folded()));
        }
        // Somebody who is not here is meant by the account's name, which is the nick mostly.
        var account = directory.find(target).map(User::account).orElse(target);
        return Name.Nick.of(target)
                .map(_ ->
                        Stream.OfPair.of(
                                CaseMapping.fold(user.account()), CaseMapping.fold(account)));
    }

    // ---- targets

    private void targets(Talker talker, Message message, Reply reply)
            throws Unreadable, IOException, InterruptedException {
        var user = talker.user();
        var from = moment(message.param(1));
        var to = moment(message.param(2));
        var limit = limit(message.param(3));
        var account = CaseMapping.fold(user.account());
        var since = user.person().since();
        List<Conversation> found;
        long renames;
        do { // or a name might be another channel's by the time that it is looked for
            renames = channels.renames();
            var mine =
                    user.channels().stream().map(Channel::name).map(Name.Channel::folded).toList();
            found = history.conversations(account, since, mine, from, to, limit);
        } while (channels.renames() != renames);
        var lines = found.stream().map(conversation -> line(user, conversation)).toList();
        reply.batch(List.of("draft/chathistory-targets"), lines);
    }

    private Event line(User user, Conversation conversation) {
        var entry = conversation.newest().entry();
        var mine = CaseMapping.same(entry.account(), user.account());
        var target =
                switch (conversation.stream()) {
                    case Stream.OfChannel _ -> Remembered.target(entry);
                    // The other one: who was spoken to, or who spoke.
                    case Stream.OfPair _ -> mine ? entry.target() : entry.account();
                };
        var message =
                Message.from(server.name(), NAME, "TARGETS", target, Event.timeTag(entry.at()));
        return Event.of(message, Event.Actor.SERVER, entry.at());
    }
}
