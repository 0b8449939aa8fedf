package chat.parley.daemon.session;

import chat.parley.protocol.ByteSize;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The queue of one peer: some pieces go in, and all are taken at once.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OutboundBenchmark {

    @Param({"1", "32"})
    private int pieces = 1;

    private final Outbound outbound = new Outbound(ByteSize.ofKiB(512), new Queues(Long.MAX_VALUE));
    private final byte[] piece = new byte[200];

    @Benchmark
    public Object offerAndTakeAll() {
        for (var i = 0; i < pieces; i++) {
            if (outbound.offer(piece) != Outbound.Offer.QUEUED) {
                throw new IllegalStateException("full");
            }
        }
        return outbound.next(() -> {});
    }
}
