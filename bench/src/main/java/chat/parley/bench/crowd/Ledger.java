package chat.parley.bench.crowd;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// What one listener has heard of each speaker: whether anything is missing, twice or out of turn.
///
/// Each speaker counts what it says, and a server keeps the order, so one number for each speaker
/// is enough. For one thread.
public final class Ledger {

    /// What is wrong with what was heard.
    ///
    /// @param lost numbers that were passed over
    /// @param doubled numbers that had been heard, or passed over, before
    public record Faults(long lost, long doubled) {

        public static final Faults NONE = new Faults(0, 0);

        public Faults plus(Faults other) {
            return new Faults(lost + other.lost, doubled + other.doubled);
        }
    }

    private static final int NOT_YET = -1;

    private final int[] next; // the number that comes next
    private long heard;
    private long lost;
    private long doubled;

    /// @param speakers whom one may hear
    /// @param late whether they may have begun: then each begins with the first number that comes
    Ledger(int speakers, boolean late) {
        next = new int[speakers];
        if (late) {
            Arrays.fill(next, NOT_YET);
        }
    }

    void heard(int speaker, int number) {
        heard++;
        var awaited = next[speaker];
        if (number == awaited || awaited == NOT_YET) {
            next[speaker] = number + 1;
        } else if (number > awaited) {
            lost += number - awaited;
            next[speaker] = number + 1;
        } else {
            doubled++;
        }
    }

    /// Where everything that was said should be in.
    ///
    /// @param said how much each speaker has said
    /// @param self the speaker that one is oneself and does not hear; -1 for none
    Faults faults(AtomicIntegerArray said, int self) {
        var missing = lost;
        for (var i = 0; i < next.length; i++) {
            if (i != self && next[i] != NOT_YET) {
                missing += Math.max(0, said.get(i) - next[i]);
            }
        }
        return new Faults(missing, doubled);
    }

    long heard() {
        return heard;
    }
}
