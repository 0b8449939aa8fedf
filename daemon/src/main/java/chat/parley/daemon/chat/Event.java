package chat.parley.daemon.chat;

import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessagePrinter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Something that happened, as everybody may hear it. Encoded once for each set of capabilities,
/// whoever the receivers are.
///
/// Belongs to one thread at a time, as it remembers its encodings.
public final class Event {

    /// The capabilities that change how an event is written.
    private static final Capabilities VISIBLE =
            Capabilities.of(Capability.MESSAGE_TAGS, Capability.SERVER_TIME);

    private final Message message;
    private final Instant at;
    private final String id;
    private final Map<String, String> clientTags;
    private final Map<Capabilities, byte[]> encodings = HashMap.newHashMap(2);

    /// @param id the msgid; empty for what has none
    /// @param clientTags the client-only tags of the speaker
    Event(Message message, Instant at, String id, Map<String, String> clientTags) {
        this.message = message;
        this.at = at;
        this.id = id;
        this.clientTags = clientTags;
    }

    /// Something that is heard but not kept: it has a time and no msgid.
    public static Event unkept(Message message, Instant at) {
        return new Event(message, at, "", Map.of());
    }

    public Message message() {
        return message;
    }

    /// The line for receivers with these capabilities. The array is shared: nobody writes to it.
    public byte[] encodedFor(Capabilities capabilities) {
        return encodings.computeIfAbsent(
                capabilities.and(VISIBLE),
                seen -> MessagePrinter.bytes(tagged(seen, new LinkedHashMap<>())));
    }

    /// The message with one more tag in front, for one receiver: a label or a batch.
    public Message taggedFor(Capabilities capabilities, Map<String, String> first) {
        return tagged(capabilities.and(VISIBLE), new LinkedHashMap<>(first));
    }

    private Message tagged(Capabilities seen, SequencedMap<String, String> tags) {
        if (seen.has(Capability.SERVER_TIME)) {
            // IRCv3 server-time: YYYY-MM-DDThh:mm:ss.sssZ, always with milliseconds.
            var time = at.truncatedTo(ChronoUnit.MILLIS).toString();
            tags.put("time", time.length() == 24 ? time : withMillis(time));
        }
        if (seen.has(Capability.MESSAGE_TAGS)) {
            if (!id.isEmpty()) {
                tags.put("msgid", id);
            }
            tags.putAll(clientTags);
        }
        return new Message(tags, message.source(), message.command(), message.params());
    }

    private static String withMillis(String time) {
        return time.substring(0, time.length() - 1) + ".000Z";
    }
}
