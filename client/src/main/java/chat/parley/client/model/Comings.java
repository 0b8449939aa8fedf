package chat.parley.client.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Who came to a channel and who left it since that was last told: many are counted, not listed.
///
/// The first of a quiet while are told at once, so that a small channel reads as it is. The rest
/// waits for a minute, or for the next words, and is one line, however many they are.
///
/// @param came the first nicks of those who came; there may be more than these
/// @param went the first nicks of those who left
/// @param cameInAll how many came
/// @param wentInAll how many left
/// @param told when somebody was last told by name
/// @param since when the first came or left that is not told yet
public record Comings(
        List<String> came,
        List<String> went,
        int cameInAll,
        int wentInAll,
        Instant told,
        Instant since) {

    private static final Duration QUIET = Duration.ofMinutes(1);

    /// Nicks that are named; more are counted.
    private static final int NAMED = 3;

    private static final Comings NONE =
            new Comings(List.of(), List.of(), 0, 0, Instant.MIN, Instant.MIN);

    public Comings {
        came = List.copyOf(came);
        went = List.copyOf(went);
    }

    static Comings none() {
        return NONE;
    }

    boolean isEmpty() {
        return cameInAll + wentInAll == 0;
    }

    /// Whether one more may be told by name.
    boolean isQuiet(Instant now) {
        return isEmpty() && (told.equals(Instant.MIN) || now.isAfter(told.plus(QUIET)));
    }

    Comings toldBy(Instant now) {
        return new Comings(came, went, cameInAll, wentInAll, now, since);
    }

    Comings came(String nick, Instant now) {
        return new Comings(
                with(came, nick), went, cameInAll + 1, wentInAll, told, isEmpty() ? now : since);
    }

    Comings went(String nick, Instant now) {
        return new Comings(
                came, with(went, nick), cameInAll, wentInAll + 1, told, isEmpty() ? now : since);
    }

    private static List<String> with(List<String> nicks, String nick) {
        if (nicks.size() > NAMED) {
            return nicks;
        }
        var more = new ArrayList<>(nicks);
        more.add(nick);
        return more;
    }

    boolean isDue(Instant now) {
        return !isEmpty() && now.isAfter(since.plus(QUIET));
    }

    /// `3 came (bob, cat, dan), 2 went (eve, fay)`.
    String inWords() {
        var parts = new ArrayList<String>();
        if (cameInAll > 0) {
            parts.add(cameInAll + " came" + named(came, cameInAll));
        }
        if (wentInAll > 0) {
            parts.add(wentInAll + " went" + named(went, wentInAll));
        }
        return String.join(", ", parts);
    }

    private static String named(List<String> nicks, int inAll) {
        return inAll > NAMED ? "" : " (" + String.join(", ", nicks) + ")";
    }

    Comings emptied(Instant now) {
        return new Comings(List.of(), List.of(), 0, 0, now, Instant.MIN);
    }
}
