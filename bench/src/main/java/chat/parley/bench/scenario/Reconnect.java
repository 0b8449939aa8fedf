package chat.parley.bench.scenario;

import chat.parley.bench.crowd.Crowd;
import chat.parley.bench.crowd.Dialling;
import chat.parley.bench.report.Result;
import chat.parley.bench.server.Parley;
import chat.parley.bench.server.Server;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A daemon is restarted, and everybody comes back at once: how long until all are in, beside the
/// time of as many logins one after the other on each thread that hashes, which is hashing but for
/// some milliseconds. Parley only.
@Command(name = "reconnect", description = "Everybody comes back at once after a restart.")
public final class Reconnect implements Callable<Integer> {

    /// Who logs in alone, for the price of a login.
    private static final int ALONE = 8;

    private static final double LEAVING = 3; // seconds

    @Mixin private Shape shape = Shape.of(1000, 1, 10, 0, 0);

    @Option(names = "--memory", description = "Of a password, MiB. Default: ${DEFAULT-VALUE}.")
    private int memory = 64;

    @Option(names = "--passes", description = "Of a password. Default: ${DEFAULT-VALUE}.")
    private int passes = 3;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var price = new Parley.Price(memory + " MiB", passes);
        var parley = new Parley(Target.ROOT, "commit", price, shape.sessions);
        try (var place = Workplace.make()) {
            var work = place.folder();
            int port;
            try (var first = parley.start(work, shape.sessions)) {
                port = first.address().getPort();
                shape.atOnce = shape.sessions;
                timed(first); // all are known, in the channel, and have missed nothing
            }
            var sessions = shape.sessions;
            try (var again = parley.again(work, port)) {
                return Scenario.print(
                        new Result()
                                .with("server", again.name())
                                .with("version", again.version())
                                .with("scenario", "reconnect")
                                .with("sessions", sessions)
                                .with("start-ms", again.startMillis())
                                .withAll(back(again)));
            }
        }
    }

    private Result back(Server server) throws IOException, InterruptedException {
        var cpu = server.process().cpuSeconds();
        var seconds = timed(server);
        cpu = server.process().cpuSeconds() - cpu;
        Measurement.sleep(LEAVING); // those who were in are taken out of the channel
        var all = shape.sessions;
        shape.sessions = Math.min(ALONE, all);
        shape.atOnce = 1;
        shape.speakers = 1;
        var alone = timed(server) / shape.sessions;
        var threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2); // that hash
        var logins = all * alone / threads;
        return new Result()
                .with("seconds", seconds)
                .with("login-alone-ms", alone * 1e3)
                .with("logins-seconds", logins)
                .with("ratio", seconds / logins)
                .with("server-cpu-s", cpu);
    }

    /// How long it takes until everybody is in.
    private double timed(Server server) throws IOException, InterruptedException {
        var began = System.nanoTime();
        try (var _ = Crowd.gather(new Dialling(server.address()), shape.plan(server, 1))) {
            return (System.nanoTime() - began) / 1e9;
        }
    }
}
