package chat.parley.daemon.chat;

import chat.parley.daemon.store.Metadata.Held;
import java.util.Set;

/// What came of changing metadata.
public sealed interface Outcome {

    /// It is so, and on disk.
    ///
    /// @param refused the keys there was no room for
    record Kept(Held now, Set<String> refused) implements Outcome {}

    /// Not by this user.
    record Denied() implements Outcome {}

    /// The log could not keep it, and nobody has heard it.
    record NotStored() implements Outcome {}
}
