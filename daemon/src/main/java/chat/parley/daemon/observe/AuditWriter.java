package chat.parley.daemon.observe;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The daemon's side of the audit log: a platform thread `audit` that takes what waits, writes it
/// with one flush of the disk, and tries again while the disk refuses.
///
/// The queue is short. Who logs in waits a moment for a place in it; who talks never does. What
/// found no place is counted, and the count is a line as soon as there is room. Any thread may
/// record.
public final class AuditWriter implements AuditLog.Sink, AutoCloseable {

    static final String LOST = "audit events lost";

    private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);

    private static final int QUEUE = 1_024;
    private static final int TOGETHER = 256;

    /// How long a login waits for a place, unless the disk refuses anyway.
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /// Between two flushes: a storm of logins must not be a storm of flushes for those who talk.
    private static final Duration PAUSE = Duration.ofMillis(50);

    /// Before another try: nobody tells that a disk has room again.
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration LAST_TRY = Duration.ofSeconds(5);

    /// The newest hash goes into the log of the system this often, which whoever changes our files
    /// may not be able to change.
    private static final Duration WITNESS = Duration.ofHours(1);

    private final AuditTrail trail;
    private final Clock clock;
    private final AuditFold fold = new AuditFold();
    private final BlockingQueue<AuditTrail.Timed> queue;
    private final AtomicLong lost = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AuditTrail.Timed nothing = // wakes the thread
            new AuditTrail.Timed(Instant.EPOCH, AuditEvent.of("nothing"));
    private final Thread thread;
    private final Metrics.Counter lines;
    private final Metrics.Counter folded;
    private final Metrics.Counter lostSum;
    private volatile boolean failing;

    // The thread's own.
    private long toldAt = System.nanoTime() - WITNESS.toNanos();

    private AuditWriter(AuditTrail trail, Clock clock, Metrics metrics, int length) {
        this.trail = trail;
        this.clock = clock;
        queue = new ArrayBlockingQueue<>(length);
        lines = metrics.counter(Metric.AUDIT_LINES);
        folded = metrics.counter(Metric.AUDIT_FOLDED);
        lostSum = metrics.counter(Metric.AUDIT_LOST);
        metrics.gauge(Metric.AUDIT_WAITING, queue::size);
        thread = Thread.ofPlatform().name("audit").daemon().unstarted(this::run);
    }

    /// @param trail prepared
    public static AuditWriter start(AuditTrail trail, Clock clock, Metrics metrics) {
        return start(trail, clock, metrics, QUEUE);
    }

    static AuditWriter start(AuditTrail trail, Clock clock, Metrics metrics, int length) {
        var writer = new AuditWriter(trail, clock, metrics, length);
        writer.thread.start();
        return writer;
    }

    /// Whether what was to be written last was written.
    public boolean isWell() {
        return !failing;
    }

    @Override
    public void record(AuditEvent event, boolean mayWait) {
        var now = clock.instant();
        if (!fold.isWritten(event, now)) {
            folded.increment();
            return;
        }
        var timed = new AuditTrail.Timed(now, event);
        if (!queue.offer(timed) && !(mayWait && isPlaced(timed))) {
            lost.incrementAndGet();
            lostSum.increment();
        }
    }

    private boolean isPlaced(AuditTrail.Timed timed) {
        if (failing) {
            return false; // nothing moves
        }
        try {
            return queue.offer(timed, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                var first = queue.poll(1, TimeUnit.SECONDS);
                write(batch(first == null ? List.of() : List.of(first), false));
                closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            }
            for (var rest = batch(List.of(), true);
                    !rest.isEmpty();
                    rest = batch(List.of(), true)) {
                write(rest);
            }
        } catch (InterruptedException _) {
            // Finish now.
        } catch (RuntimeException bug) { // the top of a thread
            failing = true;
            LOG.atError().setCause(bug).log("bug in the audit log");
        }
    }

    private List<AuditTrail.Timed> batch(List<AuditTrail.Timed> begun, boolean last) {
        var batch = new ArrayList<>(begun);
        queue.drainTo(batch, TOGETHER);
        batch.remove(nothing);
        var now = clock.instant();
        fold.sums(now, last).forEach(sum -> batch.add(new AuditTrail.Timed(now, sum)));
        var gone = lost.getAndSet(0);
        if (gone > 0) {
            var gap = AuditEvent.of(LOST).with("count", Long.toString(gone));
            batch.add(new AuditTrail.Timed(now, gap));
        }
        return batch;
    }

    /// Again and again until it is written, or, once it is to close, for a moment.
    private void write(List<AuditTrail.Timed> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        var wait = FIRST_WAIT;
        var until = System.nanoTime();
        var left = batch;
        while (true) {
            try {
                wrote(batch.size(), trail.append(left));
                return;
            } catch (IOException problem) {
                failed(problem);
                left = problem instanceof AuditTrail.EndNotKept ? List.of() : left;
                if (closing.getCount() == 0 && System.nanoTime() - until > LAST_TRY.toNanos()) {
                    LOG.atError().addKeyValue("lines", batch.size()).log("audit lines lost");
                    return;
                }
                pause(wait);
                wait =
                        wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0
                                ? wait.multipliedBy(2)
                                : LONGEST_WAIT;
            }
        }
    }

    private void pause(Duration wait) throws InterruptedException {
        if (closing.getCount() == 0) {
            Thread.sleep(FIRST_WAIT);
        } else {
            closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void wrote(int count, AuditHead head) {
        lines.add(count);
        if (failing) {
            failing = false;
            LOG.atWarn().log("audit log is written again");
        }
        var now = System.nanoTime();
        if (now - toldAt >= WITNESS.toNanos() || closing.getCount() == 0) {
            toldAt = now;
            LOG.atInfo()
                    .addKeyValue("seq", head.seq())
                    .addKeyValue("hash", head.hash())
                    .log("audit log is at");
        }
    }

    /// The first of a row only.
    private void failed(IOException problem) {
        if (!failing) {
            failing = true;
            LOG.atError().setCause(problem).log("audit log cannot be written");
        }
    }

    /// Writes what waits and ends.
    @Override
    public void close() {
        closing.countDown();
        queue.offer(nothing);
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
