package chat.parley.client.model;

import chat.parley.protocol.Message;

/// What an [Update] wants done.
public sealed interface Effect {

    record Send(Message message) implements Effect {}

    record Show(Line line) implements Effect {}

    /// Say goodbye and end.
    record Leave(String reason) implements Effect {}

    /// End with this.
    record End(Ending ending) implements Effect {}
}
