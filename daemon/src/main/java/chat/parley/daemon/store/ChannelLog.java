package chat.parley.daemon.store;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// What was said, in order: the truth of which everything heard is a copy.
///
/// Each stream (a channel, or the conversation of two accounts) numbers its entries from 1 upwards.
/// A number is an order and not a count: old entries go (`history.keep`), and after a restore the
/// numbers go on from the clock. None is given twice. May be called by any thread; each call waits
/// for the log's own thread.
public interface ChannelLog extends AutoCloseable {

    /// The command of an entry that takes another of its stream back. Its text is that one's msgid
    /// and, after a space, why.
    String REDACT = "REDACT";

    /// Where an entry belongs.
    sealed interface Stream {

        /// A channel, by its folded name (CASEMAPPING ascii, NFC).
        record OfChannel(String folded) implements Stream {}

        /// The conversation of two accounts, by their folded names, the smaller first.
        record OfPair(String first, String second) implements Stream {

            public static OfPair of(String one, String other) {
                return one.compareTo(other) <= 0 ? new OfPair(one, other) : new OfPair(other, one);
            }
        }
    }

    /// What is to be kept.
    ///
    /// @param account who said it, as the account's name is written
    /// @param source `nick!user@host` as others see the speaker
    /// @param command PRIVMSG, NOTICE, TAGMSG, TOPIC, JOIN …
    /// @param target the channel or nick as it was addressed
    /// @param text the last parameter; empty for commands without one. Of a message of several
    ///   lines LF stands before each further line, or CR before one that goes on where the last one
    ///   ended
    /// @param clientTags the client-only tags (`+…`), and `bot`, as they stand on the wire, without
    ///   `@`; or empty
    /// @param once a key that its account gives to nothing else in this stream, so that it is kept
    ///   once however often it is said; or empty
    record Entry(
            Stream stream,
            Instant at,
            String account,
            String source,
            String command,
            String target,
            String text,
            String clientTags,
            String once) {

        /// What is read back is what was kept: the time is a number of milliseconds.
        public Entry {
            at = at.truncatedTo(ChronoUnit.MILLIS);
        }

        /// Without a key.
        public Entry(
                Stream stream,
                Instant at,
                String account,
                String source,
                String command,
                String target,
                String text,
                String clientTags) {
            this(stream, at, account, source, command, target, text, clientTags, "");
        }

        /// The same with another text.
        public Entry saying(String other) {
            return new Entry(stream, at, account, source, command, target, other, clientTags, once);
        }

        /// The same with a key.
        public Entry once(String key) {
            return new Entry(stream, at, account, source, command, target, text, clientTags, key);
        }
    }

    /// An entry as it was kept. `id` is what clients know as the msgid: short, unique in this
    /// database and never used again.
    ///
    /// @param again whether it was there already, by its key; then it is as it was kept at first
    record Kept(long sequence, String id, Entry entry, boolean again) {

        public Kept(long sequence, String id, Entry entry) {
            this(sequence, id, entry, false);
        }
    }

    /// Keeps the entries, all or none, in this order; returns once they are durable. What many
    /// threads append at the same time is committed together. The result stands in the order of the
    /// argument.
    ///
    /// An entry with a key that its account has used in this stream is not kept again: the result
    /// has the one that is there.
    ///
    /// An entry with the command [#REDACT] also erases the one that its text names first, for good;
    /// that one's place stays, and nobody is shown it.
    ///
    /// @throws IOException if they could not be kept; then none was
    List<Kept> append(List<Entry> entries) throws IOException, InterruptedException;

    /// At most `limit` entries of the stream whose sequence number is above `after`, oldest first.
    List<Kept> read(Stream stream, long after, int limit) throws IOException, InterruptedException;

    /// The newest entry's sequence number; empty for a stream without entries.
    Optional<Long> newest(Stream stream) throws IOException, InterruptedException;

    /// The newest entry of the stream with this command: a channel's newest TOPIC is its topic.
    Optional<Kept> newest(Stream stream, String command) throws IOException, InterruptedException;

    /// The entry with this msgid, if it is in the stream and was not taken back.
    Optional<Kept> find(Stream stream, String msgid) throws IOException, InterruptedException;

    /// Finishes what was asked for and closes the log; afterwards it refuses.
    @Override
    void close();
}
