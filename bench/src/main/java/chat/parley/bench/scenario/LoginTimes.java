package chat.parley.bench.scenario;

import chat.parley.bench.crowd.LoginWay;
import chat.parley.bench.report.Result;
import chat.parley.bench.report.Samples;
import chat.parley.bench.server.Parley;
import chat.parley.bench.visit.Visitor;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.store.Account.Status;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteAccounts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Whether the time that a refusal takes, over TLS, tells what was wrong: the account, the
/// password, or that it is disabled. Attempts come one after the other, in random order, each from
/// a network and at an account of its own, so that nobody is put off. Parley only.
///
/// A line for each: the median, how far it is from that of a wrong password, the range in which the
/// true difference is with 95 % confidence, and a Kolmogorov-Smirnov test: `p` is how likely two
/// samples of one distribution differ as much.
@Command(name = "login-times", description = "How long a refusal takes, by what was wrong.")
public final class LoginTimes implements Callable<Integer> {

    private static final int WARM_UP = 20;

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

        /// Each has its own part of the accounts.
        String name(int number) {
            return switch (this) {
                case WRONG_PASSWORD -> "bench" + 3 * number;
                case WRONG_PASSWORD_AGAIN -> "bench" + (3 * number + 1);
                case DISABLED -> "bench" + (3 * number + 2);
                case UNKNOWN -> "nobod" + 3 * number; // as long
            };
        }
    }

    @Option(names = "--samples", description = "Of each. Default: ${DEFAULT-VALUE}.")
    private int samples = 300;

    @Option(names = "--memory", description = "Of a password, MiB. Default: ${DEFAULT-VALUE}.")
    private int memory = 64;

    @Option(names = "--passes", description = "Of a password. Default: ${DEFAULT-VALUE}.")
    private int passes = 3;

    private final Random random = new Random();

    @Override
    public Integer call() throws IOException, InterruptedException, ConfigProblem {
        var price = new Parley.Price(memory + " MiB", passes);
        var parley = new Parley(Target.ROOT, "commit", price, 32);
        try (var place = Workplace.make()) {
            parley.prepare(place.folder(), 3 * (samples + WARM_UP));
            disable(Parley.data(place.folder()));
            try (var server = parley.again(place.folder())) {
                report(tried(server.address()));
            }
        }
        return 0;
    }

    private void disable(Path data) throws IOException, InterruptedException, ConfigProblem {
        var accounts = new SqliteAccounts(Database.prepare(data), Clock.systemUTC());
        for (var i = 0; i < samples + WARM_UP; i++) {
            accounts.setStatus(What.DISABLED.name(i), Status.DISABLED);
        }
    }

    private Map<What, double[]> tried(InetSocketAddress server) throws IOException {
        var took = new EnumMap<What, double[]>(What.class);
        for (var what : What.values()) {
            took.put(what, new double[samples]);
        }
        for (var i = -WARM_UP; i < samples; i++) { // the JIT's share
            var order = Arrays.asList(What.values());
            Collections.shuffle(order, random);
            for (var what : order) {
                var millis = once(server, what, Math.floorMod(i, samples + WARM_UP));
                if (i >= 0) {
                    took.getOrDefault(what, new double[samples])[i] = millis;
                }
            }
        }
        return took;
    }

    private static double once(InetSocketAddress server, What what, int number) throws IOException {
        var name = what.name(number);
        var password = what == What.DISABLED ? LoginWay.password(name) : "x".repeat(18);
        try (var stranger = new Visitor(server, what.second, number)) {
            var began = System.nanoTime();
            var answer = stranger.login(name, password);
            var nanos = System.nanoTime() - began;
            if (answer != Visitor.Answer.WRONG) {
                throw new IOException(what + " was answered with " + answer);
            }
            return nanos / 1e6;
        }
    }

    private void report(Map<What, double[]> took) {
        var wrong = took.getOrDefault(What.WRONG_PASSWORD, new double[0]);
        for (var what : List.of(What.values())) {
            var these = took.getOrDefault(what, new double[0]);
            var range = Samples.range(wrong, these, random);
            var distance = Samples.distance(wrong, these);
            Scenario.print(
                    new Result()
                            .with("scenario", "login-times")
                            .with("what", what.name())
                            .with("samples", these.length)
                            .with("median-ms", Samples.median(these))
                            .with("difference-ms", Samples.median(these) - Samples.median(wrong))
                            .with("difference-from-ms", range[0])
                            .with("difference-to-ms", range[1])
                            .with("ks-distance", distance)
                            .with("p", Samples.probability(distance, these.length)));
        }
    }
}
