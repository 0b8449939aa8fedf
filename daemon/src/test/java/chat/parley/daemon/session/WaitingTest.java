package chat.parley.daemon.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Who goes when too much waits in all.
class WaitingTest {

    private static final int MIB = 1 << 20;

    private static Waiting<String> one(String whose, String owner, long bytes, int stuckMillis) {
        return new Waiting<>(whose, owner, bytes, Duration.ofMillis(stuckMillis));
    }

    @Nested
    class The_heaviest {

        @Test
        void is_nobody_where_nothing_waits() {
            assertEquals(Optional.empty(), Waiting.heaviest(List.<Waiting<String>>of()));
        }

        @Test
        void has_most_waiting_where_all_are_equally_slow() {
            var all = List.of(one("phone", "ann", MIB, 0), one("other", "bob", 2 * MIB, 0));
            assertEquals(Optional.of("other"), Waiting.heaviest(all));
        }

        @Test
        void is_not_who_has_most_and_reads() {
            var all = List.of(one("phone", "ann", 2 * MIB, 50), one("deaf", "eve", MIB, 5_000));
            assertEquals(Optional.of("deaf"), Waiting.heaviest(all));
        }

        @Test
        void is_not_who_has_little_and_has_slept_for_long() {
            var all =
                    List.of(one("phone", "ann", 20 << 10, 30_000), one("deaf", "eve", MIB, 1_000));
            assertEquals(Optional.of("deaf"), Waiting.heaviest(all));
        }

        @Test
        void is_of_whose_sessions_have_most_together() {
            var all =
                    List.of(
                            one("phone", "ann", 2 * MIB, 0),
                            one("first", "eve", MIB, 0),
                            one("second", "eve", MIB + 1, 0),
                            one("third", "eve", MIB, 0));
            assertEquals(Optional.of("second"), Waiting.heaviest(all));
        }
    }
}
