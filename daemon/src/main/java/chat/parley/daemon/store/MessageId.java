package chat.parley.daemon.store;

import java.util.Optional;

/// What clients know as the msgid: a stream and a number in it, short and never used again.
///
/// It can be guessed, so it opens nothing: whoever looks one up says in which stream, and has shown
/// before that it may read there.
record MessageId(long stream, long sequence) {

    /// What a client gave; empty if no message can have that id.
    static Optional<MessageId> of(String text) {
        var dash = text.indexOf('-');
        if (dash < 1 || text.length() > 2 * Long.SIZE) {
            return Optional.empty();
        }
        try {
            var id =
                    new MessageId(
                            Long.parseLong(text.substring(0, dash), Character.MAX_RADIX),
                            Long.parseLong(text.substring(dash + 1), Character.MAX_RADIX));
            return id.text().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    String text() {
        return Long.toString(stream, Character.MAX_RADIX)
                + "-"
                + Long.toString(sequence, Character.MAX_RADIX);
    }
}
