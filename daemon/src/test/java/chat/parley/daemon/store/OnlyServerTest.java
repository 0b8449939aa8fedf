package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlyServerTest {

    @TempDir Path dataDir;

    @Nested
    class A_second_server {

        @Test
        void is_refused_and_told_which_process_is_in_the_way() throws IOException, ConfigProblem {
            try (var _ = OnlyServer.of(dataDir)) {
                var refused = assertThrows(ConfigProblem.class, () -> OnlyServer.of(dataDir));

                var us = "(process " + ProcessHandle.current().pid() + ")";
                assertTrue(String.valueOf(refused.getMessage()).contains(us));
            }
        }

        @Test
        void is_welcome_once_the_first_has_stopped() throws IOException, ConfigProblem {
            OnlyServer.of(dataDir).close();

            assertDoesNotThrow(() -> OnlyServer.of(dataDir).close());
        }
    }
}
