package chat.parley.daemon.chat;

import chat.parley.protocol.CaseMapping;

/// A session's place in a channel, and which part of the batch being settled it hears. Belongs to
/// the channel's thread.
final class Seat {

    private static final long UNKNOWN = -1;

    private final User user;
    private final Recipient who;
    private final String account; // folded; as it was when the session came
    private int since;
    private int until = Integer.MAX_VALUE;
    private long from = UNKNOWN; // the newest entry of the log before the session came
    private long lostAfter = UNKNOWN; // the newest entry before what could not be queued
    private boolean losing;

    /// @param since the first step of the batch that the session hears
    Seat(User user, Recipient who, int since) {
        this.user = user;
        this.who = who;
        this.account = CaseMapping.fold(user.account());
        this.since = since;
    }

    User user() {
        return user;
    }

    Recipient who() {
        return who;
    }

    /// The account that has been told what was said, as a device of which the session came.
    String account() {
        return account;
    }

    /// Whether what it hears is told to the device it came as: the user is still that account's,
    /// and the session is not just being told what came before.
    boolean counts() {
        return who.isUpToDate() && CaseMapping.same(account, user.account());
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

    /// Something of the batch could not be queued: the session is over.
    void lose() {
        losing = true;
    }

    /// The number of the newest entry that the session was not told, as it came later.
    long from() {
        return from;
    }

    /// The number of the newest entry that was queued to the session.
    ///
    /// @param newest of all that it could have heard
    long reached(long newest) {
        return lostAfter == UNKNOWN ? newest : Math.min(newest, lostAfter);
    }

    /// The batch is delivered; from the next one on it hears everything.
    ///
    /// @param before the newest entry before the batch
    void settle(long before, Batch batch) {
        if (from == UNKNOWN) {
            from = before + batch.keptBefore(since);
        }
        if (losing && lostAfter == UNKNOWN) {
            lostAfter = before;
        }
        since = 0;
    }

    boolean isWhole() {
        return since == 0 && until == Integer.MAX_VALUE;
    }
}
