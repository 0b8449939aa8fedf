package chat.parley.client.model;

import chat.parley.protocol.Message;

/// A message from the daemon out of whatever batches it came in.
///
/// @param message with the label of the batch it came in, if that had one
/// @param text the second parameter, or all lines of a message that has several
record Heard(Message message, String text) {

    static Heard of(Message message) {
        return new Heard(message, message.param(1));
    }

    String id() {
        return message.tags().getOrDefault("msgid", "");
    }

    int weight() {
        var params = message.params().stream().mapToInt(String::length).sum();
        var tags = message.tags().values().stream().mapToInt(String::length).sum();
        return params + tags + text.length() + BatchBounds.MESSAGE;
    }
}
