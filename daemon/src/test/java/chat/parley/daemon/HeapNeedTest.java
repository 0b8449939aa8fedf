package chat.parley.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.ConfigLoader;
import chat.parley.daemon.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapNeedTest {

    private static final long MIB = 1 << 20;
    private static final long SESSION = 50_000 + 512 + 4096 + 4096 + 32 * 250;

    @TempDir Path dir;

    private HeapNeed of(String... settings) throws ConfigProblem, IOException {
        var conf = dir.resolve("parley.conf");
        Files.writeString(
                conf, "parley.limits.send-queue-total = 100 GiB\n" + String.join("\n", settings));
        return HeapNeed.of(ConfigLoader.load(conf).limits());
    }

    @Test
    void of_the_defaults_is_there_on_a_machine_of_two_gibibytes() throws Exception {
        var need = of();
        assertEquals(40 * MIB + 1000 * SESSION + 100 * MIB, need.least());
        assertTrue(need.least() < 512 * MIB / 2, "a quarter of the machine, and half of that");
        assertEquals(40 * MIB + 10_000 * (SESSION + MIB), need.most());
    }

    @Test
    void grows_by_what_one_account_may_have_waiting() throws Exception {
        var need =
                of(
                        "parley.limits.send-queue = 16 MiB",
                        "parley.limits.connections { total = 1000, per-account = 50 }");
        assertEquals(40 * MIB + 100 * SESSION + 50 * 2 * 16 * MIB, need.least());
    }

    @Test
    void is_for_no_more_sessions_than_there_may_be() throws Exception {
        var need =
                of(
                        "parley.limits.connections { total = 10, per-account = 1000000, before-login = 10 }");
        assertEquals(40 * MIB + 10 * SESSION + 10 * MIB, need.least());
        assertEquals(need.most(), need.least());
    }

    @Test
    void is_for_no_more_than_may_wait_for_all() throws Exception {
        var need = of("parley.limits.send-queue-total = 64 MiB");
        assertEquals(40 * MIB + 1000 * SESSION + 64 * MIB, need.least());
        assertEquals(40 * MIB + 10_000 * SESSION + 64 * MIB, need.most());
    }

    @Test
    void of_limits_without_end_is_a_number_all_the_same() throws Exception {
        var need =
                of(
                        "parley.limits.send-queue = 2047 MiB",
                        "parley.limits.send-queue-total = 1048576 GiB",
                        "parley.limits.connections.total = 2147483647");
        assertTrue(need.most() > need.least() && need.least() > 1L << 50);
    }
}
