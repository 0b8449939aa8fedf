package chat.parley.client;

import chat.parley.daemon.talks.TestDaemon;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One daemon for all tests of a class, with accounts for ann and bob; for each test a new cable
/// between it and ann's client.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OverACable {

    TestDaemon daemon;
    Piped piped;
    @TempDir Path home;

    @BeforeAll
    void start(@TempDir Path dir) {
        daemon = new TestDaemon(dir).account("ann").account("bob");
    }

    @AfterAll
    void stop() {
        daemon.close();
    }

    @BeforeEach
    void plugIn() {
        piped = new Piped(daemon, home);
    }

    @AfterEach
    void pullOut() {
        piped.close();
    }
}
