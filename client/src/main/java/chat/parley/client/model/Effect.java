package chat.parley.client.model;

import chat.parley.protocol.Message;

/// What an [Update] wants done.
public sealed interface Effect {

    record Send(Message message) implements Effect {}

    /// Show a line in the linear stream. A view of the whole [Model] shows backlogs instead, and of
    /// these only the [Line.Note]s and [Line.Trouble]s.
    record Show(Line line) implements Effect {}

    /// Tell the person, who may look elsewhere, that somebody wants it: a bell, a notification.
    ///
    /// @param place the channel; for a direct message who sent it
    /// @param isDirect whether it was said to the person alone
    record Tell(String place, String who, String text, boolean isDirect) implements Effect {}

    /// Give the link a code to come back with.
    record Code(String code) implements Effect {

        @Override
        public String toString() {
            return "Code[hidden]";
        }
    }

    /// Show how the connection is secured.
    record Tls() implements Effect {}

    /// The link is no good: dial at once, whatever it waits for.
    record Reconnect() implements Effect {}

    /// Say goodbye and end.
    record Leave(String reason) implements Effect {}

    /// End with this.
    record End(Ending ending) implements Effect {}
}
