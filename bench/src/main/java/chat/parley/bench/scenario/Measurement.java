package chat.parley.bench.scenario;

import chat.parley.bench.crowd.Crowd;
import chat.parley.bench.crowd.Talk;
import chat.parley.bench.report.Result;
import chat.parley.bench.server.ServerProcess;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// A talk, watched for a while: deliveries a second, how long they took, what they cost, and
/// whether all arrived once.
final class Measurement {

    private static final int SILENCE_SECONDS = 5; // then the rest does not come

    private Measurement() {}

    /// @param warmUp seconds before anything is counted
    static Result of(Crowd crowd, Talk talk, ServerProcess server, double warmUp, double seconds)
            throws IOException, InterruptedException {
        talk.start();
        sleep(warmUp);
        crowd.startTimes();
        var before = Counts.now(crowd, server);
        sleep(seconds);
        var after = Counts.now(crowd, server);
        talk.stop();
        drain(crowd);
        return after.since(before)
                .withTimes("", crowd.times())
                .with("rss-mb", server.rssKib() / 1024)
                .withAll(soundness(crowd));
    }

    /// Whether everybody who is still there has heard everything, once.
    static Result soundness(Crowd crowd) throws InterruptedException {
        var faults = crowd.faults();
        var sound =
                faults.lost() == 0
                        && faults.doubled() == 0
                        && crowd.strayed() == 0
                        && crowd.gone() == 0;
        return new Result()
                .with("lost", faults.lost())
                .with("doubled", faults.doubled())
                .with("strayed", crowd.strayed())
                .with("gone", crowd.gone())
                .with("goodbye", crowd.lastGoodbye())
                .with("sound", sound);
    }

    /// Waits until all that was said is heard, or nothing more comes.
    static void drain(Crowd crowd) throws InterruptedException {
        var heard = crowd.heard();
        var since = System.nanoTime();
        while (crowd.heard() < crowd.expected()
                && System.nanoTime() - since < TimeUnit.SECONDS.toNanos(SILENCE_SECONDS)) {
            TimeUnit.MILLISECONDS.sleep(5);
            if (crowd.heard() > heard) {
                heard = crowd.heard();
                since = System.nanoTime();
            }
        }
    }

    static void sleep(double seconds) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Math.round(seconds * 1e9));
    }

    /// How far everything was at a moment.
    private record Counts(long nanos, long said, long heard, double cpu, long generatorNanos) {

        static Counts now(Crowd crowd, ServerProcess server) throws IOException {
            return new Counts(
                    System.nanoTime(),
                    crowd.said(),
                    crowd.heard(),
                    server.cpuSeconds(),
                    crowd.cpuNanos());
        }

        Result since(Counts before) {
            var seconds = (nanos - before.nanos) / 1e9;
            var deliveries = heard - before.heard;
            var used = cpu - before.cpu;
            var own = (generatorNanos - before.generatorNanos) / 1e9;
            return new Result()
                    .with("seconds", seconds)
                    .with("messages", said - before.said)
                    .with("deliveries", deliveries)
                    .with("deliveries/s", deliveries / seconds)
                    .with("server-cpu-s", used)
                    .with("server-cpu-us/delivery", used * 1e6 / Math.max(1, deliveries))
                    .with("generator-cpu-us/delivery", own * 1e6 / Math.max(1, deliveries))
                    .with("generator-busy", own / seconds);
        }
    }
}
