package chat.parley.bench.scenario;

import chat.parley.bench.crowd.Crowd;
import chat.parley.bench.crowd.Dialling;
import chat.parley.bench.crowd.Member;
import chat.parley.bench.crowd.Talk;
import chat.parley.bench.report.Result;
import chat.parley.bench.server.Server;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What some who stop reading do to the others: the same talk in the same crowd, without and with
/// them. Afterwards those are counted that the server has ended.
@Command(name = "slow-readers", description = "Fan-out while some have stopped reading.")
public final class SlowReaders implements Scenario, Callable<Integer> {

    private static final int LEAVING_SECONDS = 10;

    @Mixin private Target target = new Target();
    @Mixin private Shape shape = new Shape();

    @Option(names = "--window", description = "Messages in flight. Default: ${DEFAULT-VALUE}.")
    private int window = 64;

    @Option(names = "--deaf", description = "Who stop reading. Default: ${DEFAULT-VALUE}.")
    private int deaf = 50;

    public SlowReaders() {}

    public SlowReaders(Shape shape, int window, int deaf) {
        this.shape = shape;
        this.window = window;
        this.deaf = deaf;
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
            var without = talk(crowd, server, shape.warmUp);
            var slow = slow(crowd.members());
            crowd.each(slow, member -> member.deafen(true));
            var with = talk(crowd, server, 0);
            crowd.each(slow, member -> member.deafen(false)); // to see who has been ended
            return new Result()
                    .with("scenario", "slow-readers")
                    .with("sessions", shape.sessions)
                    .with("deaf", slow.size())
                    .with("window", window)
                    .with("without-deliveries/s", without.number("deliveries/s"))
                    .with("without-p99-ms", without.number("p99-ms"))
                    .withAll(with)
                    .with(
                            "throughput-ratio",
                            with.number("deliveries/s") / without.number("deliveries/s"))
                    .with("p99-ratio", with.number("p99-ms") / without.number("p99-ms"))
                    .with("deaf-ended", ended(slow));
        }
    }

    private Result talk(Crowd crowd, Server server, double warmUp)
            throws IOException, InterruptedException {
        return Measurement.of(
                crowd, new Talk.Closed(crowd, window), server.process(), warmUp, shape.seconds);
    }

    private List<Member> slow(List<Member> members) {
        var listeners = members.stream().filter(member -> !member.isSpeaker()).toList();
        return listeners.subList(Math.max(0, listeners.size() - deaf), listeners.size());
    }

    /// They read what waits, and then it ends or goes on.
    private static long ended(List<Member> slow) throws InterruptedException {
        var patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEAVING_SECONDS);
        var gone = 0L;
        while (gone < slow.size() && System.nanoTime() - patience < 0) {
            TimeUnit.MILLISECONDS.sleep(50);
            gone = slow.stream().filter(member -> !member.gone().isEmpty()).count();
        }
        return gone;
    }
}
