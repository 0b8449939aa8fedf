package chat.parley.daemon.store;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// How a channel is set up: what lasts longer than the people in it.
///
/// @param name as it is shown
/// @param flags the letters of its modes without a parameter
/// @param roles folded account to the letter of its role: `q` owner, `o` operator, `v` voice
public record ChannelSettings(
        String name,
        Instant createdAt,
        String flags,
        Optional<String> key,
        OptionalInt limit,
        Map<String, Character> roles,
        List<Listed> lists) {

    public ChannelSettings {
        roles = Map.copyOf(roles);
        lists = List.copyOf(lists);
    }

    /// A mask on one of the lists.
    ///
    /// @param list `b`, `e` or `I`
    /// @param by who put it there, as `nick!user@host`
    public record Listed(char list, String mask, String by, Instant at) {}

    /// Where settings are kept. Any thread may ask; it waits for the log's own thread.
    public interface Store {

        /// @param folded the channel's folded name
        Optional<ChannelSettings> load(String folded) throws IOException, InterruptedException;

        /// Keeps them in place of what was there; durable on return.
        void save(String folded, ChannelSettings settings) throws IOException, InterruptedException;
    }
}
