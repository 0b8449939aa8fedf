package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceTest {

    @TempDir Path dir;

    @Test
    void is_the_same_in_the_next_run() {
        var first = name();
        assertTrue(first.matches("parley-[0-9a-f]{12}"), first);
        assertEquals(first, name());
    }

    @Test
    void is_another_for_each_that_runs_at_the_same_time() {
        try (var one = Device.take(dir).orElseThrow()) {
            var second = name();
            assertNotEquals(one.name(), second);
            assertEquals(second, name());
        }
    }

    @Test
    void is_made_anew_where_the_file_is_damaged() throws IOException {
        Files.createDirectories(dir.resolve("devices"));
        Files.writeString(dir.resolve("devices/1"), "../../etc/passwd and more");

        var name = name();
        assertTrue(name.matches("parley-[0-9a-f]{12}"), name);
        assertEquals(name, name());
    }

    @Test
    void is_none_where_none_can_be_kept() throws IOException {
        Files.writeString(dir.resolve("devices"), "a file in the way");

        assertEquals(Optional.empty(), Device.take(dir));
    }

    private String name() {
        try (var device = Device.take(dir).orElseThrow()) {
            return device.name();
        }
    }
}
