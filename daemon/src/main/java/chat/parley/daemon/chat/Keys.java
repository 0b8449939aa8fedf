package chat.parley.daemon.chat;

import chat.parley.daemon.store.Metadata.Held;
import java.util.concurrent.atomic.AtomicReference;

/// The metadata of one account or channel as it is now. Whatever is learned here is kept already.
/// Any thread.
public final class Keys {

    private final AtomicReference<Held> held = new AtomicReference<>(Held.NOTHING);

    public Held now() {
        return held.get();
    }

    /// The newer one stays, in whatever order threads come here from the log.
    public void learn(Held other) {
        held.accumulateAndGet(other, (a, b) -> b.version() > a.version() ? b : a);
    }
}
