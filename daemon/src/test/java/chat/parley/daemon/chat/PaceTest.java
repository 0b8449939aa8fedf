package chat.parley.daemon.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PaceTest {

    // System.nanoTime() may turn over
    private static final long BEGUN = Math.subtractExact(Long.MAX_VALUE, 100);

    private final Pace pace = new Pace(BEGUN);

    @Test
    void who_has_not_spoken_does_not_wait() {
        assertEquals(BEGUN, pace.next());
    }

    @Test
    void a_batch_that_many_hear_holds_the_next_one_back() {
        pace.heard(100, BEGUN);

        assertEquals(BEGUN + 1_600_000, pace.next());
    }

    @Test
    void it_is_never_long_however_many_hear() {
        pace.heard(1_000_000, BEGUN);

        assertEquals(BEGUN + Pace.MOST.toNanos(), pace.next());
    }

    @Test
    void nobody_hears_and_nobody_waits() {
        pace.heard(0, BEGUN);

        assertEquals(BEGUN, pace.next());
    }
}
