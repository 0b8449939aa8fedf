package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Everybody fills every bound at once, and the heap is as small as docs/OPERATING, "How much
/// memory", says that it may be; or the queues of a few would be larger than the heap.
@Tag("long")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class SmallHeapTest {

    /// 40 MiB for the daemon, and for each deaf peer at the most two queues of 512 KiB.
    private static final String HEAP = "-Xmx56m";

    private static final int DEAF = 12;
    private static final int UNDECIDED = 8;
    private static final int SPEAKERS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final long SANE = 28L << 20;

    /// Much is answered to little. One record, so that none of it waits until something is read.
    private static final byte[] ASK =
            ("MOTD\r\n".repeat(20)
                            + "CHATHISTORY LATEST #lobby * 100\r\nNAMES #lobby\r\nMETADATA eve LIST\r\n")
                    .repeat(80)
                    .getBytes(StandardCharsets.UTF_8);

    @TempDir Path dir;

    @Test
    void is_enough_for_all_bounds_at_once() throws Exception {
        goesOn(HEAP, "limits.send-queue", "parley.limits.send-queue = 512 KiB");
    }

    /// What one peer may have waiting is more than three times the heap.
    @Test
    void is_enough_when_no_queue_is_ever_full() throws Exception {
        goesOn("-Xmx80m", "limits.send-queue-total", "parley.limits.send-queue = 256 MiB");
    }

    /// @param bound the setting that ends those who are deaf
    private void goesOn(String heap, String bound, String... settings) throws Exception {
        var over = new AtomicBoolean();
        try (var daemon = new DaemonProcess(configured(settings), heap);
                var bob = daemon.login("bob", "echo-message");
                var carol = daemon.login("carol", "echo-message");
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                Closeable _ = () -> stop(threads, over)) {
            for (var i = 0; i < 100; i++) {
                talk(bob, carol, i + "-" + "x".repeat(400));
            }
            var undecided = new ArrayList<Wire>();
            for (var i = 0; i < UNDECIDED; i++) {
                undecided.add(undecided(daemon));
            }
            attack(daemon, threads, over);

            var began = System.nanoTime();
            var longest = Duration.ZERO;
            var said = 0;
            while (ended(daemon, bound) < DEAF && System.nanoTime() - began < PATIENCE.toNanos()) {
                var asked = System.nanoTime();
                talk(bob, carol, "still-" + said++);
                var took = Duration.ofNanos(System.nanoTime() - asked);
                longest = took.compareTo(longest) > 0 ? took : longest;
            }
            stop(threads, over);
            assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
            talk(bob, carol, "after");
            undecided.forEach(Wire::close);

            var after = daemon.heapInUse();
            var figures =
                    "%d ended in %d ms, %d lines said, longest wait %d ms, heap %d KiB after"
                            .formatted(
                                    ended(daemon, bound),
                                    Duration.ofNanos(System.nanoTime() - began).toMillis(),
                                    said,
                                    longest.toMillis(),
                                    after >> 10);
            System.out.println("small heap: " + figures);
            assertTrue(daemon.isAlive());
            assertEquals(0, daemon.timesSaid("OutOfMemory"), daemon.said());
            assertEquals(0, daemon.timesSaid("bug"), daemon.said());
            assertEquals(0, daemon.timesSaid("too small a heap"), daemon.said());
            assertTrue(longest.compareTo(LONGEST) < 0, figures);
            assertTrue(ended(daemon, bound) >= DEAF, figures);
            assertTrue(after < SANE, figures);
        }
    }

    private static void stop(ExecutorService threads, AtomicBoolean over) {
        over.set(true);
        threads.shutdownNow(); // closes the sockets that they wait for
    }

    private static long ended(DaemonProcess daemon, String bound) {
        return daemon.timesSaid("limit=" + bound);
    }

    private Path configured(String... settings) throws IOException {
        Files.writeString(dir.resolve("motd"), ("m".repeat(80) + "\n").repeat(500));
        try (var daemon =
                new TestDaemon(
                        dir,
                        String.join("\n", settings),
                        "parley.motd-file = motd",
                        "parley.limits.write-within = 10m", // not what this is about
                        "parley.limits.rate.burst = 1000000",
                        "parley.limits.linger = 0s",
                        "parley.limits.connections.per-account = " + DEAF,
                        "parley.limits.connections.total = " + (DEAF + UNDECIDED + SPEAKERS + 2))) {
            for (var i = 0; i < DEAF; i++) {
                daemon.account("p" + i);
            }
            for (var i = 0; i < SPEAKERS; i++) {
                daemon.account("s" + i);
            }
            return daemon.account("bob").account("carol").account("eve").conf();
        }
    }

    private static void talk(Wire bob, Wire carol, String text) {
        bob.send("PRIVMSG #lobby :" + text);
        carol.expect(":bob!* PRIVMSG #lobby :" + text);
    }

    /// Says of itself what there is room for, begins a message of several lines, and leaves it at
    /// that.
    private static Wire undecided(DaemonProcess daemon) {
        var wire = daemon.login("eve", "batch draft/multiline message-tags draft/metadata-3");
        for (var i = 0; i < 30; i++) {
            wire.send("METADATA * SET key-" + i + " :" + "v".repeat(300));
        }
        wire.send("BATCH +m draft/multiline #lobby");
        for (var i = 0; i < 30; i++) {
            wire.send("@batch=m PRIVMSG #lobby :" + "m".repeat(100));
        }
        return wire;
    }

    /// Peers that ask for much and read nothing, and come back when they are ended.
    private static void attack(DaemonProcess daemon, ExecutorService threads, AtomicBoolean over) {
        for (var i = 0; i < DEAF; i++) {
            var account = "p" + i;
            threads.execute(() -> {
                while (!over.get()) {
                    asksAndDoesNotRead(daemon, account, over);
                }
            });
        }
        for (var i = 0; i < SPEAKERS; i++) {
            var account = "s" + i;
            threads.execute(() -> speak(daemon, account, threads, over));
        }
    }

    /// Says more than is stored, in a channel of its own, whose inbox is full all the time.
    private static void speak(
            DaemonProcess daemon, String account, ExecutorService threads, AtomicBoolean over) {
        var line = "@+x=" + "t".repeat(4_000) + " PRIVMSG #" + account + " :" + "y".repeat(400);
        try (var wire = daemon.login(account, "message-tags echo-message")) {
            wire.send("JOIN #" + account);
            threads.execute(() -> {
                while (wire.read() != null) {
                    // what it says itself
                }
            });
            var lines = (line + "\r\n").repeat(50).getBytes(StandardCharsets.UTF_8);
            while (!over.get()) {
                wire.socket().getOutputStream().write(lines);
            }
        } catch (IOException | AssertionError _) {
            // the test is over
        }
    }

    private static void asksAndDoesNotRead(
            DaemonProcess daemon, String account, AtomicBoolean over) {
        try (var wire = daemon.login(account, "batch")) {
            wire.socket().setReceiveBufferSize(4_096);
            while (!over.get()) {
                wire.socket().getOutputStream().write(ASK);
            }
        } catch (IOException | AssertionError _) {
            // it was ended, or the test is over in the midst of its login
        }
    }
}
