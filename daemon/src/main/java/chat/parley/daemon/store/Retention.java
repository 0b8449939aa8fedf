package chat.parley.daemon.store;

import chat.parley.daemon.config.DaemonConfig.Keep;
import chat.parley.daemon.config.DaemonConfig.Keep.Bound;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// Removes the oldest of what was said as soon as it is more than is to be kept.
///
/// A platform thread `retention` looks once a minute, over a connection of its own. What is to go
/// it asks the log's thread to remove, a few entries in a transaction, beside whatever else is in
/// that transaction, and then rests for longer than that took: those who talk never wait for more
/// than one such step. Numbers are not given again, as `streams.newest` stays.
///
/// How much is to be kept may change at any moment: [Running#changed] makes it look at once, and
/// what is under way by the old bounds ends with the step that it is at.
public final class Retention implements AutoCloseable {

    public static final Duration EVERY = Duration.ofMinutes(1);

    /// Entries that go in one transaction: a millisecond or two.
    static final int STEP = 256;

    /// Pages given back in one transaction.
    private static final int PAGES = 128;

    /// Rests are so many times as long as the step before them.
    private static final int REST = 4;

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private final Database database;
    private final LogThread writing;
    private final WriteAheadLog ahead;
    private final Supplier<Keep> current;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Semaphore asked = new Semaphore(0); // to look before its time, or to end

    // The thread's own.
    private Keep keep; // as it was when the look began
    private final Map<Long, StreamSize> sizes = new HashMap<>();
    private boolean failing;

    Retention(
            Database database,
            LogThread writing,
            WriteAheadLog ahead,
            Supplier<Keep> current,
            Clock clock) {
        this.database = database;
        this.writing = writing;
        this.ahead = ahead;
        this.current = current;
        this.keep = current.get();
        this.clock = clock;
    }

    /// Begins to look, the first time after a while.
    Running start(Duration every) {
        var thread = Thread.ofPlatform().name("retention").daemon().unstarted(() -> run(every));
        thread.start();
        return new Running(this, thread);
    }

    /// One that looks by itself. Any thread may call it.
    public static final class Running {

        private final Retention retention;
        private final Thread thread;

        private Running(Retention retention, Thread thread) {
            this.retention = retention;
            this.thread = thread;
        }

        /// Makes it look now, as there may be more to remove, or less. Does not wait.
        public void changed() {
            retention.asked.release();
        }

        /// Waits for a step that is under way.
        public void close() throws InterruptedException {
            retention.close();
            thread.join();
        }
    }

    private void run(Duration every) {
        try {
            while (true) {
                var _ = asked.tryAcquire(every.toNanos(), TimeUnit.NANOSECONDS);
                asked.drainPermits(); // first: what changes from now on needs another look
                if (closed.getCount() == 0) {
                    return;
                }
                look();
            }
        } catch (InterruptedException _) {
            // Finish now.
        }
    }

    private void look() throws InterruptedException {
        try {
            var removed = pass();
            failing = false;
            if (removed > 0) {
                log.atInfo().addKeyValue("entries", removed).log("old history removed");
            }
        } catch (SQLException | IOException | RuntimeException problem) { // the top of a thread
            if (!failing && closed.getCount() > 0) {
                log.atError().setCause(problem).log("old history not removed");
            }
            failing = true;
        }
    }

    /// Removes what is too much now.
    ///
    /// @return how many entries
    long pass() throws SQLException, IOException, InterruptedException {
        keep = current.get();
        if (!keep.isBounded()) {
            return 0;
        }
        var removed = 0L;
        try (var connection = database.open(SynchronousMode.NORMAL)) {
            var tables = new RetentionTables(connection);
            var streams = tables.streams();
            var common = new ArrayList<RetentionTables.Kind>();
            for (var stream : streams) {
                var own = keep.channels().get(stream.channel());
                removed += tooOld(tables, stream, own == null ? keep.all() : own);
                if (own == null) {
                    common.add(stream);
                } else if (own.bytes().isPresent()) {
                    removed += tooLarge(tables, stream, own.bytes().getAsLong());
                }
            }
            if (keep.all().bytes().isPresent()) {
                removed += tooMuch(tables, common, keep.all().bytes().getAsLong());
            }
            if (removed > 0) {
                compact();
            }
            giveBack(tables);
        }
        if (removed > 0) {
            ahead.empty();
        }
        return removed;
    }

