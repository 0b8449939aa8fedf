package chat.parley.bench.crowd;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/// One channel: who speaks there, how much was said, and how many deliveries that should make. Any
/// thread.
final class Room {

    private final int number;
    private final String channel;
    private final AtomicIntegerArray said; // by each speaker
    private final AtomicInteger listeners = new AtomicInteger();
    private final LongAdder expected = new LongAdder();

    Room(int number, String channel, int speakers) {
        this.number = number;
        this.channel = channel;
        this.said = new AtomicIntegerArray(speakers);
    }

    int number() {
        return number;
    }

    String channel() {
        return channel;
    }

    AtomicIntegerArray said() {
        return said;
    }

    int speakers() {
        return said.length();
    }

    /// The number of what this speaker says now. Everybody else is to hear it.
    int says(int speaker) {
        expected.add(Math.max(0, listeners.get() - 1));
        return said.getAndIncrement(speaker);
    }

    void came() {
        listeners.incrementAndGet();
    }

    /// A listener is not waited for any more.
    ///
    /// @param missing what it has not heard
    void went(long missing) {
        listeners.decrementAndGet();
        expected.add(-missing);
    }

    /// How many hear what one of them says.
    int audience() {
        return Math.max(0, listeners.get() - 1);
    }

    /// How many deliveries there should have been.
    long expected() {
        return expected.sum();
    }

    /// How much was said in all.
    long all() {
        var all = 0L;
        for (var i = 0; i < said.length(); i++) {
            all += said.get(i);
        }
        return all;
    }
}
