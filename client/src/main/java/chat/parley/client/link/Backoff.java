package chat.parley.client.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: twice as long each time, up to a bound, and never the
/// same for everybody who lost the same daemon.
public final class Backoff {

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration next;

    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.next = first;
    }

    /// 1 s, 2 s, 4 s … 60 s.
    public static Backoff usual(RandomGenerator random) {
        return new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), random);
    }

    /// The next wait: between half and the whole of its step.
    public Duration next() {
        var step = next;
        next = step.multipliedBy(2).compareTo(longest) > 0 ? longest : step.multipliedBy(2);
        return Duration.ofNanos(random.nextLong(step.toNanos() / 2, step.toNanos() + 1));
    }

    /// It worked: the next trouble begins from the start.
    public void reset() {
        next = first;
    }
}
