package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What the person is like at this moment: whether it looks, what it types, whom it ignores.
///
/// @param isPerson false for a script, which reads nothing, whatever it says
/// @param view what it sees
/// @param looked when it last showed that it is there; [Instant#MIN] if never
/// @param ignored folded nicks of whom nothing is shown, as long as this client runs
/// @param sendsTyping whether others may know that it types
/// @param composing what others were told of its typing
/// @param hasBegun whether something is typed that is not entered
/// @param asked a text of several lines that waits for a yes
public record Habits(
        boolean isPerson,
        View view,
        Instant looked,
        Set<String> ignored,
        boolean sendsTyping,
        Composing composing,
        boolean hasBegun,
        Optional<Block> asked) {

    /// What somebody sees who looks.
    public enum View {
        /// One stream of the lines of all places: all of them are read.
        STREAM,
        /// One place at a time: the others are not.
        PLACE
    }

    /// A text of several lines that the daemon takes only as so many messages.
    public record Block(String target, String text) {}

    /// @param place where it types; empty for nowhere
    /// @param said what others heard last: active, paused or done
    /// @param saidAt when
    /// @param touched when it last touched a key
    public record Composing(String place, String said, Instant saidAt, Instant touched) {

        static Composing nothing() {
            return new Composing("", "done", Instant.MIN, Instant.MIN);
        }
    }

    /// So long after the last key somebody is thought to look.
    private static final Duration ATTENTION = Duration.ofSeconds(60);

    private static final int MOST = 200;

    static Habits usual() {
        return new Habits(
                true,
                View.STREAM,
                Instant.MIN,
                Set.of(),
                true,
                Composing.nothing(),
                false,
                Optional.empty());
    }

    public Habits {
        ignored = Set.copyOf(ignored);
    }

    Habits seeing(View changed) {
        return new Habits(
                isPerson, changed, looked, ignored, sendsTyping, composing, hasBegun, asked);
    }

    Habits unattended() {
        return new Habits(false, view, looked, ignored, sendsTyping, composing, hasBegun, asked);
    }

    boolean isThere(Instant now) {
        return !looked.equals(Instant.MIN) && now.isBefore(looked.plus(ATTENTION));
    }

    boolean ignores(String nick) {
        return !ignored.isEmpty() && ignored.contains(CaseMapping.fold(nick));
    }

    Habits looked(Instant now) {
        return new Habits(
                isPerson,
                view,
                isPerson ? now : looked,
                ignored,
                sendsTyping,
                composing,
                hasBegun,
                asked);
    }

    Habits ignoring(String nick, boolean wanted) {
        var changed = new HashSet<>(ignored);
        if (!wanted) {
            changed.remove(CaseMapping.fold(nick));
        } else if (changed.size() < MOST) {
            changed.add(CaseMapping.fold(nick));
        }
        return new Habits(isPerson, view, looked, changed, sendsTyping, composing, hasBegun, asked);
    }

    Habits typing(boolean wanted) {
        return new Habits(isPerson, view, looked, ignored, wanted, composing, hasBegun, asked);
    }

    Habits with(Composing changed) {
        return new Habits(isPerson, view, looked, ignored, sendsTyping, changed, hasBegun, asked);
    }

    Habits begun(boolean changed) {
        return new Habits(isPerson, view, looked, ignored, sendsTyping, composing, changed, asked);
    }

    Habits asking(Optional<Block> block) {
        return new Habits(isPerson, view, looked, ignored, sendsTyping, composing, hasBegun, block);
    }
}
