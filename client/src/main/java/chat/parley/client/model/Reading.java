package chat.parley.client.model;

import java.time.Duration;
import java.time.Instant;

/// Up to where the person has read a conversation, here and on other devices (IRCv3 read-marker).
///
/// @param upTo the time of the last line that was read; [#NEVER] where nobody knows
/// @param unread lines of others after it
/// @param mentions those of them that name the person, or speak to it alone
/// @param told up to where the daemon knows
/// @param toldAt when it was told, as nobody needs it more often than every few seconds
/// @param isMuted whether the person wants no notice of it
public record Reading(
        Instant upTo, int unread, int mentions, Instant told, Instant toldAt, boolean isMuted) {

    public static final Instant NEVER = Instant.EPOCH;

    /// The shortest time between two words to the daemon about it.
    private static final Duration PAUSE = Duration.ofSeconds(5);

    static Reading nothing() {
        return new Reading(NEVER, 0, 0, NEVER, NEVER, false);
    }

    public boolean isKnown() {
        return upTo.isAfter(NEVER);
    }

    Reading oneMore(boolean isMention) {
        return new Reading(upTo, unread + 1, mentions + (isMention ? 1 : 0), told, toldAt, isMuted);
    }

    /// The person has seen all up to this moment; a marker never goes back.
    Reading seen(Instant newest) {
        return new Reading(later(upTo, newest), 0, 0, told, toldAt, isMuted);
    }

    /// Another device has: the counts follow from what is here.
    Reading marked(Instant by, Backlog backlog) {
        return new Reading(later(upTo, by), 0, 0, later(told, by), toldAt, isMuted)
                .counted(backlog);
    }

    /// With the counts as the backlog has them.
    Reading counted(Backlog backlog) {
        var news =
                backlog.entries().stream()
                        .filter(one -> one.isUnread() && Backlog.timeOf(one).isAfter(upTo))
                        .toList();
        var forMe =
                (int)
                        news.stream()
                                .filter(one -> one.line() instanceof Line.Said said && said.forMe())
                                .count();
        return new Reading(upTo, news.size(), forMe, told, toldAt, isMuted);
    }

    /// Whether the daemon should be told now.
    boolean isDue(Instant now) {
        return upTo.isAfter(told) && !now.isBefore(toldAt.plus(PAUSE));
    }

    Reading told(Instant now) {
        return new Reading(upTo, unread, mentions, upTo, now, isMuted);
    }

    Reading muted(boolean wanted) {
        return new Reading(upTo, unread, mentions, told, toldAt, wanted);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
