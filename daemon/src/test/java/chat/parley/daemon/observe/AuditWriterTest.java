package chat.parley.daemon.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.observe.AuditEvent.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AuditWriterTest {

    private static final int LENGTH = 8;

    @TempDir Path dir;

    private final Metrics metrics = new Metrics();
    private final Disk disk = new Disk();

    /// Refuses while it is told to; the writer tries again and again.
    private static final class Disk implements AuditHead.Keeper {

        private final CountDownLatch asked = new CountDownLatch(1);
        private volatile boolean full;
        private final AtomicInteger forgetful =
                new AtomicInteger(); // so often it does not keep what it is told
        private volatile Optional<AuditHead> head = Optional.empty();

        @Override
        public Optional<AuditHead> newest() throws IOException {
            if (full) {
                asked.countDown();
                throw new IOException("no space left");
            }
            return head;
        }

        @Override
        public void keep(AuditHead newest) throws IOException {
            if (forgetful.getAndDecrement() > 0) {
                throw new IOException("no space left");
            }
            head = Optional.of(newest);
        }
    }

    private AuditWriter writer() {
        var trail = new AuditTrail(dir, disk, Optional.empty(), Clock.systemUTC(), "parleyd");
        return AuditWriter.start(trail, Clock.systemUTC(), metrics, LENGTH);
    }

    private String text() throws IOException {
        return Files.readString(dir.resolve("audit/000001.jsonl"));
    }

    private static AuditEvent event(int n) {
        return AuditEvent.of("account changed").with("account", "n" + n);
    }

    @Test
    void all_that_was_recorded_is_there_once_it_is_closed() throws IOException {
        try (var writer = writer()) {
            for (var i = 0; i < 500; i++) {
                writer.record(event(i), true);
            }
        }
        assertEquals(500, text().lines().count());
        assertEquals(500, metrics.counter(Metric.AUDIT_LINES).sum());
        assertEquals(List.of(), AuditCheck.of(dir, disk.head).problems());
    }

    /// Nobody who talks waits for a full disk, and that something is missing is not hidden.
    @Test
    void what_found_no_place_is_counted_and_the_count_is_a_line() throws Exception {
        disk.full = true;
        try (var writer = writer()) {
            writer.record(event(0), false);
            disk.asked.await();
            var begun = System.nanoTime();
            for (var i = 1; i < 1_000; i++) {
                writer.record(event(i), false);
            }
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(2).toNanos());
            disk.full = false;
        }
        var gap = text().lines().filter(line -> line.contains("audit events lost")).toList();
        assertEquals(1, gap.size(), text());
        var lost = metrics.counter(Metric.AUDIT_LOST).sum();
        assertTrue(gap.getFirst().contains("\"count\":\"" + lost + "\""), gap + " " + lost);
        assertEquals(1_000, text().lines().count() - 1 + lost);
        assertEquals(List.of(), AuditCheck.of(dir, disk.head).problems());
    }

    @Test
    void what_is_written_is_not_written_again_because_its_end_was_not_kept() throws Exception {
        disk.forgetful.set(3);
        try (var writer = writer()) {
            writer.record(event(0), true);
        }
        assertEquals(1, text().lines().count(), text());
        assertEquals(1, disk.head.orElseThrow().seq());
        assertEquals(List.of(), AuditCheck.of(dir, disk.head).problems());
    }

    @Test
    void whoever_may_wait_does_not_wait_for_a_disk_that_refuses() throws Exception {
        disk.full = true;
        try (var writer = writer()) {
            writer.record(event(0), true);
            disk.asked.await();
            for (var i = 1; i <= LENGTH; i++) {
                writer.record(event(i), false);
            }
            var begun = System.nanoTime();
            for (var i = 0; i < 100; i++) {
                writer.record(event(i), true);
            }
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(20).toNanos());
            disk.full = false;
        }
    }

    @Test
    void a_sum_of_what_was_folded_is_written_at_the_end_at_the_latest() throws IOException {
        try (var writer = writer()) {
            for (var i = 0; i < 100; i++) {
                writer.record(
                        AuditEvent.of("login refused").by(new Cause.Stranger("192.0.2.1")), true);
            }
        }
        assertTrue(text().contains("\"more of the same\",\"of\":\"login refused\""), text());
        assertEquals(11, text().lines().count());
        assertEquals(90, metrics.counter(Metric.AUDIT_FOLDED).sum());
    }
}
