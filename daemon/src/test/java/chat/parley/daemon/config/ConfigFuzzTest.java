package chat.parley.daemon.config;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/// Whatever stands in the configuration, the admin is told what is wrong with it, and soon. See
/// CONTRIBUTING.
class ConfigFuzzTest {

    private static final long SOON_NANOS = 5_000_000_000L;

    @FuzzTest(maxDuration = "60s")
    void a_file_is_a_configuration_or_a_problem_that_names_it(byte[] data) throws IOException {
        var file = Files.createTempFile("fuzz", ".conf");
        var began = System.nanoTime();
        try {
            Files.write(file, data);
            assertNotNull(ConfigLoader.load(file, Map.of()));
        } catch (ConfigProblem problem) {
            assertTrue(String.valueOf(problem.getMessage()).contains(file.toString()));
        } finally {
            Files.delete(file);
        }
        assertTrue(System.nanoTime() - began < SOON_NANOS, "took too long");
    }
}
