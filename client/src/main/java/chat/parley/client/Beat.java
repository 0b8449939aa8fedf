package chat.parley.client;

import chat.parley.client.model.Event;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The events of an inbox, and in between that time goes by: also where so much comes that it is
/// never empty, as somebody may wait for an answer in a quiet channel beside a busy one.
///
/// What is there when it is time goes first: what came while this process was stopped was in time.
/// Used by one thread.
final class Beat {

    private static final int UNCOUNTED = -1;

    private final BlockingQueue<Event> inbox;
    private final long every; // ns
    private final LongSupplier nanos;
    private final Supplier<Event> beat;
    private long last;
    private int before = UNCOUNTED; // events that go before a beat that is due

    /// @param nanos a clock as [System#nanoTime]
    /// @param beat that time goes by
    Beat(BlockingQueue<Event> inbox, Duration every, LongSupplier nanos, Supplier<Event> beat) {
        this.inbox = inbox;
        this.every = every.toNanos();
        this.nanos = nanos;
        this.beat = beat;
        this.last = nanos.getAsLong();
    }

    /// Waits for it, no longer than to the next beat.
    Event next() throws InterruptedException {
        var left = every - (nanos.getAsLong() - last);
        if (left > 0) {
            var event = inbox.poll(left, TimeUnit.NANOSECONDS);
            return event == null ? beat() : event;
        }
        before = before == UNCOUNTED ? inbox.size() : before - 1;
        var event = before > 0 ? inbox.poll() : null;
        return event == null ? beat() : event;
    }

    private Event beat() {
        last = nanos.getAsLong();
        before = UNCOUNTED;
        return beat.get();
    }
}
