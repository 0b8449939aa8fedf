package chat.parley.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static double[] normal(int seed, double mean) {
        var random = new Random(seed);
        var values = new double[300];
        Arrays.setAll(values, _ -> mean + random.nextGaussian());
        return values;
    }

    @Test
    void the_median_is_in_the_middle() {
        assertEquals(2, Samples.median(new double[] {3, 1, 2}));
        assertEquals(2.5, Samples.median(new double[] {4, 3, 1, 2}));
    }

    @Nested
    class Two_samples {

        @Test
        void of_one_kind_are_likely_to_be_so() {
            var one = normal(1, 5);
            var other = normal(2, 5);
            var range = Samples.range(one, other, new Random(3));

            assertTrue(range[0] < 0 && range[1] > 0);
            assertTrue(Samples.probability(Samples.distance(one, other), one.length) > 0.05);
        }

        @Test
        void of_two_kinds_are_told_apart() {
            var one = normal(1, 5);
            var other = normal(2, 6);
            var range = Samples.range(one, other, new Random(3));

            assertTrue(range[0] > 0.5 && range[1] < 1.5);
            assertTrue(Samples.probability(Samples.distance(one, other), one.length) < 0.001);
        }
    }

    @Test
    void what_is_apart_altogether_is_one_apart() {
        assertEquals(1, Samples.distance(new double[] {1, 2}, new double[] {3, 4}));
    }
}
