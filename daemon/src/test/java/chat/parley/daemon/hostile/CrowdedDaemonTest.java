package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Ten thousand connections that are really held, by a daemon in a process of its own: half of them
/// never begin their handshake, half have ended it and say nothing. Whoever is in talks on, and
/// those who are refused cost next to nothing.
@Tag("long")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class CrowdedDaemonTest {

    private static final int HALF_OPEN = 5_000;
    private static final int IDLE = 5_000;
    private static final int REFUSED = 2_000;
    private static final int AT_ONCE = 8;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @TempDir Path dir;

    @Test
    void holds_ten_thousand_strangers_and_talks() throws Exception {
        var held = new ConcurrentLinkedQueue<AutoCloseable>();
        try (var daemon = new DaemonProcess(configured(), "-Xmx512m");
                var bob = daemon.login("bob", "echo-message");
                var carol = daemon.login("carol", "echo-message")) {
            var before = figures(daemon);
            crowd(HALF_OPEN, i -> held.add(plain(daemon, i)), bob, carol);
            crowd(IDLE, i -> held.add(daemon.connectFrom(address(i))), bob, carol);
            assertTrue(daemon.descriptors() > HALF_OPEN + IDLE, "they are not all there");
            var longest = talk(bob, carol, 100);
            var with = figures(daemon);

            var cpu = daemon.cpu();
            for (var i = 0; i < REFUSED; i++) {
                try (var refused = plain(daemon, i)) {
                    assertEquals(-1, refused.getInputStream().read());
                }
            }
            cpu = daemon.cpu().minus(cpu);
            var during = talk(bob, carol, 100);
            System.out.println(
                    "crowd: before %s; with %d half open and %d idle %s; longest wait %d ms, then %d ms; %d refused for %d ms of CPU"
                            .formatted(
                                    before,
                                    HALF_OPEN,
                                    IDLE,
                                    with,
                                    longest.toMillis(),
                                    during.toMillis(),
                                    REFUSED,
                                    cpu.toMillis()));
            assertTrue(longest.compareTo(LONGEST) < 0 && during.compareTo(LONGEST) < 0);
            assertTrue(cpu.dividedBy(REFUSED).toMillis() < 5, "refusing costs " + cpu);
            assertEquals(0, daemon.timesSaid("bug"), daemon.said());
        } finally {
            for (var one : held) {
                one.close();
            }
        }
    }

    private static String figures(DaemonProcess daemon) throws IOException {
        return "%d MiB heap, %d MiB RSS".formatted(daemon.heapInUse() >> 20, daemon.rss() >> 20);
    }

    /// Opens a connection; throws if the daemon does not take it.
    private interface Opening {
        void open(int number) throws Exception;
    }

    private static void crowd(int number, Opening opening, Wire bob, Wire carol) throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (var from = 0; from < number; from += 500) {
                var tasks = new ArrayList<Callable<Void>>();
                for (var i = from; i < Math.min(from + 500, number); i++) {
                    var one = i;
                    tasks.add(() -> {
                        opening.open(one);
                        return null;
                    });
                }
                for (var done : threads.invokeAll(tasks)) {
                    done.get();
                }
                talk(bob, carol, 1);
            }
        }
    }

    /// How long the slowest of so many lines took.
    private static Duration talk(Wire bob, Wire carol, int lines) {
        var longest = Duration.ZERO;
        for (var i = 0; i < lines; i++) {
            var began = System.nanoTime();
            bob.send("PRIVMSG #lobby :" + began);
            carol.expect(":bob!* PRIVMSG #lobby :" + began);
            var took = Duration.ofNanos(System.nanoTime() - began);
            longest = took.compareTo(longest) > 0 ? took : longest;
        }
        return longest;
    }

    private static Socket plain(DaemonProcess daemon, int number) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address(number)), 0));
        socket.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), daemon.port()), 20_000);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String address(int number) {
        return "127.0.%d.%d".formatted(1 + number / 250, number % 250 + 1);
    }

    private Path configured() {
        try (var daemon =
                new TestDaemon(
                        dir,
                        "parley.limits.connections.before-login = " + (HALF_OPEN + IDLE),
                        "parley.limits.connections.total = 100000",
                        "parley.limits.silence = 30m",
                        "parley.limits.login-within = 30m",
                        "parley.limits.handshake-within = 30m")) {
            return daemon.account("bob").account("carol").conf();
        }
    }
}
