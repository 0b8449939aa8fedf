package chat.parley.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServerProcessTest {

    @Test
    void processor_time_is_that_in_user_mode_and_in_the_system() {
        var stat = "77 (a name) b) S 1 77 77 0 -1 4194304 900 0 0 0 250 150 0 0 20 0 30 0 5 6 7";

        assertEquals(4.0, ServerProcess.cpuSeconds(stat));
    }

    @Test
    void its_command_is_kept_word_by_word() {
        assertEquals(
                List.of("java", "-Dx=a b", "", "Main"),
                ServerProcess.words("java\0-Dx=a b\0\0Main\0"));
    }

    @Test
    void a_number_is_found_by_its_name() {
        var status = List.of("Name:\tx", "VmRSS:\t   1234 kB", "Threads:\t9");

        assertEquals(1234, ServerProcess.number(status, "VmRSS:"));
        assertEquals(9, ServerProcess.number(status, "Threads:"));
        assertEquals(0, ServerProcess.number(status, "VmSwap:"));
    }

    @Test
    void the_heap_is_what_its_parts_hold_and_not_the_metaspace() {
        var serial =
                """
                77:
                 DefNew     total 9792K, used 2000K [0x1, 0x2, 0x3)
                  eden space 8704K,   9% used [0x1, 0x2, 0x3)
                 Tenured    total 21888K, used 345K [0x1, 0x2, 0x3)
                 Metaspace       used 5555K, committed 5760K, reserved 1114112K
                  class space    used 600K, committed 704K, reserved 1048576K
                """;
        var g1 = "77:\n garbage-first heap   total reserved 4K, committed 4K, used 9K [0x1)\n";

        assertEquals(2345, ServerProcess.heapKib(serial));
        assertEquals(9, ServerProcess.heapKib(g1));
    }
}
