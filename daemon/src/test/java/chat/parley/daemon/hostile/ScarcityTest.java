package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A daemon process that has too little of something.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ScarcityTest {

    @TempDir Path dir;

    /// A configuration and its accounts.
    private Path configured(int people, String... settings) {
        try (var daemon = new TestDaemon(dir, settings)) {
            for (var i = 0; i < people; i++) {
                daemon.account("p" + i);
            }
            daemon.account("bob").account("carol");
            return daemon.conf();
        }
    }

    private static void talk(Wire bob, Wire carol, String text) {
        bob.send("PRIVMSG #lobby :" + text);
        carol.expect(":bob!* PRIVMSG #lobby :" + text);
    }

    @Nested
    class Without_descriptors {

        private static final int SPARE = 12;

        @Test
        void who_is_in_talks_on_and_others_come_when_there_are_some_again() throws Exception {
            try (var daemon = new DaemonProcess(configured(1));
                    var bob = daemon.login("bob", "echo-message");
                    var carol = daemon.login("carol", "echo-message")) {
                talk(bob, carol, "before");
                daemon.limitDescriptors(daemon.descriptors() + SPARE);
                var crowd = new ArrayList<Socket>();
                for (var i = 0; i < 3 * SPARE; i++) {
                    crowd.add(new Socket(InetAddress.getLoopbackAddress(), daemon.port()));
                }
                daemon.awaitSaid("cannot accept connections");
                var before = daemon.cpu();
                var began = System.nanoTime();
                for (var i = 0; System.nanoTime() - began < TimeUnit.SECONDS.toNanos(3); i++) {
                    talk(bob, carol, "while-" + i);
                    TimeUnit.MILLISECONDS.sleep(50); // talking, not flooding
                }
                var busy = daemon.cpu().minus(before);
                assertTrue(busy.toMillis() < 2_000, "it spins: " + busy + " of 3 seconds");
                assertEquals(1, daemon.timesSaid("cannot accept connections"), daemon.said());
                for (var socket : crowd) {
                    socket.close();
                }
                daemon.awaitSaid("accepting connections again");
                daemon.login("p0", "echo-message").close();
                talk(bob, carol, "after");
                assertEquals(0, daemon.timesSaid("bug"), daemon.said());
            }
        }
    }
}
