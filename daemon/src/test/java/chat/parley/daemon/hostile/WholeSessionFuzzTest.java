package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Lines to a whole daemon over real TLS, by somebody who is in: modes, masks, history selectors,
/// searches, metadata, batches and whatever else the table has. Whatever they are, they are
/// answered, and a bug of ours ("Internal error") is not an answer. See CONTRIBUTING.
class WholeSessionFuzzTest {

    private static final List<String> QUICK =
            List.of(
                    "parley.limits.rate.burst = 100000000",
                    "parley.history.durability = process",
                    "parley.limits.linger = 0ms",
                    "parley.limits.tags = 8 KiB");

    @TempDir private static Path dir;
    private static @Nullable TestDaemon daemon;
    private static @Nullable Wire ann;

    @BeforeAll
    static void start() {
        daemon = new TestDaemon(dir, QUICK.toArray(String[]::new)).account("ann").account("bob");
        daemon.login("bob");
    }

    @AfterAll
    static void stop() {
        if (daemon != null) {
            daemon.close();
        }
    }

    @FuzzTest(maxDuration = "60s")
    void lines_are_answered(byte[] data) {
        if (daemon == null) {
            return;
        }
        if (ann == null && System.getenv("JAZZER_FUZZ") != null) {
            BugDetectors.allowNetworkConnections(); // our own, to the daemon; not before it fuzzes
        }
        var wire = ann == null ? login(daemon) : ann;
        ann = wire;
        try {
            wire.sendRaw(data);
            wire.sendRaw("\r\nPING on\r\n".getBytes(StandardCharsets.UTF_8));
            for (var line = wire.read(); line != null; line = wire.read()) {
                assertTrue(!line.contains("Internal error"), line);
                if (line.endsWith("PONG parley.example :on")) {
                    return;
                }
            }
            ann = null; // it was sent away, as after QUIT
        } catch (AssertionError e) {
            ann = null;
            if (!String.valueOf(e.getMessage()).startsWith("cannot send")) {
                throw e;
            }
        }
    }

    private static Wire login(TestDaemon daemon) {
        return daemon.login(
                "ann",
                "batch message-tags labeled-response echo-message draft/multiline",
                "draft/metadata-3 draft/event-playback draft/message-redaction");
    }
}
