package chat.parley.daemon.store;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// Up to which message an account has read what is said in a channel or by somebody. Any thread.
public interface Markers {

    /// Markers that one account may have.
    int MOST = 1_000;

    /// @param account folded
    /// @param target a channel, or the account of the other; folded
    Optional<Instant> of(String account, String target) throws IOException, InterruptedException;

    /// Moves a marker, never back; returns once it is kept.
    ///
    /// @return where it stands now; empty if the account has too many already
    Optional<Instant> move(String account, String target, Instant to)
            throws IOException, InterruptedException;
}
