package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// What was said, read back in parts. Any thread may ask; each call waits for the log's reading
/// thread, never for the one that writes. It does not know who may read what: whoever asks does.
public interface History {

    /// A place in a stream: a message, or a moment.
    sealed interface Place {

        /// @param msgid as a client gave it; nothing is found if there is no such message there
        record Message(String msgid) implements Place {}

        record Moment(Instant at) implements Place {}
    }

    /// Which part of a stream. Bounds are exclusive; all parts come oldest first (IRCv3
    /// chathistory, "Subcommands").
    sealed interface Part {

        /// The newest of all.
        record Latest() implements Part {}

        /// The newest of what came after.
        record LatestAfter(Place place) implements Part {}

        /// The newest of what came before.
        record Before(Place place) implements Part {}

        /// The oldest of what came after.
        record After(Place place) implements Part {}

        /// Some before, the place itself, and some after.
        record Around(Place place) implements Part {}

        /// What is between, beginning at `from`, which may be the later of the two.
        record Between(Place from, Place to) implements Part {}
    }

    /// What is shown of a stream.
    enum Shown {
        /// PRIVMSG and NOTICE.
        MESSAGES,
        /// All that happened, but not that something was taken back.
        EVENTS,
        /// All that happened.
        EVENTS_AND_REDACTIONS
    }

    /// A stream and its newest message.
    record Conversation(Stream stream, Kept newest) {}

    /// At most `limit` entries, oldest first.
    ///
    /// @param since when the account that reads was made: what two accounts said before, one of
    ///   them of the same name, is not its own
    List<Kept> read(Stream stream, Instant since, Part part, Shown shown, int limit)
            throws IOException, InterruptedException;

    /// The streams whose newest message is between the two moments, by that message's time: at most
    /// `limit`, counted from `from`, which may be the later of the two.
    ///
    /// @param account whose conversations with others are among them; folded
    /// @param since when that account was made
    /// @param channels the channels that are, by their folded names
    List<Conversation> conversations(
            String account,
            Instant since,
            Collection<String> channels,
            Instant from,
            Instant to,
            int limit)
            throws IOException, InterruptedException;
}
