package chat.parley.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BareTest {

    @Test
    void it_runs_by_the_flags_of_the_daemon() throws IOException {
        var daemon =
                List.of(
                        "/jdk/bin/java",
                        "-Xmn24m",
                        "-Dx=",
                        "-cp",
                        "a.jar",
                        "Main",
                        "--config",
                        "c");

        assertEquals(List.of("/jdk/bin/java", "-Xmn24m", "-Dx="), Bare.jvm(daemon));
    }

    @Test
    void it_is_not_started_beside_what_is_no_JVM() {
        assertThrows(IOException.class, () -> Bare.jvm(List.of("inspircd", "--nofork")));
    }
}
