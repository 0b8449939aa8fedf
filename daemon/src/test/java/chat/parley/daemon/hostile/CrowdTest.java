package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Too many peers at once.
class CrowdTest {

    @Nested
    class Idle_connections_before_login {

        @Test
        void are_refused_above_a_number_and_who_is_in_does_not_notice(@TempDir Path dir)
                throws IOException {
            crowd(dir, Math.min(2_000, asManyAsPossible()));
        }

        @Test
        @Tag("long")
        void are_refused_above_a_number_however_many_they_are(@TempDir Path dir)
                throws IOException {
            crowd(dir, Math.min(20_000, asManyAsPossible()));
        }

        /// Half of them may come in. Both ends of each are in this process.
        private static int asManyAsPossible() {
            return ManagementFactory.getOperatingSystemMXBean()
                            instanceof UnixOperatingSystemMXBean unix
                    ? (int) Math.min(1 << 20, (unix.getMaxFileDescriptorCount() - 300) / 2)
                    : 300;
        }

        private static void crowd(Path dir, int number) throws IOException {
            var allowed = number / 2;
            try (var daemon =
                            new TestDaemon(
                                            dir,
                                            "parley.limits.connections.before-login = " + allowed,
                                            "parley.limits.connections.total = 100000",
                                            "parley.limits.handshake-within = 5m")
                                    .account("ann")
                                    .account("bob")
                                    .account("carol");
                    var bob = daemon.login("bob");
                    var ann = daemon.login("ann")) {
                bob.expect(":ann!* JOIN #lobby");
                var idle = new ArrayList<Socket>();
                try {
                    for (var i = 0; i < number; i++) {
                        idle.add(
                                plain(
                                        daemon.port(),
                                        "127.0.%d.%d".formatted(1 + i / 250, i % 250 + 1)));
                        if (i % 100 == 0) {
                            ann.send("PRIVMSG #lobby :" + i);
                            bob.expectNext(":ann!* PRIVMSG #lobby " + ":" + i);
                        }
                    }
                    for (var i = 0; i < number; i++) {
                        assertEquals(
                                i >= allowed, isClosed(idle.get(i), i >= allowed), "peer " + i);
                    }
                    assertRefused(daemon);
                } finally {
                    for (var socket : idle) {
                        socket.close();
                    }
                }
                loginOnceThereIsRoom(daemon).close();
            }
        }

        private static void assertRefused(TestDaemon daemon) {
            assertThrows(AssertionError.class, daemon::connect);
        }

        /// The daemon needs a moment to see that they are gone.
        private static Wire loginOnceThereIsRoom(TestDaemon daemon) {
            for (var tries = 1; ; tries++) {
                try {
                    return daemon.login("carol");
                } catch (AssertionError refused) {
                    if (tries == 200) {
                        throw refused;
                    }
                }
            }
        }
    }

    @Nested
    class From_one_address {

        @Test
        void only_so_many_come_in_and_others_are_not_kept_out(@TempDir Path dir)
                throws IOException {
            try (var daemon =
                            new TestDaemon(dir, "parley.limits.connections.per-address = 3")
                                    .account("ann");
                    var ann = daemon.login("ann")) {
                var three = new ArrayList<Wire>();
                for (var i = 0; i < 3; i++) {
                    three.add(daemon.connectFrom("127.0.0.2"));
                }
                try (var fourth = plain(daemon.port(), "127.0.0.2")) {
                    assertTrue(isClosed(fourth, true));
                }
                daemon.connectFrom("127.0.0.3").close();
                three.getFirst().send("QUIT");
                three.getFirst().expectClosed();
                eventually(() -> daemon.connectFrom("127.0.0.2")).close();
                three.forEach(Wire::close);
                ann.settle();
            }
        }

        private static Wire eventually(java.util.function.Supplier<Wire> connect) {
            var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (true) {
                try {
                    return connect.get();
                } catch (AssertionError refused) {
                    if (System.nanoTime() - until > 0) {
                        throw refused;
                    }
                }
            }
        }
    }

    @Nested
    class In_all {

        @Test
        void who_is_one_too_many_waits_until_somebody_goes(@TempDir Path dir) throws Exception {
            try (var daemon =
                    new TestDaemon(dir, "parley.limits.connections.total = 4").account("ann")) {
                try (var ann = daemon.login("ann")) {
                    var others = List.of(daemon.connect(), daemon.connect(), daemon.connect());
                    var waiting =
                            CompletableFuture.supplyAsync(
                                    daemon::connect, Thread::startVirtualThread);
                    ann.settle();
                    assertThrows(
                            java.util.concurrent.TimeoutException.class,
                            () -> waiting.get(300, TimeUnit.MILLISECONDS));
                    others.getFirst().close();
                    waiting.get(20, TimeUnit.SECONDS).close();
                    others.forEach(Wire::close);
                    ann.settle();
                }
            }
        }
    }

    private static Socket plain(int port, String from) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20_000);
        return socket;
    }

    /// Whether the daemon closed it.
    ///
    /// @param expected whether to wait until it does
    private static boolean isClosed(Socket socket, boolean expected) {
        try {
            socket.setSoTimeout(expected ? 20_000 : 1);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) { // reset
            return true;
        }
    }
}
