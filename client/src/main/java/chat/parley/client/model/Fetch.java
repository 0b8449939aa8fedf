package chat.parley.client.model;

import chat.parley.protocol.Message;
import java.time.Instant;
import java.util.Optional;

/// Something older or missed that the daemon is asked for (IRCv3 chathistory).
///
/// @param target a channel, or somebody; empty for [Kind#TARGETS]
/// @param from where to begin, as CHATHISTORY takes it: `msgid=…`, `timestamp=…` or `*`
/// @param byTime the same by its time, if `from` is a msgid: what the daemon does not know any more
///   has nothing after it
/// @param newest when something was last said there, where that is known: who read up to then needs
///   nothing of it
/// @param shown how many lines of it were shown so far
/// @param since when it was asked, or came to wait its turn; [Instant#MIN] before
record Fetch(
        Kind kind,
        String target,
        String from,
        Optional<String> byTime,
        Optional<Instant> newest,
        int limit,
        int shown,
        Instant since) {

    enum Kind {
        /// The newest of a place one just came to.
        LATEST,
        /// What was missed since the link broke.
        AFTER,
        /// Older ones that the person asked for.
        OLDER,
        /// Older ones because the person scrolled up to where they begin.
        SCROLLED,
        /// With whom there were words meanwhile.
        TARGETS
    }

    static Fetch of(Kind kind, String target, String from, int limit) {
        return new Fetch(
                kind, target, from, Optional.empty(), Optional.empty(), limit, 0, Instant.MIN);
    }

    /// To be asked by its time if its msgid leads nowhere.
    Fetch or(String time) {
        return new Fetch(kind, target, from, Optional.of(time), newest, limit, shown, since);
    }

    Fetch newest(Instant at) {
        return new Fetch(kind, target, from, byTime, Optional.of(at), limit, shown, since);
    }

    Message message() {
        var most = Integer.toString(limit);
        return switch (kind) {
            case LATEST -> Message.of("CHATHISTORY", "LATEST", target, from, most);
            case AFTER -> Message.of("CHATHISTORY", "AFTER", target, from, most);
            case OLDER, SCROLLED -> Message.of("CHATHISTORY", "BEFORE", target, from, most);
            case TARGETS -> Message.of("CHATHISTORY", "TARGETS", from, "timestamp=" + FAR, most);
        };
    }

    /// Later than anything.
    private static final String FAR = "9999-12-31T23:59:59.999Z";

    boolean isNew() {
        return since.equals(Instant.MIN);
    }

    Fetch asked(Instant now) {
        return new Fetch(kind, target, from, byTime, newest, limit, shown, now);
    }

    /// The next page.
    Fetch from(String later, int shownSoFar) {
        return new Fetch(kind, target, later, Optional.empty(), newest, limit, shownSoFar, since);
    }
}
