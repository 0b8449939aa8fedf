package chat.parley.daemon.chat;

import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is said in a channel, and its topic: everything that is kept in the log.
///
/// Logic without a thread; it runs on the channel's.
final class Speech {

    private final Room room;
    private final Server server;

    Speech(Room room, Server server) {
        this.room = room;
        this.server = server;
    }

    void say(Request.Say say, Instant now, Batch batch) {
        var asker = say.asker();
        var refusal = refusal(say);
        if (refusal.isPresent()) {
            var quiet = say.command().equals("NOTICE"); // RFC 2812 3.3.2: never an error
            batch.answer(asker, quiet ? List.of() : List.of(refusal.get()));
            return;
        }
        var user = asker.user();
        var target = say.least().prefix() + room.name().text();
        var event = event(say, user, target, now);
        var least = leastThatHears(say);
        if (least != Role.MEMBER) { // to a few only: not for the log, which everybody may read
            batch.pass(
                    event.passing(),
                    asker,
                    seat ->
                            seat.user().equals(user)
                                    || room.shownRole(seat.user()).isAtLeast(least));
        } else if (isTagsOnly(say) && !Remembered.lasts(say.clientTags())) {
            batch.pass(event.passing(), asker, null);
        } else {
            batch.keep(
                    event,
                    entry(asker, say.command(), say.text(), say.clientTags(), now).once(say.once()),
                    asker,
                    false);
        }
    }

    private static Event event(Request.Say say, User user, String target, Instant now) {
        var event =
                isTagsOnly(say)
                        ? Event.onlyWith(
                                Capability.MESSAGE_TAGS,
                                Message.from(user.source(), "TAGMSG", target),
                                user.actor(),
                                now)
                        : Event.said(
                                user.source(),
                                say.command(),
                                target,
                                say.text(),
                                user.actor(),
                                now);
        return event.withTags(say.clientTags());
    }

    private static boolean isTagsOnly(Request.Say say) {
        return say.command().equals("TAGMSG");
    }

    /// With `+U`, who has no voice is heard by operators only.
    private Role leastThatHears(Request.Say say) {
        return room.modes().has('U') && !room.role(say.asker().user()).isAtLeast(Role.VOICE)
                ? Role.OPERATOR
                : say.least();
    }

    private Optional<Message> refusal(Request.Say say) {
        var user = say.asker().user();
        var modes = room.modes();
        var role = room.role(user);
        if (modes.has('n') && !room.has(user)) {
            return refused(say, "You are not in that channel: JOIN it first");
        }
        if (role.isAtLeast(Role.VOICE)) {
            return isForbiddenCtcp(say, modes)
                    ? refused(say, "No CTCP there (+C)")
                    : Optional.empty();
        }
        if (modes.has('m')) {
            return refused(say, "Only voices speak there (+m)");
        }
        if (room.bansFromSpeaking(user)) {
            return refused(say, "You are silenced there (+b)");
        }
        return isForbiddenCtcp(say, modes) ? refused(say, "No CTCP there (+C)") : Optional.empty();
    }

    private static boolean isForbiddenCtcp(Request.Say say, Modes modes) {
        return modes.has('C') && Ctcp.isRequest(say.text());
    }

    private Optional<Message> refused(Request.Say say, String why) {
        return Optional.of(
                server.numeric(
                        Numeric.ERR_CANNOTSENDTOCHAN, say.asker().nick(), room.name().text(), why));
    }

    private Entry entry(
            Request.Asker asker,
            String command,
            String text,
            Map<String, String> clientTags,
            Instant now) {
        return new Entry(
                new Stream.OfChannel(room.name().folded()),
                now,
                asker.user().account(),
                asker.user().source(),
                command,
                room.name().text(),
                text,
                Remembered.tags(asker.user(), clientTags));
    }

    void readTopic(Request.Asker asker, Batch batch) {
        if (!room.has(asker.user()) && room.modes().has('s')) {
            batch.answer(asker, server.notOn(asker.nick(), room.name()));
        } else if (room.topic().text().isEmpty()) {
            batch.answer(
                    asker,
                    server.numeric(
                            Numeric.RPL_NOTOPIC,
                            asker.nick(),
                            room.name().text(),
                            "No topic is set"));
        } else {
            batch.answer(asker, room.topic().lines(server, asker.nick(), room.name()));
        }
    }

    void changeTopic(Request.Asker asker, String text, Instant now, Batch batch) {
        var user = asker.user();
        if (!room.has(user)) {
            batch.answer(asker, server.notOn(asker.nick(), room.name()));
            return;
        }
        if (room.modes().has('t') && !room.role(user).isAtLeast(Role.OPERATOR)) {
            batch.answer(asker, server.notOperator(asker.nick(), room.name()));
            return;
        }
        room.topic(new Topic(text, user.source(), now));
        batch.keep(
                Event.of(
                        Message.from(user.source(), "TOPIC", room.name().text(), text),
                        user.actor(),
                        now),
                entry(asker, "TOPIC", text, Map.of(), now),
                asker,
                true);
    }
}
