package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import java.util.Collection;
import java.util.Collections;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A channel the person is in or wants to be in, or a direct conversation.
///
/// @param name as it is shown
/// @param isChannel false for a direct conversation
/// @param entrance whether the person is in
/// @param members folded nick to nick
/// @param topic empty where there is none
/// @param listing what the next list of names is for
/// @param backlog what was said here
/// @param reading what of it the person has read
/// @param typing who is about to say something
/// @param comings who came and left and was not told about yet
public record Conversation(
        String name,
        boolean isChannel,
        Entrance entrance,
        SequencedMap<String, String> members,
        String topic,
        Listing listing,
        Backlog backlog,
        Reading reading,
        Typing typing,
        Comings comings) {

    /// What becomes of a list of names when it is complete.
    public enum Listing {
        UNASKED,
        /// One just joined: a few are shown, many are counted.
        ON_JOIN,
        /// The person asked for all of them.
        ASKED
    }

    public Conversation {
        members = Collections.unmodifiableSequencedMap(members);
    }

    private static Conversation of(String name, boolean isChannel) {
        return new Conversation(
                name,
                isChannel,
                isChannel ? Entrance.wanted() : Entrance.open(),
                new TreeMap<>(),
                "",
                Listing.UNASKED,
                Backlog.empty(),
                Reading.nothing(),
                Typing.nobody(),
                Comings.none());
    }

    static Conversation channel(String name) {
        return of(name, true);
    }

    static Conversation with(String nick) {
        return of(nick, false);
    }

    Conversation joined(String asNamed) {
        return changed(draft -> {
            draft.name = asNamed;
            draft.entrance = entrance.in();
            draft.listing = Listing.ON_JOIN;
        });
    }

    /// The link broke: who is here is not known any more.
    Conversation lost() {
        return changed(draft -> {
            draft.entrance = isChannel ? entrance.lost() : entrance;
            draft.members = new TreeMap<>();
            draft.listing = Listing.UNASKED;
            draft.typing = Typing.nobody();
            draft.comings = Comings.none();
        });
    }

    /// Whether the daemon said that the person is in.
    public boolean isJoined() {
        return entrance.state() == Entrance.State.IN;
    }

    Conversation with(Entrance changed) {
        return changed(draft -> draft.entrance = changed);
    }

    Conversation topic(String changed) {
        return changed(draft -> draft.topic = changed);
    }

    Conversation listing(Listing asked) {
        return changed(draft -> draft.listing = asked);
    }

    private Conversation members(SequencedMap<String, String> changed) {
        return changed(draft -> draft.members = changed);
    }

    Conversation with(Backlog changed) {
        return changed(draft -> draft.backlog = changed);
    }

    Conversation with(Reading changed) {
        return changed(draft -> draft.reading = changed);
    }

    Conversation with(Typing changed) {
        return changed(draft -> draft.typing = changed);
    }

    Conversation with(Comings changed) {
        return changed(draft -> draft.comings = changed);
    }

    /// The next one, while it is made.
    private static final class Draft {
        private String name;
        private Entrance entrance;
        private SequencedMap<String, String> members;
        private String topic;
        private Listing listing;
        private Backlog backlog;
        private Reading reading;
        private Typing typing;
        private Comings comings;

        private Draft(Conversation from) {
            name = from.name;
            entrance = from.entrance;
            members = from.members;
            topic = from.topic;
            listing = from.listing;
            backlog = from.backlog;
            reading = from.reading;
            typing = from.typing;
            comings = from.comings;
        }
    }

    private Conversation changed(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return new Conversation(
                draft.name,
                isChannel,
                draft.entrance,
                draft.members,
                draft.topic,
                draft.listing,
                draft.backlog,
                draft.reading,
                draft.typing,
                draft.comings);
    }

    Conversation plus(Collection<String> nicks) {
        var more = new TreeMap<>(members);
        nicks.forEach(nick -> more.put(CaseMapping.fold(nick), nick));
        return members(more);
    }

    Conversation minus(String nick) {
        var fewer = new TreeMap<>(members);
        fewer.remove(CaseMapping.fold(nick));
        return members(fewer).with(typing.without(nick));
    }

    public boolean has(String nick) {
        return members.containsKey(CaseMapping.fold(nick));
    }
}
