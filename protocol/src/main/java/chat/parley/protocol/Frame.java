package chat.parley.protocol;

/// What came off the wire when the reader asked for one line.
public sealed interface Frame {

    /// A complete line, without its line ending.
    record Line(String text) implements Frame {}

    /// A complete line that carries a secret. Its parameters are never a `String`; whoever gets
    /// them wipes them by closing the frame.
    ///
    /// @param head tags, source and command, as they stand before the parameters
    /// @param command the command in upper case
    /// @param params all that follows the command and its space
    record Sensitive(String head, String command, Secret params) implements Frame, AutoCloseable {

        /// Overwrites the parameters.
        @Override
        public void close() {
            params.close();
        }

        @Override
        public String toString() {
            return "Sensitive[" + command + "]";
        }
    }

    /// A line longer than the limit. It was skipped to its end; the stream is still in step.
    record Oversized(int limitBytes) implements Frame {}

    /// A line so much longer than the limit that its end was not waited for. The stream is not in
    /// step any more: the connection must end.
    record Endless(int limitBytes) implements Frame {}

    /// A line that is not UTF-8. It was skipped to its end.
    ///
    /// @param head tags, source and command; empty if they are not UTF-8 either
    record NotUtf8(String head) implements Frame {}

    /// The peer closed its side.
    record End() implements Frame {}
}
