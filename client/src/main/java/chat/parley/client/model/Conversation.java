package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import java.util.Collection;
import java.util.Collections;
import java.util.SequencedMap;
import java.util.TreeMap;

/// A channel the person is in or wants to be in, or a direct conversation.
///
/// @param name as it is shown
/// @param isChannel false for a direct conversation
/// @param isJoined whether the daemon said that the person is in
/// @param members folded nick to nick
/// @param topic empty where there is none
/// @param listing what the next list of names is for
public record Conversation(
        String name,
        boolean isChannel,
        boolean isJoined,
        SequencedMap<String, String> members,
        String topic,
        Listing listing) {

    /// What becomes of a list of names when it is complete.
    public enum Listing {
        UNASKED,
        /// One just joined: a few are shown, many are counted.
        ON_JOIN,
        /// The person asked for all of them.
        ASKED
    }

    public Conversation {
        members = Collections.unmodifiableSequencedMap(new TreeMap<>(members));
    }

    static Conversation channel(String name) {
        return new Conversation(name, true, false, new TreeMap<>(), "", Listing.UNASKED);
    }

    static Conversation with(String nick) {
        return new Conversation(nick, false, true, new TreeMap<>(), "", Listing.UNASKED);
    }

    Conversation joined(String asNamed) {
        return new Conversation(asNamed, isChannel, true, members, topic, Listing.ON_JOIN);
    }

    /// The link broke: who is here is not known any more.
    Conversation lost() {
        return new Conversation(
                name, isChannel, !isChannel, new TreeMap<>(), topic, Listing.UNASKED);
    }

    Conversation topic(String changed) {
        return new Conversation(name, isChannel, isJoined, members, changed, listing);
    }

    Conversation listing(Listing asked) {
        return new Conversation(name, isChannel, isJoined, members, topic, asked);
    }

    Conversation plus(Collection<String> nicks) {
        var more = new TreeMap<>(members);
        nicks.forEach(nick -> more.put(CaseMapping.fold(nick), nick));
        return new Conversation(name, isChannel, isJoined, more, topic, listing);
    }

    Conversation minus(String nick) {
        var fewer = new TreeMap<>(members);
        fewer.remove(CaseMapping.fold(nick));
        return new Conversation(name, isChannel, isJoined, fewer, topic, listing);
    }

    boolean has(String nick) {
        return members.containsKey(CaseMapping.fold(nick));
    }
}
