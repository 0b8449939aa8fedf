package chat.parley.bench.scenario;

import chat.parley.bench.crowd.Crowd;
import chat.parley.bench.crowd.Dialling;
import chat.parley.bench.crowd.Talk;
import chat.parley.bench.report.Result;
import chat.parley.bench.server.Server;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How long messages take at a rate that does not depend on how fast they are heard; each is timed
/// from when it was due.
@Command(name = "latency", description = "How long messages take to be heard, at a rate.")
public final class Latency implements Scenario, Callable<Integer> {

    @Mixin private Target target = new Target();
    @Mixin private Shape shape = new Shape();

    @Option(names = "--deliveries", description = "A second. Default: ${DEFAULT-VALUE}.")
    private int deliveries = 20_000;

    public Latency() {}

    public Latency(Shape shape, int deliveries) {
        this.shape = shape;
        this.deliveries = deliveries;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return run(target);
    }

    @Override
    public int sessions() {
        return shape.sessions;
    }

    @Override
    public Result measure(Server server) throws IOException, InterruptedException {
        try (var crowd = Crowd.gather(new Dialling(server.address()), shape.plan(server, 1))) {
            var talk = new Talk.Open(crowd, deliveries / Math.max(1, crowd.audience()));
            return new Result()
                    .with("scenario", "latency")
                    .with("sessions", shape.sessions)
                    .with("channels", shape.channels)
                    .with("wanted-deliveries/s", deliveries)
                    .with("bytes", shape.bytes)
                    .withAll(
                            Measurement.of(
                                    crowd, talk, server.process(), shape.warmUp, shape.seconds))
                    .withTimes("generator-late-", talk.late());
        }
    }
}
