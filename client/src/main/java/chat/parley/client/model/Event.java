package chat.parley.client.model;

import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// What can happen to the client. There is nothing else that changes a [Model].
public sealed interface Event {

    /// Logged in, for the first time or again.
    ///
    /// @param values what the daemon said of a capability when it offered it
    record Up(String nick, Set<Capability> capabilities, Map<Capability, String> values, Instant at)
            implements Event {

        public Up {
            capabilities = Set.copyOf(capabilities);
            values = Map.copyOf(values);
        }
    }

    /// The link broke; the next attempt comes by itself.
    record Down(String why, Duration retryIn) implements Event {}

    /// An attempt to come back failed; the next one comes by itself.
    record StillDown(String why, Duration retryIn) implements Event {}

    /// The link is down, and comes back when the person gives a new code.
    record CodeWanted(String why) implements Event {}

    /// The link will not come back.
    record Over(Ending ending) implements Event {}

    /// A message from the daemon, and when it arrived.
    record Received(Message message, Instant at) implements Event {}

    /// The person asked for something.
    record Typed(Act act, Instant at) implements Event {}

    /// The person is typing: the text that is not entered yet changed.
    ///
    /// @param text as it is now
    record Composed(String text, Instant at) implements Event {}

    /// The person looks: a key was touched, the window came to the front.
    record Looked(Instant at) implements Event {}

    /// The person is at the oldest line here, and wants to see what was before.
    record AtTop(Instant at) implements Event {}

    /// This machine has other addresses than before.
    record Moved(Instant at) implements Event {}

    /// Time went by.
    record Tick(Instant now) implements Event {}
}
