package chat.parley.daemon.store;

import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What accounts and channels say of themselves: keys and values (IRCv3 metadata). Any thread; each
/// call waits for the log's own thread.
public interface Metadata {

    /// Whose it is; folded names.
    sealed interface Owner {

        /// @param since when it was made: who had the name before was somebody else
        record OfAccount(String folded, Instant since) implements Owner {}

        record OfChannel(String folded) implements Owner {}
    }

    /// What is set on one owner at a moment.
    ///
    /// @param version grows with each change and each look, so that the newer of two is known
    record Held(long version, SortedMap<String, String> values) {

        public static final Held NOTHING = new Held(0, new TreeMap<>());

        public Held {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }

        /// The same with these changes, as far as there is room.
        ///
        /// @param changes what each key is set to; empty to remove it
        /// @param most how many keys there may be
        public Change with(Map<String, String> changes, int most, long version) {
            var changed = new TreeMap<>(values);
            var refused = new LinkedHashSet<String>();
            changes.forEach((key, value) -> {
                if (value.isEmpty()) {
                    changed.remove(key);
                } else if (changed.containsKey(key) || changed.size() < most) {
                    changed.put(key, value);
                } else {
                    refused.add(key);
                }
            });
            return new Change(new Held(version, changed), refused);
        }

        /// The keys that have another value in the other, or are in one of the two only.
        public Set<String> differences(Held other) {
            var keys = new TreeSet<>(values.keySet());
            keys.addAll(other.values.keySet());
            keys.removeIf(key -> Objects.equals(values.get(key), other.values.get(key)));
            return keys;
        }
    }

    /// What came of changes.
    ///
    /// @param refused the keys there was no room for
    record Change(Held now, Set<String> refused) {}

    Held of(Owner owner) throws IOException, InterruptedException;

    /// Makes the changes, all at once; durable on return.
    ///
    /// @param changes what each key is set to; empty to remove it
    /// @param most how many keys the owner may have
    /// @return empty if there is no such account any more
    Optional<Change> change(Owner owner, Map<String, String> changes, int most)
            throws IOException, InterruptedException;
}
