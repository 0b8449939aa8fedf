package chat.parley.bench.scenario;

import chat.parley.bench.crowd.Crowd;
import chat.parley.bench.crowd.Dialling;
import chat.parley.bench.crowd.Talk;
import chat.parley.bench.report.Result;
import chat.parley.bench.server.Parley;
import chat.parley.bench.server.Server;
import chat.parley.bench.visit.Attack;
import chat.parley.bench.visit.Attackers;
import chat.parley.bench.visit.Visitor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What logins do to those who talk: the same talk, calm and while many log in without end, in
/// turn, in one run; and how long a login takes then for somebody who is known there. Parley only.
@Command(name = "login-storm", description = "How long messages take while many log in.")
public final class LoginStorm implements Scenario, Callable<Integer> {

    /// From where the account has logged in before.
    private static final int HOME = 60;

    @Mixin private Shape shape = Shape.of(100, 1, 10, 5, 20);

    @Option(names = "--kind", description = "wrong or right passwords. Default: ${DEFAULT-VALUE}.")
    private Attack.Kind kind = Attack.Kind.WRONG;

    @Option(names = "--clients", description = "Who log in at once. Default: ${DEFAULT-VALUE}.")
    private int clients = 64;

    @Option(names = "--rate", description = "Messages a second. Default: ${DEFAULT-VALUE}.")
    private int rate = 100;

    @Option(names = "--memory", description = "Of a password, MiB. Default: ${DEFAULT-VALUE}.")
    private int memory = 64;

    @Option(names = "--passes", description = "Of a password. Default: ${DEFAULT-VALUE}.")
    private int passes = 3;

    @Option(names = "--waiting", description = "auth.waiting. Default: ${DEFAULT-VALUE}.")
    private int waiting = 32;

    @Override
    public int sessions() {
        // Guessed are names that nobody has.
        return kind == Attack.Kind.RIGHT ? Math.max(shape.sessions, clients) : shape.sessions;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var price = new Parley.Price(memory + " MiB", passes);
        var parley = new Parley(Target.ROOT, "commit", price, waiting);
        try (var place = Workplace.make();
                var server = parley.start(place.folder(), sessions())) {
            return Scenario.print(at(server));
        }
    }

    @Override
    public Result measure(Server server) throws IOException, InterruptedException {
        shape.atOnce = Math.min(shape.atOnce, waiting);
        knownLogin(server.address()); // is at home there from now on
        try (var crowd = Crowd.gather(new Dialling(server.address()), shape.plan(server, 1))) {
            var calm = talk(crowd, server);
            var stormy = stormy(crowd, server);
            return new Result()
                    .with("scenario", "login-storm")
                    .with("kind", kind.name())
                    .with("clients", clients)
                    .with("sessions", shape.sessions)
                    .with("password-mib", memory)
                    .with("passes", passes)
                    .with("calm-p50-ms", calm.number("p50-ms"))
                    .with("calm-p99-ms", calm.number("p99-ms"))
                    .withAll(stormy)
                    .with("p99-ratio", stormy.number("p99-ms") / calm.number("p99-ms"));
        }
    }

    private Result talk(Crowd crowd, Server server) throws IOException, InterruptedException {
        var talk = new Talk.Open(crowd, rate);
        return Measurement.of(crowd, talk, server.process(), shape.warmUp, shape.seconds);
    }

    private Result stormy(Crowd crowd, Server server) throws IOException, InterruptedException {
        try (var storm = Attackers.start(server.address(), kind, clients);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            while (storm.logins() < 10) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            var known = new KnownLogins();
            var knownOne = threads.submit(() -> known.run(server.address()));
            var began = System.nanoTime();
            var before = storm.logins();
            var putOffBefore = storm.putOff();
            var talk = talk(crowd, server);
            var seconds = (System.nanoTime() - began) / 1e9;
            var result =
                    talk.with("logins/s", (storm.logins() - before) / seconds)
                            .with("put-off/s", (storm.putOff() - putOffBefore) / seconds);
            known.over = true;
            knownOne.get();
            return result.with("known-logins", known.times.getTotalCount())
                    .with("known-put-off", known.putOff)
                    .withTimes("known-login-", known.times);
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    /// @return how long it took; negative if the password was not looked at
    private static long knownLogin(InetSocketAddress server) throws IOException {
        try (var known = new Visitor(server, HOME, 1)) {
            var began = System.nanoTime();
            var answer = known.login("bench0", "bench0-bench-secret");
            return answer == Visitor.Answer.IN ? System.nanoTime() - began : -1;
        }
    }

    /// Somebody who is known comes back again and again. One thread's until it is over.
    private static final class KnownLogins {

        private final Histogram times = new Histogram(TimeUnit.MINUTES.toMicros(1), 3);
        private long putOff;
        private volatile boolean over;

        Void run(InetSocketAddress server) throws IOException {
            while (!over) {
                var nanos = knownLogin(server);
                if (nanos < 0) {
                    putOff++;
                } else {
                    times.recordValue(nanos / 1_000);
                }
            }
            return null;
        }
    }
}
