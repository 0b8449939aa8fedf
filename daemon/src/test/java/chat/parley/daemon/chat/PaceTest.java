package chat.parley.daemon.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    // System.nanoTime() may turn over
    private static final long BEGUN = Math.subtractExact(Long.MAX_VALUE, 100);

    private static final long EACH = 16_000;
    private static final long MOST = 20_000_000;

    private final Backlog backlog =
            new Backlog(BEGUN, Duration.ofNanos(EACH), Duration.ofNanos(MOST));
    private final Pace pace = new Pace(BEGUN, backlog);
    private final Pace other = new Pace(BEGUN, backlog);

    @Test
    void who_has_not_spoken_does_not_wait() {
        assertEquals(BEGUN, pace.next());
    }

    @Test
    void a_batch_that_many_hear_holds_the_next_one_back() {
        pace.heard(100, BEGUN);

        assertEquals(BEGUN + 100 * EACH, pace.next());
    }

    @Test
    void and_longer_while_others_have_as_much_to_do() {
        other.heard(70, BEGUN);
        pace.heard(30, BEGUN + EACH);

        assertEquals(BEGUN + 100 * EACH, pace.next());
    }

    @Test
    void but_not_for_what_is_done_by_now() {
        other.heard(70, BEGUN);
        pace.heard(30, BEGUN + 80 * EACH);

        assertEquals(BEGUN + 110 * EACH, pace.next());
    }

    @Test
    void what_others_do_does_not_hold_back_where_nothing_was_heard() {
        other.heard(1_000, BEGUN);

        assertEquals(BEGUN, pace.next());
    }

    @Test
    void it_is_never_long_however_many_hear() {
        other.heard(1_000_000, BEGUN);
        pace.heard(1_000_000, BEGUN + 1);

        assertEquals(BEGUN + 1 + MOST, pace.next());
    }

    @Test
    void nobody_hears_and_nobody_waits() {
        pace.heard(0, BEGUN);

        assertEquals(BEGUN, pace.next());
    }
}
