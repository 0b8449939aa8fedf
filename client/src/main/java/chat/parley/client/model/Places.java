package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/// The channels and direct conversations, and which of them one is at.
///
/// @param all by folded name, in the order they began
/// @param current the folded name of where one speaks; empty for nowhere
/// @param wanted the folded name of the channel to go to once one is in
public record Places(SequencedMap<String, Conversation> all, String current, String wanted) {

    public Places {
        all = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(all));
    }

    static Places wanting(List<String> channels) {
        var all = new LinkedHashMap<String, Conversation>();
        channels.forEach(name -> all.put(CaseMapping.fold(name), Conversation.channel(name)));
        return new Places(all, "", channels.isEmpty() ? "" : CaseMapping.fold(channels.getFirst()));
    }

    public Optional<Conversation> here() {
        return find(current);
    }

    public Optional<Conversation> find(String name) {
        return Optional.ofNullable(all.get(CaseMapping.fold(name)));
    }

    Collection<Conversation> channels() {
        return all.values().stream().filter(Conversation::isChannel).toList();
    }

    Places with(Conversation changed) {
        var more = new LinkedHashMap<>(all);
        more.put(CaseMapping.fold(changed.name()), changed);
        return new Places(more, current, wanted);
    }

    /// Leaving where one is leads to the oldest of the others.
    Places without(String name) {
        var folded = CaseMapping.fold(name);
        var fewer = new LinkedHashMap<>(all);
        fewer.remove(folded);
        var oldest = fewer.isEmpty() ? "" : fewer.firstEntry().getKey();
        return new Places(fewer, current.equals(folded) ? oldest : current, wanted);
    }

    Places at(String name) {
        return new Places(all, CaseMapping.fold(name), wanted);
    }

    Places wanting(String name) {
        return new Places(all, current, CaseMapping.fold(name));
    }

    Places each(UnaryOperator<Conversation> change) {
        var changed = new LinkedHashMap<String, Conversation>();
        all.forEach((folded, conversation) -> changed.put(folded, change.apply(conversation)));
        return new Places(changed, current, wanted);
    }
}
