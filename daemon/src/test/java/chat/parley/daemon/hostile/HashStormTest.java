package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Logins with wrong passwords, without end, from many networks at once. It is the dearest thing
/// that a stranger can ask for.
@Timeout(120)
class HashStormTest {

    private static final int NETWORKS = 48;
    private static final int ROUNDS = 20;

    /// Without a storm it takes some milliseconds; a machine that does nothing but hash is given
    /// this.
    private static final Duration SOON = Duration.ofSeconds(3);

    @TempDir Path dir;

    @Test
    void neither_those_who_talk_nor_those_who_are_known_notice() throws Exception {
        assumeTrue(hasManyLoopbackAddresses(), "this system has one loopback address");
        var over = new AtomicBoolean();
        var refused = new AtomicInteger();
        try (var daemon = stormproof();
                var ann = daemon.login("ann");
                var bob = daemon.login("bob");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var storm = new ArrayList<Callable<Boolean>>();
            for (var i = 0; i < NETWORKS; i++) {
                var from = InetAddress.ofLiteral("127.0.1." + (i + 1));
                storm.add(() -> hammer(daemon, from, over, refused));
            }
            var raging = storm.stream().map(threads::submit).toList();
            while (refused.get() < NETWORKS) {
                Thread.onSpinWait();
            }

            assertTalkGoesOn(ann, bob);
            assertTrue(took(() -> daemon.login("ann").close()).compareTo(SOON) < 0);
            over.set(true);
            for (var network : raging) {
                assertTrue(network.get());
            }
        }
    }

    /// The price that is recommended as the least, so that a hash is felt.
    private TestDaemon stormproof() {
        return new TestDaemon(
                        dir,
                        "parley.auth { argon2 { memory = 19 MiB, passes = 2 }, threads = 1,"
                                + " waiting = 8, attempts = 1000 }")
                .account("ann")
                .account("bob");
    }

    private static void assertTalkGoesOn(Wire ann, Wire bob) {
        for (var round = 0; round < ROUNDS; round++) {
            var text = "round " + round;
            var took =
                    took(() -> {
                        ann.send("PRIVMSG #lobby :" + text);
                        bob.expect(":ann!* PRIVMSG #lobby :" + text);
                    });
            assertTrue(took.compareTo(SOON) < 0, text + " took " + took);
        }
    }

    private static Duration took(Runnable what) {
        var begun = System.nanoTime();
        what.run();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /// Another account each time, so that it is slowed down as late as can be.
    private static boolean hammer(
            TestDaemon daemon, InetAddress from, AtomicBoolean over, AtomicInteger refused) {
        for (var i = 0; !over.get(); i++) {
            try (var wire = daemon.connectFrom(from)) {
                for (var line = 0; line < 20 && !over.get(); line++) {
                    wire.send("LOGIN name" + i + "-" + line + " not-the-password");
                    wire.expect(":* 464 …");
                    refused.incrementAndGet();
                }
            }
        }
        return true;
    }

    private static boolean hasManyLoopbackAddresses() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.1.1"))) {
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }
}