    private long tooOld(RetentionTables tables, RetentionTables.Kind stream, Bound bound)
            throws SQLException, IOException, InterruptedException {
        if (bound.age().isEmpty()) {
            return 0;
        }
        var before = clock.instant().minus(bound.age().get()).toEpochMilli();
        var removed = 0L;
        for (var last = tables.lastOlder(stream, before, STEP);
                last > 0 && goesOn();
                last = tables.lastOlder(stream, before, STEP)) {
            removed += remove(tables, stream, last);
        }
        return removed;
    }

    private long tooLarge(RetentionTables tables, RetentionTables.Kind stream, long most)
            throws SQLException, IOException, InterruptedException {
        var size = sizes.computeIfAbsent(stream.id(), _ -> new StreamSize());
        size.count(tables, stream);
        var removed = 0L;
        while (size.bytes() > most && goesOn()) {
            var last = tables.lastWithin(stream, size.bytes() - most, STEP);
            if (last == 0) {
                break;
            }
            removed += remove(tables, stream, last);
        }
        return removed;
    }

    /// The oldest go first, wherever they are.
    private long tooMuch(RetentionTables tables, List<RetentionTables.Kind> streams, long most)
            throws SQLException, IOException, InterruptedException {
        record Head(RetentionTables.Kind stream, long millis) {}
        // Pages that are half empty are filled or freed later, so what goes is counted, not them.
        var excess = tables.used() - most;
        if (excess <= 0) {
            return 0;
        }
        var heads = new PriorityQueue<Head>(Comparator.comparingLong(Head::millis));
        for (var stream : streams) {
            tables.oldest(stream).ifPresent(millis -> heads.add(new Head(stream, millis)));
        }
        var removed = 0L;
        while (!heads.isEmpty() && excess > 0 && goesOn()) {
            var head = heads.remove();
            var until = heads.isEmpty() ? Long.MAX_VALUE : heads.element().millis + 1;
            var last = tables.lastOlder(head.stream, Math.max(until, head.millis + 1), STEP);
            excess -= tables.bytes(head.stream, 0, last);
            removed += remove(tables, head.stream, last);
            tables.oldest(head.stream)
                    .ifPresent(millis -> heads.add(new Head(head.stream, millis)));
        }
        return removed;
    }

    /// Not once the bounds are others: what goes is gone.
    private boolean goesOn() {
        return closed.getCount() > 0 && keep.equals(current.get());
    }

    private long remove(RetentionTables tables, RetentionTables.Kind stream, long last)
            throws SQLException, IOException, InterruptedException {
        var size = sizes.get(stream.id());
        if (size != null) {
            size.less(tables.bytes(stream, 0, last));
        }
        var begun = System.nanoTime();
        int removed = writing.ask(log -> log.erasing().remove(stream.id(), last, stream.topic()));
        rest(begun);
        return removed;
    }

    private void compact() throws IOException, InterruptedException {
        var begun = System.nanoTime();
        boolean more = writing.ask(log -> log.index().compact(PAGES, true));
        while (more && closed.getCount() > 0) {
            rest(begun);
            begun = System.nanoTime();
            more = writing.ask(log -> log.index().compact(PAGES, false));
        }
    }

    /// A file that was made for it shrinks; of others the pages are used again.
    private void giveBack(RetentionTables tables)
            throws SQLException, IOException, InterruptedException {
        if (!tables.canShrink()) {
            return;
        }
        for (var free = tables.free(); free > 0 && closed.getCount() > 0; ) {
            var begun = System.nanoTime();
            boolean _ = writing.ask(log -> log.shrink(PAGES));
            var left = tables.free();
            if (left >= free) {
                return;
            }
            free = left;
            rest(begun);
        }
    }

    private void rest(long begun) throws InterruptedException {
        var _ = closed.await((System.nanoTime() - begun) * REST, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
        asked.release();
    }

    /// What a stream takes, counted as it grows.
    private static final class StreamSize {

        private long bytes;
        private long counted;

        void count(RetentionTables tables, RetentionTables.Kind stream) throws SQLException {
            for (var last = tables.window(stream, counted);
                    last > counted;
                    last = tables.window(stream, counted)) {
                bytes += tables.bytes(stream, counted, last);
                counted = last;
            }
        }

        void less(long gone) {
            bytes = Math.max(0, bytes - gone);
        }

        long bytes() {
            return bytes;
        }
    }
}
