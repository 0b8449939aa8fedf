package chat.parley.daemon.store;

import java.io.IOException;
import java.util.Set;

/// Which channels an account is in, remembered while it is away.
///
/// Any thread may call this. Changes are only handed over, so they are not durable on return, but
/// [#of] sees all that were handed over before it; one that could not be kept is forgotten, with a
/// warning in the log.
public interface Memberships {

    /// The channels, as their names were written when they were joined.
    Set<String> of(String account) throws IOException, InterruptedException;

    void joined(String account, String channel) throws IOException, InterruptedException;

    void left(String account, String channel) throws IOException, InterruptedException;
}
