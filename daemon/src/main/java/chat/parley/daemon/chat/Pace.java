package chat.parley.daemon.chat;

import java.time.Duration;

/// How soon a channel settles its next batch: not before the last one had time to reach everybody.
///
/// A record costs a listener's writer nearly the same whatever is in it, so a large channel that is
/// busy rests a little, and what is said meanwhile shares the records of the next batch. A channel
/// where nothing was heard just now does not wait at all, and nowhere does anything but speech
/// ([Inbox]). How long, and why: docs/adr/0047.
///
/// Plain state of the channel's thread; time is passed in, as [System#nanoTime] has it.
final class Pace {

    /// For each listener: about what one record costs, on both sides.
    static final Duration EACH = Duration.ofNanos(16_000);

    /// However many listen.
    static final Duration MOST = Duration.ofMillis(20);

    private final long each;
    private final long most;
    private long next;

    /// @param now when the channel begins
    Pace(long now) {
        this(now, EACH, MOST);
    }

    Pace(long now, Duration each, Duration most) {
        this.next = now;
        this.each = each.toNanos();
        this.most = most.toNanos();
    }

    /// A batch that began then is heard by so many sessions.
    void heard(int listeners, long begun) {
        next = begun + Math.min(listeners * each, most);
    }

    /// The first moment of the next batch.
    long next() {
        return next;
    }
}
