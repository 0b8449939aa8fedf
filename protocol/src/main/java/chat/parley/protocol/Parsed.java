package chat.parley.protocol;

/// What [MessageParser] makes of a line: a message, or the reason why it is none.
public sealed interface Parsed {

    record Good(Message message) implements Parsed {}

    /// A peer's mistake, as a value.
    enum Fault implements Parsed {
        /// Nothing but spaces. RFC 1459 2.3.1: "Empty messages are silently ignored".
        EMPTY("an empty line"),
        NO_COMMAND("a line without a command"),
        /// A command is visible ASCII.
        BAD_COMMAND("a command of other characters than visible ASCII, or one begun with : or @"),
        /// CR or NUL inside the line; relaying a CR once let people speak as the server.
        FORBIDDEN_CHARACTER("a carriage return or NUL inside the line");

        private final String what;

        Fault(String what) {
            this.what = what;
        }

        /// A few words for the peer.
        public String what() {
            return what;
        }
    }
}
