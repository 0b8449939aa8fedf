package chat.parley.bench.micro;

import chat.parley.daemon.limit.TokenBucket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What each command of a session pays to its rate limit.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenBucketBenchmark {

    private final TokenBucket bucket =
            new TokenBucket(20, Duration.ofMillis(500), System.nanoTime());
    private long now = System.nanoTime();

    @Benchmark
    public Duration take() {
        now += 600_000_000L;
        return bucket.take(1, now);
    }
}
