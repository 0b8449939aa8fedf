package chat.parley.bench.crowd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.bench.crowd.Ledger.Faults;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final int NOBODY = -1;

    private final Ledger ledger = new Ledger(2, false);
    private final AtomicIntegerArray said = new AtomicIntegerArray(2);

    private void hears(int speaker, int... numbers) {
        for (var number : numbers) {
            ledger.heard(speaker, number);
        }
    }

    @Nested
    class What_was_said {

        @Test
        void and_heard_in_order_is_all_well() {
            said.set(0, 3);
            said.set(1, 1);
            hears(0, 0, 1);
            hears(1, 0);
            hears(0, 2);

            assertEquals(Faults.NONE, ledger.faults(said, NOBODY));
            assertEquals(4, ledger.heard());
        }

        @Test
        void and_passed_over_is_lost() {
            said.set(0, 5);
            hears(0, 0, 3, 4);

            assertEquals(new Faults(2, 0), ledger.faults(said, NOBODY));
        }

        @Test
        void and_not_heard_by_the_end_is_lost() {
            said.set(0, 5);
            hears(0, 0, 1);

            assertEquals(new Faults(3, 0), ledger.faults(said, NOBODY));
        }

        @Test
        void and_never_heard_at_all_is_lost() {
            said.set(1, 2);

            assertEquals(new Faults(2, 0), ledger.faults(said, NOBODY));
        }

        @Test
        void and_heard_twice_is_doubled() {
            said.set(0, 2);
            hears(0, 0, 0, 1, 1);

            assertEquals(new Faults(0, 2), ledger.faults(said, NOBODY));
        }

        @Test
        void by_oneself_is_not_waited_for() {
            said.set(0, 9);

            assertEquals(Faults.NONE, ledger.faults(said, 0));
        }
    }

    @Nested
    class Who_came_late {

        @Test
        void begins_with_what_comes_first() {
            var late = new Ledger(2, true);
            said.set(0, 12);
            said.set(1, 7);
            late.heard(0, 10);
            late.heard(0, 11);

            assertEquals(Faults.NONE, late.faults(said, NOBODY));
        }
    }
}
