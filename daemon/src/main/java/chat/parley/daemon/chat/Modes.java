package chat.parley.daemon.chat;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// A channel's modes that are not lists: what holds for everybody in it.
///
/// @param flags letters of [#FLAGS]
public record Modes(Set<Character> flags, Optional<String> key, OptionalInt limit) {

    /// `C` no CTCP but actions, `U` only operators hear who has no voice, `i` invited people only,
    /// `m` only voices speak, `n` only members speak, `s` not shown to strangers, `t` only
    /// operators change the topic, `u` members without a voice are shown to operators only.
    public static final String FLAGS = "CUimnstu";

    /// What a new channel has.
    public static final Modes NEW =
            new Modes(Set.of('n', 't'), Optional.empty(), OptionalInt.empty());

    /// What a channel has that everybody is put in: nobody owns it, so anybody may set its topic.
    public static final Modes COMMON =
            new Modes(Set.of('n'), Optional.empty(), OptionalInt.empty());

    public Modes {
        flags = Set.copyOf(flags);
    }

    public boolean has(char flag) {
        return flags.contains(flag);
    }

    public Modes with(char flag) {
        var more = new TreeSet<>(flags);
        more.add(flag);
        return new Modes(more, key, limit);
    }

    public Modes without(char flag) {
        var fewer = new TreeSet<>(flags);
        fewer.remove(flag);
        return new Modes(fewer, key, limit);
    }

    public Modes withKey(Optional<String> changed) {
        return new Modes(flags, changed, limit);
    }

    public Modes withLimit(OptionalInt changed) {
        return new Modes(flags, key, changed);
    }

    /// The letters in order, for the store.
    public String letters() {
        var letters = new StringBuilder();
        new TreeSet<>(flags).forEach(letters::append);
        return letters.toString();
    }

    public static Set<Character> ofLetters(String letters) {
        var flags = new TreeSet<Character>();
        letters.chars().forEach(c -> flags.add((char) c));
        return flags;
    }

    /// As RPL_CHANNELMODEIS shows them: the letters, then the parameters.
    ///
    /// @param keyToo whether the key itself may be seen
    public String shown(boolean keyToo) {
        var shown = new StringBuilder("+").append(letters());
        var params = new StringBuilder();
        key.ifPresent(set -> {
            shown.append('k');
            params.append(' ').append(keyToo ? set : "*");
        });
        limit.ifPresent(set -> {
            shown.append('l');
            params.append(' ').append(set);
        });
        return shown.append(params).toString();
    }
}
