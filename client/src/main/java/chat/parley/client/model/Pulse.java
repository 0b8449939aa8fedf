package chat.parley.client.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The life of the link: how long an answer takes, and whether time went by unseen.
///
/// @param seen the last moment the client knows of; [Instant#MIN] before the first
/// @param asked when the PING went that is not answered yet
/// @param next when to ask again
/// @param deadline by when anything must be heard, or the link is given up
/// @param lag what the last answer took
public record Pulse(
        Instant seen,
        Optional<Instant> asked,
        Instant next,
        Optional<Instant> deadline,
        Optional<Duration> lag) {

    /// More between two ticks than any computer is busy: it slept.
    private static final Duration SLEEP = Duration.ofSeconds(10);

    /// After a sleep, or in another network: a link that lives answers within.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofSeconds(30);

    static Pulse unknown() {
        return new Pulse(
                Instant.MIN, Optional.empty(), Instant.MIN, Optional.empty(), Optional.empty());
    }

    /// What the status shows: the last lag, or how long the answer is missing already.
    public Optional<Duration> lagAt(Instant now) {
        var missing = asked.map(since -> between(since, now));
        return missing.filter(one -> lag.isEmpty() || one.compareTo(lag.get()) > 0).or(() -> lag);
    }

    /// Whether the clock jumped since it was last looked at; back, too, as clocks are put right.
    boolean jumped(Instant now) {
        return !seen.equals(Instant.MIN)
                && (now.isAfter(seen.plus(SLEEP)) || now.isBefore(seen.minus(SLEEP)));
    }

    private static Duration between(Instant since, Instant now) {
        return now.isBefore(since) ? Duration.ZERO : Duration.between(since, now);
    }

    Pulse at(Instant now) {
        return new Pulse(now, asked, next, deadline, lag);
    }

    boolean isDue(Instant now) {
        return asked.isEmpty() && !now.isBefore(next);
    }

    Pulse asked(Instant now) {
        return new Pulse(seen, Optional.of(now), now.plus(PAUSE), deadline, lag);
    }

    /// Asked because the link may be dead.
    Pulse doubted(Instant now) {
        return new Pulse(
                now, Optional.of(now), now.plus(PAUSE), Optional.of(now.plus(PATIENCE)), lag);
    }

    boolean isOver(Instant now) {
        return deadline.isPresent() && now.isAfter(deadline.get());
    }

    /// Something came: the link lives.
    Pulse heard() {
        return deadline.isEmpty() ? this : new Pulse(seen, asked, next, Optional.empty(), lag);
    }

    Pulse answered(Instant now) {
        var took = asked.map(since -> between(since, now)).or(() -> lag);
        return new Pulse(seen, Optional.empty(), next, Optional.empty(), took);
    }

    /// Another link, of which nothing is known.
    Pulse anew(Instant now) {
        return new Pulse(now, Optional.empty(), now, Optional.empty(), Optional.empty());
    }

    /// No link.
    Pulse gone() {
        return new Pulse(seen, Optional.empty(), next, Optional.empty(), Optional.empty());
    }
}
