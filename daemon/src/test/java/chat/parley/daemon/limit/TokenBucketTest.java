package chat.parley.daemon.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final int BURST = 4;

    @Nested
    class A_bucket {

        /// Also where the clock is about to wrap round.
        @ParameterizedTest
        @ValueSource(
                longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1_000_000_000})
        void gives_a_burst_and_then_one_each_interval(long now) {
            var bucket = new TokenBucket(BURST, EVERY, now);

            assertEquals(Duration.ZERO, bucket.take(BURST, now));
            assertEquals(EVERY, bucket.take(1, now));
            assertEquals(EVERY.multipliedBy(2), bucket.take(1, now));
            assertEquals(Duration.ZERO, bucket.take(1, now + EVERY.toNanos() * 3));
            assertEquals(EVERY, bucket.take(1, now + EVERY.toNanos() * 3));
        }

        @Test
        void does_not_save_up_more_than_a_burst() {
            var bucket = new TokenBucket(BURST, EVERY, 0);
            var later = Duration.ofDays(365).toNanos();

            assertEquals(Duration.ZERO, bucket.take(BURST, later));
            assertEquals(EVERY, bucket.take(1, later));
        }

        @Test
        void makes_a_dear_command_wait_in_proportion() {
            var bucket = new TokenBucket(BURST, EVERY, 0);

            assertEquals(EVERY.multipliedBy(6), bucket.take(10, 0));
        }

        @Test
        void holds_something_and_refills() {
            assertThrows(IllegalArgumentException.class, () -> new TokenBucket(0, EVERY, 0));
            assertThrows(
                    IllegalArgumentException.class, () -> new TokenBucket(1, Duration.ZERO, 0));
        }
    }
}
