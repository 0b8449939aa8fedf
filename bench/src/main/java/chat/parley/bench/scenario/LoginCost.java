package chat.parley.bench.scenario;

import chat.parley.bench.crowd.Calls;
import chat.parley.bench.report.Result;
import chat.parley.bench.report.Samples;
import chat.parley.bench.scenario.LoginCosts.Cost;
import chat.parley.bench.scenario.LoginCosts.Kind;
import chat.parley.bench.server.Bare;
import chat.parley.bench.server.Parley;
import chat.parley.bench.server.Server;
import java.io.IOException;
import java.util.EnumMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What a login costs beside the least that it can: a bare server of Bouncy Castle that shakes
/// hands, hashes and says a line, set up alike, in a JVM of the same flags. One login after the
/// other, at the one and at the other in turn, round after round; warm before anything is counted.
/// Parley only.
@Command(name = "login-cost", description = "A login beside a bare handshake and a hash.")
public final class LoginCost implements Callable<Integer> {

    private static final String ACCOUNT = "bench0";
    private static final int HOME = 0; // the number of an address
    private static final double SETTLING = 0.3; // seconds in which who has gone is forgotten

    @Option(names = "--rounds", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(names = "--logins", description = "Of each kind in a round. Default: ${DEFAULT-VALUE}.")
    private int logins = 16;

    @Option(
            names = "--handshakes",
            description = "Without a login, at each server in a round. Default: ${DEFAULT-VALUE}.")
    private int handshakes = 150;

    @Option(
            names = "--warm-up",
            description = "Logins at each server, not counted. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 32;

    @Option(names = "--memory", description = "Of a password, MiB. Default: ${DEFAULT-VALUE}.")
    private int memory = 64;

    @Option(names = "--passes", description = "Of a password. Default: ${DEFAULT-VALUE}.")
    private int passes = 3;

    @Option(
            names = "--cheap",
            description = "The cheapest password instead, so that the rest is seen.")
    private boolean cheap;

    private int newcomers = HOME; // the address that somebody came from last

    @Override
    public Integer call() throws IOException, InterruptedException {
        var price = cheap ? Parley.Price.LEAST : new Parley.Price(memory + " MiB", passes);
        var parley = new Parley(Target.ROOT, "commit", price, 32);
        try (var place = Workplace.make();
                var ours = parley.start(place.folder(), 1);
                var bare = Bare.start(place.folder(), ours)) {
            return Scenario.print(
                    new Result()
                            .with("server", ours.name())
                            .with("version", ours.version())
                            .with("scenario", "login-cost")
                            .with("password", price.memory() + ", " + price.passes() + " passes")
                            .with("rounds", rounds)
                            .with("logins", logins)
                            .with("handshakes", handshakes)
                            .withAll(measured(ours, bare)));
        }
    }

    private Result measured(Server ours, Server bare) throws IOException, InterruptedException {
        try (var atOurs = new Calls(ours.address());
                var atBare = new Calls(bare.address())) {
            round(new Place(ours, atOurs), new Place(bare, atBare), warmUp, 4 * handshakes);
            var costs = new LoginCosts();
            for (var i = 0; i < rounds; i++) {
                costs.add(
                        round(
                                new Place(ours, atOurs),
                                new Place(bare, atBare),
                                logins,
                                handshakes));
            }
            // Whoever was refused has ended it.
            return costs.verdict().with("sound", true);
        }
    }

    /// A server, and who calls there.
    private record Place(Server server, Calls calls) {}

    /// One call; how long it took, in nanoseconds.
    private interface One {
        long by(Calls calls) throws IOException, InterruptedException;
    }

    private EnumMap<Kind, Cost> round(Place ours, Place bare, int logins, int handshakes)
            throws IOException, InterruptedException {
        var round = new EnumMap<Kind, Cost>(Kind.class);
        round.put(Kind.LOGIN, cost(ours, logins, calls -> calls.logIn(ACCOUNT, ++newcomers)));
        round.put(Kind.BARE, cost(bare, logins, calls -> hashes(calls, 1)));
        round.put(Kind.KNOWN_LOGIN, cost(ours, logins, calls -> calls.logIn(ACCOUNT, HOME)));
        round.put(Kind.GREETING, cost(ours, handshakes, LoginCost::greeting));
        var handshake = cost(bare, handshakes, calls -> hashes(calls, 0));
        round.put(Kind.HANDSHAKE, handshake);
        round.put(
                Kind.HASH,
                cost(bare, 1, calls -> hashes(calls, logins)).without(handshake, logins));
        return round;
    }

    private static long greeting(Calls calls) throws IOException, InterruptedException {
        return calls.ask("CAP LS 302", "CAP * LS", HOME);
    }

    private static long hashes(Calls calls, int count) throws IOException, InterruptedException {
        return calls.ask(Integer.toString(count), "HASHED " + count, HOME);
    }

    private static Cost cost(Place place, int times, One one)
            throws IOException, InterruptedException {
        var process = place.server.process();
        var took = new double[times];
        var cpu = process.cpuSeconds();
        for (var i = 0; i < times; i++) {
            took[i] = one.by(place.calls) / 1e6;
        }
        Measurement.sleep(SETTLING);
        return new Cost((process.cpuSeconds() - cpu) * 1e3 / times, Samples.median(took));
    }
}
