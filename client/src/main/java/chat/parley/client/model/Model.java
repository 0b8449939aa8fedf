package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import java.util.List;

/// All that the client knows at one moment.
///
/// @param me the person's nick
/// @param mask `nick!user@host` as others see it; empty until the daemon showed it
/// @param finish whether to leave once all that was asked is answered and all that was said is kept
/// @param pulse whether the link lives, and how quick it is
/// @param asking what the daemon was asked for, and what of an answer is here
/// @param habits what the person is like
public record Model(
        String me,
        String mask,
        Standing standing,
        Server server,
        Places places,
        Outbox outbox,
        Recent recent,
        Finish finish,
        Pulse pulse,
        Asking asking,
        Habits habits) {

    /// How far the end is.
    public enum Finish {
        NO,
        /// A PING is on its way; its PONG comes after every other answer.
        ASKED,
        /// Every answer is here.
        ANSWERED
    }

    public enum Standing {
        NOT_YET,
        UP,
        DOWN
    }

    /// At the start: nowhere yet, with the wish to be in these channels.
    ///
    /// @param run a word of up to 32 letters and digits that no other run has
    public static Model start(String me, List<String> channels, String run) {
        return new Model(
                me,
                "",
                Standing.NOT_YET,
                Server.unknown(),
                Places.wanting(channels),
                Outbox.empty(run),
                Recent.none(),
                Finish.NO,
                Pulse.unknown(),
                Asking.nothing(),
                Habits.usual());
    }

    /// The same for a script, which reads nothing.
    public Model unattended() {
        return with(habits.unattended());
    }

    /// The same for who sees one place at a time, and not one stream of all.
    public Model seeing(Habits.View view) {
        return with(habits.seeing(view));
    }

    public boolean isMe(String nick) {
        return CaseMapping.same(me, nick);
    }

    public boolean isUp() {
        return standing == Standing.UP;
    }

    Model as(String nick, String seenAs) {
        return new Model(
                nick, seenAs, standing, server, places, outbox, recent, finish, pulse, asking,
                habits);
    }

    Model with(Standing changed) {
        return new Model(
                me, mask, changed, server, places, outbox, recent, finish, pulse, asking, habits);
    }

    Model with(Server changed) {
        return new Model(
                me, mask, standing, changed, places, outbox, recent, finish, pulse, asking, habits);
    }

    Model with(Places changed) {
        return new Model(
                me, mask, standing, server, changed, outbox, recent, finish, pulse, asking, habits);
    }

    /// With one place as it is now.
    Model with(Conversation changed) {
        return with(places.with(changed));
    }

    Model with(Outbox changed) {
        return new Model(
                me, mask, standing, server, places, changed, recent, finish, pulse, asking, habits);
    }

    Model with(Recent changed) {
        return new Model(
                me, mask, standing, server, places, outbox, changed, finish, pulse, asking, habits);
    }

    Model with(Finish changed) {
        return new Model(
                me, mask, standing, server, places, outbox, recent, changed, pulse, asking, habits);
    }

    Model with(Pulse changed) {
        return new Model(
                me, mask, standing, server, places, outbox, recent, finish, changed, asking,
                habits);
    }

    Model with(Asking changed) {
        return new Model(
                me, mask, standing, server, places, outbox, recent, finish, pulse, changed, habits);
    }

    Model with(Habits changed) {
        return new Model(
                me, mask, standing, server, places, outbox, recent, finish, pulse, asking, changed);
    }
}
