package chat.parley.client.model;

import java.time.Instant;
import java.util.Optional;

/// Whether the person is in a place, and how far the wish to be there is.
///
/// @param wasIn whether the person was in since it asked for the first time, and nobody put it out
/// @param key what the channel asks for (its mode `k`); empty for none
/// @param from the folded name of where the person was when it asked; empty for nowhere
/// @param since when it asked
/// @param leaving the reason it gave for going away as soon as all is said; empty if it stays
public record Entrance(
        State state,
        boolean wasIn,
        String key,
        String from,
        Instant since,
        Optional<String> leaving) {

    public enum State {
        /// In: what is said goes.
        IN,
        /// To be in once the link is there.
        WANTED,
        /// Asked, and not answered.
        ASKED,
        /// The same, and the person was told that it takes long.
        LATE,
        /// Refused: there is nothing to wait for.
        OUT
    }

    private static final Entrance OPEN =
            new Entrance(State.IN, true, "", "", Instant.MIN, Optional.empty());
    private static final Entrance WANTED =
            new Entrance(State.WANTED, false, "", "", Instant.MIN, Optional.empty());

    /// Of a conversation with somebody.
    static Entrance open() {
        return OPEN;
    }

    /// Of a channel, at first.
    static Entrance wanted() {
        return WANTED;
    }

    Entrance in() {
        return new Entrance(State.IN, true, key, from, since, leaving);
    }

    Entrance out() {
        return as(State.OUT);
    }

    /// The person is not in any more and did not ask for that.
    Entrance putOut() {
        return new Entrance(State.OUT, false, key, from, since, Optional.empty());
    }

    Entrance late() {
        return as(State.LATE);
    }

    /// The link broke. Where one was put out, or never let in, nobody asks again by itself.
    Entrance lost() {
        return state == State.OUT && !wasIn ? this : as(State.WANTED);
    }

    /// To be in, whatever was before.
    Entrance again() {
        return new Entrance(State.WANTED, wasIn, key, from, since, Optional.empty());
    }

    /// Not to be in any more.
    Entrance leaving(String reason) {
        return new Entrance(state, wasIn, key, from, since, Optional.of(reason));
    }

    /// To stay after all.
    Entrance staying() {
        return new Entrance(state, wasIn, key, from, since, Optional.empty());
    }

    Entrance asked(Instant now) {
        return new Entrance(State.ASKED, wasIn, key, from, now, leaving);
    }

    Entrance since(Instant now) {
        return new Entrance(state, wasIn, key, from, now, leaving);
    }

    Entrance with(String changedKey) {
        return new Entrance(state, wasIn, changedKey, from, since, leaving);
    }

    Entrance from(String place) {
        return new Entrance(state, wasIn, key, place, since, leaving);
    }

    private Entrance as(State changed) {
        return new Entrance(changed, wasIn, key, from, since, leaving);
    }

    /// Whether the daemon is to answer.
    boolean isAsked() {
        return state == State.ASKED || state == State.LATE;
    }

    /// Whether what is said here waits until one is in.
    public boolean isAwaited() {
        return isAsked() || state == State.WANTED;
    }
}
