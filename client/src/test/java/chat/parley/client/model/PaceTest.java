package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Pace QUICK = Pace.unknown().echoed(Duration.ofMillis(5), NOON);

    @Nested
    class Echoes_that_come_quickly {

        @Test
        void need_no_pause() {
            assertTrue(QUICK.mayGo(NOON));
            assertTrue(QUICK.echoed(Duration.ofMillis(15), NOON).mayGo(NOON));
        }

        @Test
        void are_measured_by_the_way_to_the_daemon() {
            var far = Pace.unknown().echoed(Duration.ofMillis(300), NOON);

            assertTrue(far.echoed(Duration.ofMillis(500), NOON).mayGo(NOON));
        }
    }

    @Nested
    class An_echo_that_was_held_back {

        @Test
        void is_followed_by_a_pause_that_is_longer() {
            var held = QUICK.echoed(Duration.ofMillis(505), NOON);

            assertFalse(held.mayGo(NOON.plusMillis(749)));
            assertTrue(held.mayGo(NOON.plusMillis(750)));
        }

        @Test
        void is_followed_by_a_second_at_most() {
            var held = QUICK.echoed(Duration.ofSeconds(30), NOON);

            assertEquals(NOON.plusSeconds(1), held.notBefore());
        }
    }
}
