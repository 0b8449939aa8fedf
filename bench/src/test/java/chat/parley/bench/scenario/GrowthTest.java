package chat.parley.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bench.scenario.Growth.Sample;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GrowthTest {

    private static final long MIB = 1024;

    private final Growth growth = new Growth(1_000);

    private boolean isSteady() {
        return growth.verdict().is("steady");
    }

    @Nested
    class It_is_steady {

        @Test
        void when_everything_goes_up_and_down() {
            for (var i = 0; i < 40; i++) {
                var wave = i % 3;
                growth.add(
                        new Sample(50 * MIB + wave * MIB, 200 * MIB, 210 + wave, 40, 99L * wave));
            }

            assertTrue(isSteady());
        }

        @Test
        void when_one_sample_is_far_out() {
            for (var i = 0; i < 40; i++) {
                growth.add(new Sample(i == 39 ? 900 * MIB : 50 * MIB, 0, 210, 40, 0));
            }

            assertTrue(isSteady());
        }
    }

    @Nested
    class It_grows {

        @Test
        void when_the_heap_does() {
            for (var i = 0; i < 40; i++) {
                growth.add(new Sample((50 + i) * MIB, 0, 210, 40, 0));
            }

            assertFalse(isSteady());
        }

        @Test
        void when_descriptors_are_left_open() {
            for (var i = 0; i < 40; i++) {
                growth.add(new Sample(50 * MIB, 0, 210 + i, 40, 0));
            }

            assertFalse(isSteady());
        }

        @Test
        void when_threads_are_left_running() {
            for (var i = 0; i < 40; i++) {
                growth.add(new Sample(50 * MIB, 0, 210, 40 + i / 5, 0));
            }

            assertFalse(isSteady());
        }

        @Test
        void when_more_and_more_waits() {
            for (var i = 0; i < 40; i++) {
                growth.add(new Sample(50 * MIB, 0, 210, 40, 100L * i));
            }

            assertFalse(isSteady());
        }
    }

    @Test
    void without_samples_nobody_knows() {
        assertFalse(isSteady());
    }
}
