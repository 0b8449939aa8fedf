package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/// The channels and direct conversations, and which of them one is at.
///
/// @param all by folded name, in the order they began
/// @param current the folded name of where one speaks; empty for nowhere
public record Places(SequencedMap<String, Conversation> all, String current) {

    public Places {
        all = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(all));
    }

    /// Places that may be kept; a daemon that opens more is not believed.
    static final int MOST = 500;

    /// Members of all channels together.
    static final int MEMBERS = 100_000;

    /// Characters of all backlogs together. Beyond it the heaviest loses its older half.
    static final long WEIGHT = 8_000_000;

    /// Whether there may be one more place.
    boolean hasRoom() {
        return all.size() < MOST;
    }

    boolean hasRoomFor(int members) {
        return all.values().stream().mapToInt(one -> one.members().size()).sum() + members
                <= MEMBERS;
    }

    /// The same within its weight.
    Places lightened() {
        var light = this;
        while (light.weight() > WEIGHT) {
            var heaviest =
                    light.all.values().stream()
                            .max(Comparator.comparingLong(one -> one.backlog().weight()))
                            .orElseThrow();
            light = light.with(heaviest.with(heaviest.backlog().halved()));
        }
        return light;
    }

    private long weight() {
        return all.values().stream().mapToLong(one -> one.backlog().weight()).sum();
    }

    static Places wanting(List<String> channels) {
        var all = new LinkedHashMap<String, Conversation>();
        channels.forEach(name -> all.put(CaseMapping.fold(name), Conversation.channel(name)));
        return new Places(all, channels.isEmpty() ? "" : CaseMapping.fold(channels.getFirst()));
    }

    public Optional<Conversation> here() {
        return find(current);
    }

    public Optional<Conversation> find(String name) {
        return Optional.ofNullable(all.get(CaseMapping.fold(name)));
    }

    /// The nicks that somebody speaks with alone.
    Collection<Conversation> people() {
        return all.values().stream().filter(one -> !one.isChannel()).toList();
    }

    Collection<Conversation> channels() {
        return all.values().stream().filter(Conversation::isChannel).toList();
    }

    Places with(Conversation changed) {
        var more = new LinkedHashMap<>(all);
        more.put(CaseMapping.fold(changed.name()), changed);
        return new Places(more, current);
    }

    /// Leaving where one is leads back to where one came from, or else to the oldest of the others.
    Places without(String name) {
        var folded = CaseMapping.fold(name);
        var fewer = new LinkedHashMap<>(all);
        var gone = fewer.remove(folded);
        var from = gone == null ? "" : gone.entrance().from();
        fewer.replaceAll((_, one) ->
                one.entrance().from().equals(folded) ? one.with(one.entrance().from(from)) : one);
        if (!current.equals(folded)) {
            return new Places(fewer, current);
        }
        var oldest = fewer.isEmpty() ? "" : fewer.firstEntry().getKey();
        return new Places(fewer, fewer.containsKey(from) ? from : oldest);
    }

    /// Somewhere else than there: where one came from, or else, if anywhere will do, the oldest of
    /// the others.
    Places awayFrom(String name, boolean isAnywhere) {
        var away = isAnywhere ? without(name).current : find(name).orElseThrow().entrance().from();
        return !current.equals(CaseMapping.fold(name))
                ? this
                : new Places(all, find(away).isPresent() ? away : "");
    }

    Places at(String name) {
        return new Places(all, CaseMapping.fold(name));
    }

    Places each(UnaryOperator<Conversation> change) {
        var changed = new LinkedHashMap<String, Conversation>();
        all.forEach((folded, conversation) -> changed.put(folded, change.apply(conversation)));
        return new Places(changed, current);
    }
}
