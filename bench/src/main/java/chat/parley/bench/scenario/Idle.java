package chat.parley.bench.scenario;

import chat.parley.bench.crowd.Crowd;
import chat.parley.bench.crowd.Dialling;
import chat.parley.bench.report.Result;
import chat.parley.bench.server.Server;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What sessions cost that are logged in and do nothing: memory, and the processor.
@Command(name = "idle", description = "Memory of a session that is logged in and silent.")
public final class Idle implements Scenario, Callable<Integer> {

    /// Whoever comes first pays for what all share: classes, tables, the first threads.
    private static final int FIRST = 50;

    private static final double SETTLING_SECONDS = 3;

    @Mixin private Target target = new Target();
    @Mixin private Shape shape = new Shape();

    public Idle() {}

    public Idle(Shape shape) {
        this.shape = shape;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return run(target);
    }

    @Override
    public int sessions() {
        return shape.sessions;
    }

    private record Memory(long rss, Optional<Long> heap) {

        static Memory of(Server server) throws IOException, InterruptedException {
            Measurement.sleep(SETTLING_SECONDS);
            // The collection comes first: what is left then is what the sessions hold.
            var heap = server.process().heapKib();
            return new Memory(server.process().rssKib(), heap);
        }
    }

    @Override
    public Result measure(Server server) throws IOException, InterruptedException {
        shape.channels = 0;
        var dialling = new Dialling(server.address());
        try (var _ = Crowd.gather(dialling, first(server))) {
            Measurement.sleep(0); // they have been there
        }
        var before = Memory.of(server);
        try (var crowd = Crowd.gather(dialling, shape.plan(server, 1))) {
            var after = Memory.of(server);
            var cpu = server.process().cpuSeconds();
            Measurement.sleep(shape.seconds);
            var sessions = (double) shape.sessions;
            var result =
                    new Result()
                            .with("scenario", "idle")
                            .with("sessions", shape.sessions)
                            .with("start-ms", server.startMillis())
                            .with("rss-mb-at-rest", before.rss / 1024)
                            .with("rss-mb", after.rss / 1024)
                            .with("rss-kib/session", (after.rss - before.rss) / sessions)
                            .with("cpu", (server.process().cpuSeconds() - cpu) / shape.seconds)
                            .with("gone", crowd.gone())
                            .with("sound", crowd.gone() == 0);
            if (after.heap.isPresent() && before.heap.isPresent()) {
                var more = after.heap.get() - before.heap.get();
                result.with("heap-kib/session", more / sessions);
            }
            return result;
        }
    }

    private Crowd.Plan first(Server server) {
        var all = shape.sessions;
        shape.sessions = Math.min(FIRST, all);
        var plan = shape.plan(server, 1);
        shape.sessions = all;
        return plan;
    }
}
