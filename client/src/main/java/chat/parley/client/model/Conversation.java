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
        return new Conversation(
                asNamed,
                isChannel,
                entrance.in(),
                members,
                topic,
                Listing.ON_JOIN,
                backlog,
                reading,
                typing,
                comings);
    }

    /// The link broke: who is here is not known any more.
    Conversation lost() {
        return new Conversation(
                name,
                isChannel,
                isChannel ? entrance.lost() : entrance,
                new TreeMap<>(),
                topic,
                Listing.UNASKED,
                backlog,
                reading,
                Typing.nobody(),
                Comings.none());
    }

    /// Whether the daemon said that the person is in.
    public boolean isJoined() {
        return entrance.state() == Entrance.State.IN;
    }

    Conversation with(Entrance changed) {
        return new Conversation(
                name, isChannel, changed, members, topic, listing, backlog, reading, typing,
                comings);
    }

    Conversation topic(String changed) {
        return new Conversation(
                name, isChannel, entrance, members, changed, listing, backlog, reading, typing,
                comings);
    }

    Conversation listing(Listing asked) {
        return new Conversation(
                name, isChannel, entrance, members, topic, asked, backlog, reading, typing,
                comings);
    }

    private Conversation members(SequencedMap<String, String> changed) {
        return new Conversation(
                name, isChannel, entrance, changed, topic, listing, backlog, reading, typing,
                comings);
    }

    Conversation with(Backlog changed) {
        return new Conversation(
                name, isChannel, entrance, members, topic, listing, changed, reading, typing,
                comings);
    }

    Conversation with(Reading changed) {
        return new Conversation(
                name, isChannel, entrance, members, topic, listing, backlog, changed, typing,
                comings);
    }

    Conversation with(Typing changed) {
        return new Conversation(
                name, isChannel, entrance, members, topic, listing, backlog, reading, changed,
                comings);
    }

    Conversation with(Comings changed) {
        return new Conversation(
                name, isChannel, entrance, members, topic, listing, backlog, reading, typing,
                changed);
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
