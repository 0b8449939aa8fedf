package chat.parley.daemon.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class NicenessTest {

    @Test
    void it_is_the_calling_threads_alone() throws Exception {
        var before = nice();
        var after = new CompletableFuture<Integer>();
        Thread.ofPlatform()
                .start(() -> {
                    Niceness.letOthersGoFirst();
                    after.complete(nice());
                })
                .join();
        assertNotEquals(before, after.get());
        assertEquals(10, after.get());
        assertEquals(before, nice());
    }

    /// proc(5), field 19 of the thread's `stat`; the name in brackets before may hold anything.
    private static int nice() {
        try {
            var stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", 18)[16]);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
