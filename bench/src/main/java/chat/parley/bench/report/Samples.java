package chat.parley.bench.report;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Two samples beside each other: are they of one kind?
public final class Samples {

    private static final int RESAMPLES = 2_000;

    private Samples() {}

    public static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /// The range in which the true difference of the medians is with 95 % confidence (bootstrap).
    public static double[] range(double[] one, double[] other, RandomGenerator random) {
        var differences = new double[RESAMPLES];
        for (var i = 0; i < RESAMPLES; i++) {
            differences[i] = median(drawn(other, random)) - median(drawn(one, random));
        }
        Arrays.sort(differences);
        return new double[] {
            differences[RESAMPLES * 25 / 1000], differences[RESAMPLES * 975 / 1000]
        };
    }

    private static double[] drawn(double[] values, RandomGenerator random) {
        var drawn = new double[values.length];
        Arrays.setAll(drawn, _ -> values[random.nextInt(values.length)]);
        return drawn;
    }

    /// The greatest distance between the two cumulative distributions (Kolmogorov, Smirnov).
    public static double distance(double[] one, double[] other) {
        var a = one.clone();
        var b = other.clone();
        Arrays.sort(a);
        Arrays.sort(b);
        var greatest = 0.0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            var value = Math.min(a[i], b[j]);
            while (i < a.length && a[i] <= value) {
                i++;
            }
            while (j < b.length && b[j] <= value) {
                j++;
            }
            greatest = Math.max(greatest, Math.abs((double) i / a.length - (double) j / b.length));
        }
        return greatest;
    }

    /// How likely two samples of n each, of one distribution, are as far apart: the asymptotic
    /// distribution with Stephens's correction.
    public static double probability(double distance, int n) {
        var root = Math.sqrt(n / 2.0);
        var lambda = (root + 0.12 + 0.11 / root) * distance;
        var sum = 0.0;
        for (var j = 1; j <= 100; j++) {
            sum += 2 * (j % 2 == 1 ? 1 : -1) * Math.exp(-2 * j * j * lambda * lambda);
        }
        return lambda < 0.2 ? 1 : Math.clamp(sum, 0, 1);
    }
}
