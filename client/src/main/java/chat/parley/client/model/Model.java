package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import java.util.List;

/// All that the client knows at one moment.
///
/// @param me the person's nick
/// @param mask `nick!user@host` as others see it; empty until the daemon showed it
/// @param isFinishing whether to leave once all that was said is kept
public record Model(
        String me,
        String mask,
        Standing standing,
        Server server,
        Places places,
        Outbox outbox,
        Recent recent,
        boolean isFinishing) {

    public enum Standing {
        NOT_YET,
        UP,
        DOWN
    }

    /// At the start: nowhere yet, with the wish to be in these channels.
    public static Model start(String me, List<String> channels) {
        return new Model(
                me,
                "",
                Standing.NOT_YET,
                Server.unknown(),
                Places.wanting(channels),
                Outbox.empty(),
                Recent.none(),
                false);
    }

    public boolean isMe(String nick) {
        return CaseMapping.same(me, nick);
    }

    public boolean isUp() {
        return standing == Standing.UP;
    }

    Model as(String nick, String seenAs) {
        return new Model(nick, seenAs, standing, server, places, outbox, recent, isFinishing);
    }

    Model with(Standing changed) {
        return new Model(me, mask, changed, server, places, outbox, recent, isFinishing);
    }

    Model with(Server changed) {
        return new Model(me, mask, standing, changed, places, outbox, recent, isFinishing);
    }

    Model with(Places changed) {
        return new Model(me, mask, standing, server, changed, outbox, recent, isFinishing);
    }

    Model with(Outbox changed) {
        return new Model(me, mask, standing, server, places, changed, recent, isFinishing);
    }

    Model with(Recent changed) {
        return new Model(me, mask, standing, server, places, outbox, changed, isFinishing);
    }

    Model finishing() {
        return new Model(me, mask, standing, server, places, outbox, recent, true);
    }
}
