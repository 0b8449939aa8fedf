package chat.parley.client.model;

import chat.parley.protocol.Message;

/// What an [Update] wants done.
public sealed interface Effect {

    record Send(Message message) implements Effect {}

    record Show(Line line) implements Effect {}

    /// Give the link a code to come back with.
    record Code(String code) implements Effect {

        @Override
        public String toString() {
            return "Code[hidden]";
        }
    }

    /// Say goodbye and end.
    record Leave(String reason) implements Effect {}

    /// End with this.
    record End(Ending ending) implements Effect {}
}
