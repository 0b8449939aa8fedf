package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Looks for what was said, by its words. Any thread may ask; each call waits for its account's
/// turn and a thread that searches, never for one that writes or reads history. It does not know
/// who may read what: whoever asks does.
public interface Search {

    /// Where to look.
    ///
    /// @param account whose conversations are looked through; folded
    /// @param since when that account was made: what is older in them is not its own
    /// @param channels the channels to look through, by their folded names
    /// @param in the only stream to look through; empty for the channels and all conversations
    record Scope(String account, Instant since, Collection<String> channels, Optional<Stream> in) {}

    /// What to look for: all of it must fit.
    ///
    /// @param words whole words, without regard to case and accents; whatever they are made of,
    ///   they are words and no query
    /// @param nick who said it; empty for anybody
    /// @param after not older; the oldest are found first then, else the newest
    /// @param before not newer
    record Wanted(
            List<String> words,
            Optional<String> nick,
            Optional<Instant> after,
            Optional<Instant> before,
            int limit) {}

    /// At most `limit` entries, oldest first; empty if that would take too long.
    Optional<List<Kept>> find(Scope where, Wanted what) throws IOException, InterruptedException;
}
