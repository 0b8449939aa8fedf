package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What the daemon is asked for that takes more than one message to answer, one thing after the
/// other, so that the person's own words do not wait behind it.
///
/// @param batches what of the answers is here
/// @param underway what was asked for
/// @param waiting what will be
/// @param held what was heard where an answer is to come first: see [Order]
record Asking(Batches batches, Optional<Fetch> underway, List<Fetch> waiting, List<Heard> held) {

    /// One for each place there may be, and some.
    private static final int MOST = Places.MOST + 20;

    /// A daemon that says nothing to it is not waited for longer.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    Asking {
        waiting = List.copyOf(waiting);
        held = List.copyOf(held);
    }

    static Asking nothing() {
        return new Asking(Batches.none(), Optional.empty(), List.of(), List.of());
    }

    Asking with(Batches changed) {
        return new Asking(changed, underway, waiting, held);
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
        return new Asking(batches, underway, more, held);
    }

    private static boolean isLike(Fetch one, Fetch other) {
        return one.kind() == other.kind() && CaseMapping.same(one.target(), other.target());
    }

    /// All that waits its turn does so since now, or earlier.
    Asking at(Instant now) {
        return waiting.stream().anyMatch(Fetch::isNew)
                ? new Asking(
                        batches,
                        underway,
                        waiting.stream().map(one -> one.isNew() ? one.asked(now) : one).toList(),
                        held)
                : this;
    }

    /// The next one, if none is underway.
    ///
    /// @param first the place that is asked about before others
    Optional<Fetch> next(String first) {
        return underway.isPresent()
                ? Optional.empty()
                : waiting.stream()
                        .filter(one -> CaseMapping.same(one.target(), first))
                        .findFirst()
                        .or(() -> waiting.stream().findFirst());
    }

    Asking asked(Fetch one, Instant now) {
        var others = new ArrayList<>(waiting);
        others.remove(one);
        return new Asking(batches, Optional.of(one.asked(now)), others, held);
    }

    /// The next page goes before all else.
    Asking goingOn(Fetch page, Instant now) {
        return new Asking(batches, Optional.of(page.asked(now)), waiting, held);
    }

    Asking answered() {
        return new Asking(batches, Optional.empty(), waiting, held);
    }

    Asking holding(List<Heard> changed) {
        return new Asking(batches, underway, waiting, changed);
    }

    Asking holding(Heard one) {
        var more = new ArrayList<>(held);
        more.add(one);
        return holding(more);
    }

    boolean any(Predicate<Fetch> wanted) {
        return underway.filter(wanted).isPresent() || waiting.stream().anyMatch(wanted);
    }

    boolean isIdle() {
        return underway.isEmpty() && waiting.isEmpty() && held.isEmpty();
    }

    boolean isOverdue(Instant now) {
        return underway.isPresent() && now.isAfter(underway.get().since().plus(PATIENCE));
    }
}
