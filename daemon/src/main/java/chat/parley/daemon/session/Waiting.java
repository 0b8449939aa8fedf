package chat.parley.daemon.session;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Optional;

/// What one session has waiting, at a moment at which too much waits in all: docs/adr/0044.
///
/// @param whose the session
/// @param owner whom it belongs to; what all their sessions have waiting is one weight
/// @param bytes with what its writer has in its hands
/// @param stuck how long its peer has taken nothing of what it is being written
record Waiting<S>(S whose, Object owner, long bytes, Duration stuck) {

    /// Bytes times seconds, so that who reads is light, however much it has asked for.
    private double weight() {
        return bytes * (1 + stuck.toMillis() / 1e3);
    }

    /// The heaviest session of the heaviest owner, who so gains nothing by many small ones.
    static <S> Optional<S> heaviest(Collection<Waiting<S>> all) {
        var owners = new HashMap<Object, Double>();
        all.forEach(one -> owners.merge(one.owner, one.weight(), Double::sum));
        return all.stream()
                .max(
                        Comparator.comparingDouble(
                                        (Waiting<S> one) -> owners.getOrDefault(one.owner, 0.0))
                                .thenComparingDouble(Waiting::weight))
                .map(Waiting::whose);
    }
}
