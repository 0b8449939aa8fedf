package chat.parley.client;

import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.talks.TestDaemon;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One daemon for all tests of a class, with accounts for five people, and the client run against
/// it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WithADaemon {

    TestDaemon daemon;
    Path ca;

    @BeforeAll
    void start(@TempDir Path dir) {
        daemon =
                new TestDaemon(dir)
                        .account("ann")
                        .account("bob")
                        .account("cat")
                        .account("dan")
                        .account("eve");
        ca = ((DaemonConfig.Tls.Pem) daemon.config().tls().main()).certificate();
    }

    @AfterAll
    void stop() {
        daemon.close();
    }

    Run parley(Path home, String user, String stdin, String... words) {
        var arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--ca", ca.toString(), "--server", user + "@" + server()));
        return Run.of(
                home,
                Map.of("PARLEY_PASSWORD", TestDaemon.passwordOf(user)),
                stdin,
                arguments.toArray(String[]::new));
    }

    String server() {
        return "localhost:" + daemon.port();
    }
}
