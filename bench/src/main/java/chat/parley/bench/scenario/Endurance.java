package chat.parley.bench.scenario;

import chat.parley.bench.crowd.Crowd;
import chat.parley.bench.crowd.Dialling;
import chat.parley.bench.crowd.Talk;
import chat.parley.bench.report.Result;
import chat.parley.bench.server.Parley;
import chat.parley.bench.server.Server;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A long time of everything at once: talk in many channels, whose every delivery is counted, and
/// around it a [Disturbance]. Nothing may be lost or doubled, and nothing may grow after the
/// warm-up. Parley only.
@Command(name = "endurance", description = "Everything at once for a long time: does it grow?")
public final class Endurance implements Scenario, Callable<Integer> {

    private static final int SAMPLES = 40;

    @Mixin private Shape shape = Shape.of(200, 10, 20, 60, 0);

    @Option(names = "--minutes", description = "Default: ${DEFAULT-VALUE}; 5 is the short form.")
    private double minutes = 60;

    @Option(names = "--rate", description = "Messages a second. Default: ${DEFAULT-VALUE}.")
    private double rate = 200;

    @Override
    public int sessions() {
        return shape.sessions + Disturbance.ACCOUNTS;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var place = Workplace.make();
                var server = new Parley(Target.ROOT, "commit").start(place.folder(), sessions())) {
            return Scenario.print(at(server));
        }
    }

    @Override
    public Result measure(Server server) throws IOException, InterruptedException {
        try (var crowd = Crowd.gather(new Dialling(server.address()), shape.plan(server, 1));
                var around = new Disturbance(server.address(), shape.sessions, shape.channels)) {
            var growth = new Growth(Math.round(rate * crowd.audience())); // a second's worth
            var talk = new Talk.Open(crowd, rate);
            around.start();
            talk.start();
            Measurement.sleep(shape.warmUp);
            crowd.startTimes();
            watch(crowd, server, growth);
            talk.stop();
            Measurement.drain(crowd);
            var found = Measurement.soundness(crowd);
            var grown = growth.verdict();
            return new Result()
                    .with("scenario", "endurance")
                    .with("minutes", minutes)
                    .with("sessions", shape.sessions)
                    .with("channels", shape.channels)
                    .with("deliveries", crowd.heard())
                    .with("visits", around.visits())
                    .with("visits-failed", around.failed())
                    .withTimes("", crowd.times())
                    .withAll(grown)
                    .withAll(found)
                    .with("sound", found.isSound() && grown.is("steady"));
        }
    }

    private void watch(Crowd crowd, Server server, Growth growth)
            throws IOException, InterruptedException {
        var began = System.nanoTime();
        var every = minutes * TimeUnit.MINUTES.toNanos(1) / SAMPLES;
        for (var i = 1; i <= SAMPLES; i++) {
            TimeUnit.NANOSECONDS.sleep(Math.round(began + i * every - System.nanoTime()));
            var process = server.process();
            var sample =
                    new Growth.Sample(
                            process.heapKib().orElse(0L),
                            process.rssKib(),
                            process.descriptors(),
                            process.threads(),
                            crowd.expected() - crowd.heard());
            growth.add(sample);
            System.err.println(i + " of " + SAMPLES + ": " + sample);
        }
    }
}
