package chat.parley.daemon.bench;

import chat.parley.daemon.store.Account.Status;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteAccounts;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// Whether the time that a refusal takes, over TLS, tells what was wrong: the account, the
/// password, or that it is disabled. Attempts come one after the other, in random order, each from
/// a network and at an account of its own, so that nobody is put off.
///
/// Prints the medians, how far each is from that of a wrong password with the range in which the
/// true difference is with 95 % confidence (bootstrap), and a Kolmogorov-Smirnov test: `p` is how
/// likely two samples of one distribution differ as much.
final class LoginTimes {

    private static final int RESAMPLES = 2_000;

    private enum What {
        /// An account there is, a wrong password.
        WRONG_PASSWORD(100),
        /// No such account.
        UNKNOWN(101),
        /// The right password of a disabled account.
        DISABLED(102),
        /// The first again: what chance alone does.
        WRONG_PASSWORD_AGAIN(103);

        private final int second; // byte of the addresses that they come from

        What(int second) {
            this.second = second;
        }
    }

    private LoginTimes() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            System.err.println("LoginTimes PORT DATA-DIR SAMPLES");
            System.exit(2);
        }
        var port = Integer.parseInt(args[0]);
        var samples = Integer.parseInt(args[2]);
        disable(Path.of(args[1]), samples);
        var seed = System.nanoTime();
        var random = new Random(seed);
        var took = new EnumMap<What, double[]>(What.class);
        for (var what : What.values()) {
            took.put(what, new double[samples]);
        }
        for (var i = -20; i < samples; i++) { // the JIT's share
            var order = Arrays.asList(What.values());
            Collections.shuffle(order, random);
            for (var what : order) {
                var millis = once(port, what, Math.floorMod(i, samples + 20));
                if (i >= 0) {
                    Objects.requireNonNull(took.get(what))[i] = millis;
                }
            }
        }
        report(took, random);
        System.exit(0);
    }

    /// Accounts: `bench0` and so on; each kind has its own part of them.
    private static void disable(Path data, int samples) throws Exception {
        var accounts = new SqliteAccounts(Database.prepare(data), Clock.systemUTC());
        for (var i = 0; i < samples + 20; i++) {
            accounts.setStatus(name(What.DISABLED, i), Status.DISABLED);
        }
    }

    private static String name(What what, int number) {
        return switch (what) {
            case WRONG_PASSWORD -> "bench" + 3 * number;
            case WRONG_PASSWORD_AGAIN -> "bench" + (3 * number + 1);
            case DISABLED -> "bench" + (3 * number + 2);
            case UNKNOWN -> "nobod" + 3 * number; // as long
        };
    }

    private static double once(int port, What what, int number) throws Exception {
        var name = name(what, number);
        var password = what == What.DISABLED ? name + "-bench-secret" : "x".repeat(18);
        try (var stranger = new Stranger(port, what.second, number)) {
            var began = System.nanoTime();
            var answer = stranger.login(name, password);
            var nanos = System.nanoTime() - began;
            if (!answer.equals("464")) {
                throw new IllegalStateException(what + " was answered with " + answer);
            }
            return nanos / 1e6;
        }
    }

    private static void report(Map<What, double[]> took, Random random) {
        var wrong = took.getOrDefault(What.WRONG_PASSWORD, new double[0]);
        for (var what : List.of(What.values())) {
            var these = took.getOrDefault(what, new double[0]);
            var range = range(wrong, these, random);
            var d = distance(wrong, these);
            System.out.printf(
                    Locale.ROOT,
                    "%-20s n=%d median-ms=%.3f difference-ms=%+.3f (95%%: %+.3f to %+.3f) ks-d=%.3f"
                            + " p=%.2f%n",
                    what,
                    these.length,
                    median(these),
                    median(these) - median(wrong),
                    range[0],
                    range[1],
                    d,
                    probability(d, these.length));
        }
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double[] range(double[] one, double[] other, Random random) {
        var differences = new double[RESAMPLES];
        for (var i = 0; i < RESAMPLES; i++) {
            differences[i] = median(resampled(other, random)) - median(resampled(one, random));
        }
        Arrays.sort(differences);
        return new double[] {
            differences[RESAMPLES * 25 / 1000], differences[RESAMPLES * 975 / 1000]
        };
    }

    private static double[] resampled(double[] values, Random random) {
        var drawn = new double[values.length];
        Arrays.setAll(drawn, _ -> values[random.nextInt(values.length)]);
        return drawn;
    }

    /// The greatest distance between the two cumulative distributions.
    private static double distance(double[] one, double[] other) {
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

    /// Of two samples of n each; the asymptotic distribution with Stephens's correction.
    private static double probability(double d, int n) {
        var root = Math.sqrt(n / 2.0);
        var lambda = (root + 0.12 + 0.11 / root) * d;
        var sum = 0.0;
        for (var j = 1; j <= 100; j++) {
            sum += 2 * (j % 2 == 1 ? 1 : -1) * Math.exp(-2 * j * j * lambda * lambda);
        }
        return lambda < 0.2 ? 1 : Math.clamp(sum, 0, 1);
    }
}
