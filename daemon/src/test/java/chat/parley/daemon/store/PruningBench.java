package chat.parley.daemon.store;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.config.DaemonConfig.Keep;
import chat.parley.daemon.config.DaemonConfig.Keep.Bound;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Stream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/// How long somebody who talks waits for an append, without anything else and while a million
/// messages are removed. Run by hand: `PruningBench [MESSAGES]`.
final class PruningBench {

    private PruningBench() {}

    static void main(String[] arguments) throws Exception {
        var count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        var dir = Files.createTempDirectory("pruning");
        var database = Database.prepare(dir);
        try (var log = SqliteLog.open(database, Durability.COMMIT)) {
            fill(log, count);
            System.out.printf("%d messages, %d MiB%n", count, database.size() >> 20);
            measure("alone", log, new AtomicBoolean(), Duration.ofSeconds(10));
            var keep =
                    new Keep(
                            new Bound(Optional.of(Duration.ofDays(1)), OptionalLong.empty()),
                            Map.of());
            var done = new AtomicBoolean();
            var begun = System.nanoTime();
            var pruning =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    var removed =
                                            log.retention(database, () -> keep, Clock.systemUTC())
                                                    .pass();
                                    System.out.printf(
                                            "removed %d in %d ms%n",
                                            removed, (System.nanoTime() - begun) / 1_000_000);
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                } finally {
                                    done.set(true);
                                }
                            });
            measure("while it is removed", log, done, Duration.ofMinutes(5));
            pruning.join();
        }
        System.out.printf("%d MiB left%n", Files.size(dir.resolve("parley.db")) >> 20);
    }

    private static void fill(SqliteLog log, int count) throws Exception {
        var old = Instant.now().minus(Duration.ofDays(9));
        for (var i = 0; i < count; ) {
            var some = new ArrayList<Entry>();
            for (var j = 0; j < 1_000; j++, i++) {
                some.add(entry(i % 20, old, "x".repeat(80)));
            }
            log.append(some);
        }
    }

    private static Entry entry(int channel, Instant at, String text) {
        var name = "#channel" + channel;
        return new Entry(
                new Stream.OfChannel(name), at, "ann", "ann!ann@host", "PRIVMSG", name, text, "");
    }

    private static void measure(String what, SqliteLog log, AtomicBoolean done, Duration most)
            throws Exception {
        var micros = new ArrayList<Long>();
        var until = System.nanoTime() + most.toNanos();
        while (!done.get() && System.nanoTime() < until) {
            var begun = System.nanoTime();
            log.append(List.of(entry(micros.size() % 20, Instant.now(), "hello")));
            micros.add((System.nanoTime() - begun) / 1_000);
            Thread.sleep(2);
        }
        micros.sort(null);
        System.out.printf(
                "append %s: %d, median %d us, p99 %d us, most %d us%n",
                what,
                micros.size(),
                micros.get(micros.size() / 2),
                micros.get(micros.size() * 99 / 100),
                micros.getLast());
    }
}
