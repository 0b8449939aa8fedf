package chat.parley.daemon.chat;

/// A session's place in a channel, and which part of the batch being settled it hears. Belongs to
/// the channel's thread.
final class Seat {

    private final User user;
    private final Recipient who;
    private int since;
    private int until = Integer.MAX_VALUE;

    /// @param since the first step of the batch that the session hears
    Seat(User user, Recipient who, int since) {
        this.user = user;
        this.who = who;
        this.since = since;
    }

    User user() {
        return user;
    }

    Recipient who() {
        return who;
    }

    int since() {
        return since;
    }

    int until() {
        return until;
    }

    /// The session leaves before this step of the batch.
    void endBefore(int step) {
        until = step;
    }

    /// From the next batch on it hears everything.
    void settle() {
        since = 0;
    }

    boolean isWhole() {
        return since == 0 && until == Integer.MAX_VALUE;
    }
}
