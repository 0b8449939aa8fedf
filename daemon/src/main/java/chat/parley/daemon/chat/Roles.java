package chat.parley.daemon.chat;

import chat.parley.protocol.CaseMapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who may do what in a channel, by folded account. Whoever is an operator may have a voice too
/// (IRCv3 multi-prefix), and keeps it when it is an operator no more.
///
/// A value: it is replaced as a whole, so that others may look at it at any time.
///
/// @param ranks operators and owners
/// @param voices those with a voice, whatever else they are
public record Roles(Map<String, Role> ranks, Set<String> voices) {

    static final Roles NONE = new Roles(Map.of(), Set.of());

    public Roles {
        ranks = Map.copyOf(ranks);
        voices = Set.copyOf(voices);
    }

    /// The highest that the account has.
    Role of(String account) {
        var folded = CaseMapping.fold(account);
        return ranks.getOrDefault(folded, voices.contains(folded) ? Role.VOICE : Role.MEMBER);
    }

    boolean hasVoice(String account) {
        return voices.contains(CaseMapping.fold(account));
    }

    /// The letters that MODE has for what the account is here.
    List<Character> lettersOf(String account) {
        var letters = new ArrayList<Character>(2);
        if (of(account).isAtLeast(Role.OPERATOR)) {
            letters.add(Role.OPERATOR.mode());
        }
        if (hasVoice(account)) {
            letters.add(Role.VOICE.mode());
        }
        return letters;
    }

    /// What stands before a nick.
    ///
    /// @param all everything that applies, highest first, or only the highest
    String prefix(String account, boolean all) {
        var role = of(account);
        return all && role.isAtLeast(Role.OPERATOR) && hasVoice(account)
                ? role.prefix() + Role.VOICE.prefix()
                : role.prefix();
    }

    /// @param rank an operator or an owner; anything less takes the rank away
    Roles withRank(String account, Role rank) {
        var changed = new HashMap<>(ranks);
        if (rank.isAtLeast(Role.OPERATOR)) {
            changed.put(CaseMapping.fold(account), rank);
        } else {
            changed.remove(CaseMapping.fold(account));
        }
        return new Roles(changed, voices);
    }

    Roles withVoice(String account, boolean voice) {
        var changed = new HashSet<>(voices);
        if (voice) {
            changed.add(CaseMapping.fold(account));
        } else {
            changed.remove(CaseMapping.fold(account));
        }
        return new Roles(ranks, changed);
    }

    /// @param account folded
    Roles without(String account) {
        return withRank(account, Role.MEMBER).withVoice(account, false);
    }

    /// For the store, see [chat.parley.daemon.store.ChannelSettings].
    Map<String, Character> letters() {
        var letters = new HashMap<String, Character>();
        voices.forEach(account -> letters.put(account, 'v'));
        ranks.forEach((account, rank) -> {
            var letter = rank == Role.OWNER ? 'q' : 'o';
            letters.put(account, voices.contains(account) ? Character.toUpperCase(letter) : letter);
        });
        return letters;
    }

    static Roles ofLetters(Map<String, Character> letters) {
        var roles = NONE;
        for (var entry : letters.entrySet()) {
            var letter = (char) entry.getValue();
            roles =
                    switch (Character.toLowerCase(letter)) {
                        case 'q' -> roles.withRank(entry.getKey(), Role.OWNER);
                        case 'o' -> roles.withRank(entry.getKey(), Role.OPERATOR);
                        default -> roles.withVoice(entry.getKey(), true);
                    };
            if (Character.isUpperCase(letter)) {
                roles = roles.withVoice(entry.getKey(), true);
            }
        }
        return roles;
    }
}
