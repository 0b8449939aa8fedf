package chat.parley.daemon.hostile;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Many who lose their connections at the same moment and are back in the next, while the daemon is
/// still busy with their going.
@Timeout(300)
class ReconnectTest {

    private static final int PEOPLE = 60;

    @Test
    void everybody_is_shown_the_channel_again(@TempDir Path dir) throws Exception {
        comeBack(dir, 5);
    }

    @Test
    @Tag("long")
    void everybody_is_shown_the_channel_again_and_again(@TempDir Path dir) throws Exception {
        comeBack(dir, 60);
    }

    private static void comeBack(Path dir, int rounds) throws Exception {
        try (var daemon = new TestDaemon(dir, "parley.limits.rate.burst = 1000000");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < PEOPLE; i++) {
                daemon.account("user" + i);
            }
            var atOnce = new Semaphore(8);
            for (var round = 0; round < rounds; round++) {
                var coming = new ArrayList<Callable<Wire>>();
                for (var i = 0; i < PEOPLE; i++) {
                    var name = "user" + i;
                    coming.add(() -> comeIn(daemon, name, atOnce));
                }
                var here = new ArrayList<Wire>();
                for (var one : threads.invokeAll(coming)) {
                    here.add(one.get());
                }
                for (var wire : here) {
                    wire.socket().close();
                }
            }
        }
    }

    private static Wire comeIn(TestDaemon daemon, String name, Semaphore atOnce)
            throws InterruptedException {
        atOnce.acquire();
        try {
            var wire = daemon.connect();
            wire.send("LOGIN " + name + " " + TestDaemon.passwordOf(name));
            wire.expect(":parley.example 366 " + name + " #lobby …");
            wire.send("JOIN #lobby");
            wire.settle();
            return wire;
        } finally {
            atOnce.release();
        }
    }
}
