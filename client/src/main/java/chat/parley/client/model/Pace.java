package chat.parley.client.model;

import java.time.Duration;
import java.time.Instant;

/// How fast to speak: as fast as the daemon echoes, with a pause after each time it held one back.
///
/// A daemon slows who says much by not reading, and ends who never pauses. Its limits are not told,
/// but an echo that takes longer than the quickest one shows that they were met. Pure.
///
/// @param quickest the quickest echo so far
/// @param notBefore when the next message may go
public record Pace(Duration quickest, Instant notBefore) {

    private static final Duration SLACK = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    public static Pace unknown() {
        return new Pace(Duration.ofDays(1), Instant.MIN);
    }

    public boolean mayGo(Instant now) {
        return !now.isBefore(notBefore);
    }

    /// An echo came, so long after its message was sent.
    public Pace echoed(Duration took, Instant now) {
        if (took.compareTo(quickest) < 0) {
            return new Pace(took, notBefore);
        }
        var held = took.minus(quickest);
        if (held.compareTo(quickest.plus(SLACK)) <= 0) {
            return this;
        }
        // Half as long again as it was held back, so that the daemon owes one message by then.
        var pause = held.plus(held.dividedBy(2));
        return new Pace(
                quickest, now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
    }
}
