package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// Who reacted to a line, by what: each reaction with the nicks of whose it is, oldest first.
///
/// A reaction may be any text (IRCv3 react), so its length, their number and the nicks are bounded;
/// what goes beyond is passed over.
public record Reactions(SequencedMap<String, SequencedSet<String>> by) {

    private static final Reactions NONE = new Reactions(new LinkedHashMap<>());

    private static final SequencedSet<String> NOBODY =
            Collections.unmodifiableSequencedSet(new LinkedHashSet<>());

    private static final int KINDS = 20;
    private static final int NICKS = 50;
    private static final int LONGEST = 64;

    public Reactions {
        var copy = new LinkedHashMap<String, SequencedSet<String>>();
        by.forEach((reaction, nicks) ->
                copy.put(
                        reaction,
                        Collections.unmodifiableSequencedSet(new LinkedHashSet<>(nicks))));
        by = Collections.unmodifiableSequencedMap(copy);
    }

    static Reactions none() {
        return NONE;
    }

    public boolean isEmpty() {
        return by.isEmpty();
    }

    private SequencedSet<String> whose(String reaction) {
        return by.getOrDefault(reaction, NOBODY);
    }

    /// Whether this one reacted so.
    boolean has(String reaction, String nick) {
        return whose(reaction).stream().anyMatch(one -> CaseMapping.same(one, nick));
    }

    Reactions plus(String reaction, String nick) {
        var isNew = !by.containsKey(reaction);
        if (reaction.length() > LONGEST
                || nick.length() > LONGEST
                || (isNew && by.size() >= KINDS)
                || whose(reaction).size() >= NICKS
                || has(reaction, nick)) {
            return this;
        }
        var more = new LinkedHashMap<>(by);
        var nicks = new LinkedHashSet<>(whose(reaction));
        nicks.add(nick);
        more.put(reaction, nicks);
        return new Reactions(more);
    }

    Reactions minus(String reaction, String nick) {
        if (!has(reaction, nick)) {
            return this;
        }
        var fewer = new LinkedHashMap<>(by);
        var nicks = new LinkedHashSet<>(whose(reaction));
        nicks.removeIf(one -> CaseMapping.same(one, nick));
        if (nicks.isEmpty()) {
            fewer.remove(reaction);
        } else {
            fewer.put(reaction, nicks);
        }
        return new Reactions(fewer);
    }

    /// How many characters are kept.
    int weight() {
        return by.entrySet().stream()
                .mapToInt(one ->
                        one.getKey().length()
                                + one.getValue().stream().mapToInt(String::length).sum())
                .sum();
    }
}
