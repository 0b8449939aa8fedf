package chat.parley.client.model;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// The ids of the last messages seen, so that what is replayed after a reconnect is shown once.
public record Recent(SequencedSet<String> ids) {

    /// More than one batch of a replay that overlaps with what was seen.
    private static final int LONGEST = 512;

    public Recent {
        ids = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(ids));
    }

    public static Recent none() {
        return new Recent(new LinkedHashSet<>());
    }

    public boolean has(String id) {
        return !id.isEmpty() && ids.contains(id);
    }

    /// The same with one more; the oldest is forgotten. An empty id is none.
    public Recent with(String id) {
        if (id.isEmpty()) {
            return this;
        }
        var more = new LinkedHashSet<>(ids);
        more.add(id);
        while (more.size() > LONGEST) {
            more.removeFirst();
        }
        return new Recent(more);
    }
}
