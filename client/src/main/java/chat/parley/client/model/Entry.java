package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;

/// One line of a conversation's [Backlog].
///
/// @param number by which the person names it (`/reply 17`); the same as long as the client runs
/// @param id the daemon's name for it (IRCv3 msgid); empty where it has none, or none yet
/// @param label of the person's own line while it is on its way; empty from then on
/// @param line a [Line.Said] or a [Line.Happened]
public record Entry(
        long number, String id, String label, Line line, State state, Reactions reactions) {

    /// How far an own line got; a line of somebody else is always stored.
    public enum State {
        /// The daemon has it.
        STORED,
        /// On its way, or waiting for the link.
        PENDING,
        /// The daemon refused it.
        FAILED,
        /// The link broke before the daemon said that it has it, and nobody can ask.
        UNSURE,
        /// It was said, and its text is gone (IRCv3 message-redaction).
        TAKEN_BACK
    }

    boolean isSaid() {
        return line instanceof Line.Said && state == State.STORED;
    }

    /// Whether it counts as new for who read up to a moment before it.
    boolean isUnread() {
        return isSaid() && line instanceof Line.Said said && !said.mine();
    }

    boolean isBy(String nick) {
        return line instanceof Line.Said said && CaseMapping.same(said.who(), nick);
    }

    boolean isMine() {
        return line instanceof Line.Said said && said.mine();
    }

    Entry with(State changed) {
        return new Entry(number, id, label, line, changed, reactions);
    }

    Entry with(Reactions changed) {
        return new Entry(number, id, label, line, state, changed);
    }

    /// Without a word of what was said.
    Entry takenBack() {
        return new Entry(
                number,
                id,
                "",
                line instanceof Line.Said said ? said.takenBack() : line,
                State.TAKEN_BACK,
                Reactions.none());
    }

    /// How many characters are kept.
    int weight() {
        var words =
                switch (line) {
                    case Line.Said said ->
                            said.text().length() + said.who().length() + said.quote().length();
                    case Line.Happened happened -> happened.text().length();
                    case Line.Note note -> note.text().length();
                    case Line.Trouble trouble -> trouble.text().length();
                };
        return words + id.length() + reactions.weight();
    }
}
