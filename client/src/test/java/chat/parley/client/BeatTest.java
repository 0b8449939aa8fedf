package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import chat.parley.client.model.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Events, and the time between them.
@Timeout(60)
class BeatTest {

    private static final Duration EVERY = Duration.ofHours(1); // of a clock that is moved by hand
    private static final Event KEY = new Event.Looked(Instant.EPOCH);

    private final BlockingQueue<Event> inbox = new ArrayBlockingQueue<>(8);
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE); // it may run over
    private final Beat beat =
            new Beat(inbox, EVERY, clock::get, () -> new Event.Tick(Instant.EPOCH));

    private void passes(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void time_goes_by_where_nothing_comes() throws Exception {
        var quick = new Beat(inbox, Duration.ofMillis(1), System::nanoTime, () -> KEY);

        assertEquals(KEY, quick.next());
    }

    @Test
    void time_goes_by_where_the_inbox_is_never_empty() throws Exception {
        var beats = 0;
        for (var i = 0; i < 100; i++) {
            inbox.add(KEY);
            passes(EVERY.dividedBy(10));
            if (beat.next() instanceof Event.Tick) {
                beats++;
                inbox.poll();
            }
        }
        assertEquals(9, beats);
    }

    @Test
    void what_is_there_already_goes_before_a_beat_that_is_due_and_nothing_else() throws Exception {
        inbox.add(KEY);
        inbox.add(KEY);
        passes(EVERY.multipliedBy(3));

        for (var i = 0; i < 2; i++) {
            assertEquals(KEY, beat.next());
            inbox.add(KEY);
        }
        assertInstanceOf(Event.Tick.class, beat.next());
        assertEquals(KEY, beat.next());
        assertEquals(1, inbox.size());
    }
}
