package chat.parley.daemon.chat;

/// How soon a channel settles its next batch: not before the last one had time to reach everybody.
///
/// A record costs a listener's writer nearly the same whatever is in it, so a channel that is busy
/// rests until the machine is about done with what this channel and all others have sent
/// ([Backlog]), and what is said meanwhile shares the records of the next batch. A channel where
/// nothing was heard just now does not wait at all, however busy others are, and nowhere does
/// anything but speech ([Inbox]). Why: docs/adr/0047, 0051.
///
/// Plain state of the channel's thread; time is passed in, as [System#nanoTime] has it.
final class Pace {

    private final Backlog backlog;
    private long next;

    /// @param now when the channel begins
    Pace(long now, Backlog backlog) {
        this.next = now;
        this.backlog = backlog;
    }

    /// A batch that began then is heard by so many sessions.
    void heard(int listeners, long begun) {
        next = backlog.heard(listeners, begun);
    }

    /// The first moment of the next batch.
    long next() {
        return next;
    }
}
