package chat.parley.bench.scenario;

import chat.parley.bench.crowd.Crowd;
import chat.parley.bench.crowd.Dialling;
import chat.parley.bench.report.Result;
import chat.parley.bench.server.Parley;
import chat.parley.bench.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A daemon is restarted, and everybody comes back at once: how long until all are in, beside the
/// time that the hashing of so many passwords takes at least. Parley only.
@Command(name = "reconnect", description = "Everybody comes back at once after a restart.")
public final class Reconnect implements Callable<Integer> {

    private static final Pattern PRICE = Pattern.compile("price of a password.*?\\bms=\"?([0-9]+)");

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
            try (var again = parley.again(work, port)) {
                return Scenario.print(
                        new Result()
                                .with("server", again.name())
                                .with("version", again.version())
                                .with("scenario", "reconnect")
                                .with("sessions", shape.sessions)
                                .with("start-ms", again.startMillis())
                                .withAll(back(again, Parley.log(work))));
            }
        }
    }

    private Result back(Server server, Path log) throws IOException, InterruptedException {
        var cpu = server.process().cpuSeconds();
        var seconds = timed(server);
        var threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        var least = shape.sessions * price(Files.readString(log)) / 1e3 / threads;
        return new Result()
                .with("seconds", seconds)
                .with("hashing-seconds", least)
                .with("ratio", seconds / least)
                .with("server-cpu-s", server.process().cpuSeconds() - cpu);
    }

    /// How long it takes until everybody is in.
    private double timed(Server server) throws IOException, InterruptedException {
        var began = System.nanoTime();
        try (var _ = Crowd.gather(new Dialling(server.address()), shape.plan(server, 1))) {
            return (System.nanoTime() - began) / 1e9;
        }
    }

    /// The daemon's own figure for one password, in milliseconds: the last it has logged.
    static double price(String log) {
        var price = 0.0;
        for (var found = PRICE.matcher(log); found.find(); ) {
            price = Double.parseDouble(found.group(1));
        }
        return price;
    }
}
