package chat.parley.daemon.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Metadata that is gone after the test.
public final class InMemoryMetadata implements Metadata {

    private final Map<Owner, Held> all = new HashMap<>();
    private long version;

    @Override
    public synchronized Held of(Owner owner) {
        return new Held(++version, all.getOrDefault(owner, Held.NOTHING).values());
    }

    @Override
    public synchronized Optional<Change> change(
            Owner owner, Map<String, String> changes, int most) {
        var change = of(owner).with(changes, most, ++version);
        all.put(owner, change.now());
        return Optional.of(change);
    }
}
