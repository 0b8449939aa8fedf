package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the daemon is asked for that takes more than one message to answer, one thing after the
/// other, so that the person's own words do not wait behind it.
///
/// @param batches what of the answers is here
/// @param underway what was asked for
/// @param waiting what will be
record Asking(Batches batches, Optional<Fetch> underway, List<Fetch> waiting) {

    /// One for each place there may be, and some.
    private static final int MOST = Places.MOST + 20;

    /// A daemon that says nothing to it is not waited for longer.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    Asking {
        waiting = List.copyOf(waiting);
    }

    static Asking nothing() {
        return new Asking(Batches.none(), Optional.empty(), List.of());
    }

    Asking with(Batches changed) {
        return new Asking(changed, underway, waiting);
    }

    /// Twice the same is once.
    Asking plus(Fetch fetch) {
        var isThere =
                waiting.stream().anyMatch(one -> isLike(one, fetch))
                        || underway.filter(one -> isLike(one, fetch)).isPresent();
        if (isThere || waiting.size() >= MOST) {
            return this;
        }
        var more = new ArrayList<>(waiting);
        more.add(fetch);
        return new Asking(batches, underway, more);
    }

    private static boolean isLike(Fetch one, Fetch other) {
        return one.kind() == other.kind() && CaseMapping.same(one.target(), other.target());
    }

    /// The next one, if none is underway.
    Optional<Fetch> next() {
        return underway.isPresent() ? Optional.empty() : waiting.stream().findFirst();
    }

    Asking asked(Fetch first, Instant now) {
        return new Asking(
                batches, Optional.of(first.asked(now)), waiting.subList(1, waiting.size()));
    }

    /// The next page goes before all else.
    Asking goingOn(Fetch page, Instant now) {
        return new Asking(batches, Optional.of(page.asked(now)), waiting);
    }

    Asking answered() {
        return new Asking(batches, Optional.empty(), waiting);
    }

    boolean isIdle() {
        return underway.isEmpty() && waiting.isEmpty();
    }

    boolean isOverdue(Instant now) {
        return underway.isPresent() && now.isAfter(underway.get().askedAt().plus(PATIENCE));
    }
}
