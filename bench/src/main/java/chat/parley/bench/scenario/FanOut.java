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

/// Deliveries a second: so many messages on their way at a time, as fast as they are heard.
@Command(name = "fan-out", description = "Deliveries a second, with so many messages in flight.")
public final class FanOut implements Scenario, Callable<Integer> {

    @Mixin private Target target = new Target();
    @Mixin private Shape shape = new Shape();

    @Option(names = "--window", description = "Messages in flight. Default: ${DEFAULT-VALUE}.")
    private int window = 64;

    public FanOut() {}

    public FanOut(Shape shape, int window) {
        this.shape = shape;
        this.window = window;
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
        try (var crowd = Crowd.gather(new Dialling(server.address()), shape.plan(server, 20))) {
            return new Result()
                    .with("scenario", "fan-out")
                    .with("sessions", shape.sessions)
                    .with("channels", shape.channels)
                    .with("speakers", crowd.plan().speakers())
                    .with("window", window)
                    .with("bytes", shape.bytes)
                    .withAll(
                            Measurement.of(
                                    crowd,
                                    new Talk.Closed(crowd, window),
                                    server.process(),
                                    shape.warmUp,
                                    shape.seconds));
        }
    }
}
