package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Who is typing in one conversation (IRCv3 typing).
///
/// @param by folded nick to who types, in the order they began
public record Typing(SequencedMap<String, Typist> by) {

    /// @param isPaused whether there is text that waits
    /// @param until when that is not true any more, unless it is said again
    public record Typist(String nick, boolean isPaused, Instant until) {}

    /// IRCv3 typing: "active" holds for 6 seconds, "paused" for 30.
    private static final Duration ACTIVE = Duration.ofSeconds(6);

    private static final Duration PAUSED = Duration.ofSeconds(30);

    /// More than anybody wants to read.
    private static final int MOST = 20;

    private static final int LONGEST_NICK = 64;

    private static final Typing NOBODY = new Typing(new LinkedHashMap<>());

    public Typing {
        by = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(by));
    }

    static Typing nobody() {
        return NOBODY;
    }

    /// Those who type at this moment and do not pause.
    public List<String> nicks() {
        return by.values().stream().filter(one -> !one.isPaused()).map(Typist::nick).toList();
    }

    /// @param state active, paused or done; anything else is as done
    Typing heard(String nick, String state, Instant now) {
        var isPaused = state.equals("paused");
        if (!isPaused && !state.equals("active")) {
            return without(nick);
        }
        var folded = CaseMapping.fold(nick);
        if ((by.size() >= MOST && !by.containsKey(folded)) || nick.length() > LONGEST_NICK) {
            return this;
        }
        var more = new LinkedHashMap<>(by);
        more.put(folded, new Typist(nick, isPaused, now.plus(isPaused ? PAUSED : ACTIVE)));
        return new Typing(more);
    }

    Typing without(String nick) {
        var folded = CaseMapping.fold(nick);
        if (!by.containsKey(folded)) {
            return this;
        }
        var fewer = new LinkedHashMap<>(by);
        fewer.remove(folded);
        return new Typing(fewer);
    }

    Typing at(Instant now) {
        if (by.values().stream().allMatch(one -> one.until().isAfter(now))) {
            return this;
        }
        var left = new LinkedHashMap<>(by);
        left.values().removeIf(one -> !one.until().isAfter(now));
        return new Typing(left);
    }
}
