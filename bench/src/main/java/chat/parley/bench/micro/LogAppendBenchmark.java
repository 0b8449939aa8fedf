package chat.parley.bench.micro;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// One append of a batch to the log, until it is kept.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LogAppendBenchmark {

    @Param({"COMMIT", "PROCESS"})
    private Durability durability = Durability.COMMIT;

    @Param({"1", "32"})
    private int batch = 1;

    private @Nullable Path folder;
    private @Nullable SqliteLog log;
    private final List<Entry> entries = new ArrayList<>();

    @Setup
    public void open() throws Exception {
        folder = Files.createTempDirectory("parley-micro-");
        log = SqliteLog.open(Database.prepare(folder), durability);
        for (var i = 0; i < batch; i++) {
            entries.add(
                    new Entry(
                            new Stream.OfChannel("#tea"),
                            Instant.EPOCH,
                            "ann",
                            "ann!ann@bench.example",
                            "PRIVMSG",
                            "#tea",
                            "a few words that somebody says " + i,
                            ""));
        }
    }

    @TearDown
    public void close() throws Exception {
        Objects.requireNonNull(log).close();
        try (var all = Files.walk(Objects.requireNonNull(folder))) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Benchmark
    public List<Kept> append() throws IOException, InterruptedException {
        return Objects.requireNonNull(log).append(entries);
    }
}
