package chat.parley.daemon.talks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every `*.talk` file, each with a daemon of its own; with `-Dtalk=NAME` only those that begin so.
class TalksTest {

    private static final Path TALKS = Path.of("src", "test", "resources", "talks");

    static Stream<String> talks() throws IOException {
        try (var files = Files.list(TALKS)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".talk"))
                    .filter(name -> name.startsWith(System.getProperty("talk", "")))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("talks")
    void goes_as_written(String talk, @TempDir Path dir) {
        new Talk(TALKS.resolve(talk)).run(dir);
    }
}
