package chat.parley.bench.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A folder for one measurement, which goes with it.
///
/// @param folder readable by its owner only, as there are keys in it
public record Workplace(Path folder) implements AutoCloseable {

    public static Workplace make() throws IOException {
        var place = new Workplace(Files.createTempDirectory("parley-bench-"));
        Runtime.getRuntime().addShutdownHook(new Thread(place::close, "tidy-" + place.folder()));
        return place;
    }

    @Override
    public void close() {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.err.println("bench: " + folder + " is left: " + e.getMessage());
        }
    }
}
