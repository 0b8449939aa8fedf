package chat.parley.daemon.chat;

import chat.parley.protocol.Message;
import chat.parley.protocol.MessagePrinter;

/// Where the answers to one command go. Used by one thread at a time: by the session's reader, and
/// by a channel's thread from the moment the request is in its inbox until it is settled.
public interface Answers {

    /// An answer for the one who asked.
    void line(Message message);

    /// The asker's own copy of what others hear.
    void event(Event event);

    /// Nothing more comes from whom the answers were given to; all of it is queued now.
    void done();

    /// Answers without a label, for a session that did not ask.
    static Answers plainly(Recipient recipient) {
        return new Answers() {
            @Override
            public void line(Message message) {
                recipient.deliver(MessagePrinter.bytes(message));
            }

            @Override
            public void event(Event event) {
                recipient.deliver(event.encodedFor(recipient.capabilities()));
            }

            @Override
            public void done() {}
        };
    }
}
