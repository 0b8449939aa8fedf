package chat.parley.daemon.chat;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who sees whom in a channel with mode `u`: members without a voice are shown to operators only.
///
/// Logic without a thread; it runs on the channel's.
final class Auditorium {

    private final Room room;

    Auditorium(Room room) {
        this.room = room;
    }

    /// Whether somebody may see that a member is here.
    boolean shows(User member, User to) {
        return !room.modes().has('u')
                || room.shownRole(member).isAtLeast(Role.VOICE)
                || room.role(to).isAtLeast(Role.OPERATOR);
    }

    /// Who hears that a member came, left or changed: all, as null says; or of who is less than
    /// `least`, operators and the member itself.
    @Nullable Predicate<Seat> witnesses(User member, Role least) {
        return !room.modes().has('u') || room.shownRole(member).isAtLeast(least)
                ? null
                : seat ->
                        seat.user().equals(member)
                                || room.role(seat.user()).isAtLeast(Role.OPERATOR);
    }
}
