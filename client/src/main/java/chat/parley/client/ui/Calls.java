package chat.parley.client.ui;

import chat.parley.client.model.Effect;
import chat.parley.protocol.CaseMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps calls for the person apart: one for each place within some seconds, and those between as
/// one afterwards. Whoever wants to can so ring once, and not a hundred times.
///
/// Time is what it is told. Belongs to one thread.
final class Calls {

    static final Duration APART = Duration.ofSeconds(5);

    /// Places that may ring within that time; of more the unread lines tell.
    static final int MOST = 8;

    /// @param more how many came besides, since the place rang last
    record Call(Effect.Tell last, int more) {}

    private record Quiet(Instant since, Effect.Tell last, int held) {}

    private final Map<String, Quiet> places = new HashMap<>();

    /// Empty if its place rang a moment ago: it comes with those that are due.
    Optional<Call> next(Effect.Tell tell, Instant now) {
        var place = CaseMapping.fold(tell.place());
        var quiet = places.get(place);
        if (quiet != null) {
            places.put(place, new Quiet(quiet.since(), tell, quiet.held() + 1));
            return Optional.empty();
        }
        if (places.size() >= MOST) {
            return Optional.empty();
        }
        places.put(place, new Quiet(now, tell, 0));
        return Optional.of(new Call(tell, 0));
    }

    /// What was held back long enough.
    List<Call> due(Instant now) {
        var due = new ArrayList<Call>();
        for (var place : List.copyOf(places.keySet())) {
            var quiet = places.get(place);
            if (quiet == null || isQuiet(quiet, now)) {
                continue;
            }
            if (quiet.held() == 0) {
                places.remove(place);
            } else {
                due.add(new Call(quiet.last(), quiet.held() - 1));
                places.put(place, new Quiet(now, quiet.last(), 0));
            }
        }
        return due;
    }

    /// A clock that was put back does not keep anybody quiet.
    private static boolean isQuiet(Quiet quiet, Instant now) {
        return !now.isBefore(quiet.since()) && now.isBefore(quiet.since().plus(APART));
    }
}
