package chat.parley.daemon.chat;

import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessagePrinter;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that happened, as everybody may hear it. Encoded once for each set of capabilities,
/// whoever the receivers are.
///
/// Belongs to one thread at a time, as it remembers its encodings.
public final class Event {

    /// How it reads for receivers with these capabilities; no messages for those it is not for.
    @FunctionalInterface
    public interface Wording {
        List<Message> with(Capabilities capabilities);
    }

    /// The same with its tags: most have all of them on each message.
    @FunctionalInterface
    private interface Tagged {
        List<Message> with(Capabilities capabilities, SequencedMap<String, String> tags, String id);

        static Tagged each(Wording wording) {
            return (capabilities, tags, _) ->
                    wording.with(capabilities).stream()
                            .map(message -> message.withTags(tags))
                            .toList();
        }
    }

    /// Who did it.
    ///
    /// @param account the account; empty for the server itself
    /// @param bot whether it marks itself as a bot
    /// @param operator whether it is an operator of the server at the moment
    public record Actor(String account, boolean bot, boolean operator) {

        public static final Actor SERVER = past("");

        /// Who did it once, whatever it was then.
        static Actor past(String account) {
            return new Actor(account, false, false);
        }
    }

    /// The capabilities that add tags to every event.
    private static final Capabilities TAGGING =
            Capabilities.of(
                    Capability.MESSAGE_TAGS,
                    Capability.SERVER_TIME,
                    Capability.ACCOUNT_TAG,
                    Capability.OPER_TAG);

    private final Capabilities visible;
    private final Tagged wording;
    private final @Nullable Message same; // what all hear, where it is the same for all
    private final Actor actor;
    private final Instant at;
    private final String id;
    private final Map<String, String> clientTags;
    private final Map<Capabilities, byte[]> encodings = HashMap.newHashMap(2);

    private Event(
            Capabilities depends,
            Tagged wording,
            @Nullable Message same,
            Actor actor,
            Instant at,
            String id,
            Map<String, String> clientTags) {
        this.visible = new Capabilities(TAGGING.bits() | depends.bits());
        this.wording = wording;
        this.same = same;
        this.actor = actor;
        this.at = at;
        this.id = id;
        this.clientTags = clientTags;
    }

    /// One message, the same for all.
    public static Event of(Message message, Actor actor, Instant at) {
        Tagged wording = (_, tags, _) -> List.of(message.withTags(tags));
        return new Event(Capabilities.NONE, wording, message, actor, at, "", Map.of());
    }

    /// Something said: one message, or several lines (IRCv3 multiline).
    ///
    /// @param text as [Lines] has it
    static Event said(
            String source, String command, String target, String text, Actor actor, Instant at) {
        if (!Lines.areIn(text)) {
            return of(Message.from(source, command, target, text), actor, at);
        }
        var several = new Multiline(source, command, target, Lines.of(text));
        return new Event(Multiline.DEPENDS, several::with, null, actor, at, "", Map.of());
    }

    /// Messages that depend on what the receiver has negotiated.
    ///
    /// @param depends what they depend on
    public static Event of(Capabilities depends, Wording wording, Actor actor, Instant at) {
        return new Event(depends, Tagged.each(wording), null, actor, at, "", Map.of());
    }

    /// For receivers with this capability only.
    public static Event onlyWith(Capability needed, Message message, Actor actor, Instant at) {
        Wording wording = receiver -> receiver.has(needed) ? List.of(message) : List.of();
        return of(Capabilities.of(needed), wording, actor, at);
    }

    /// The same event with the client-only tags of the one who did it.
    Event withTags(Map<String, String> tags) {
        return new Event(visible, wording, same, actor, at, id, tags);
    }

    /// The same event once it is kept.
    ///
    /// @param id the msgid
    Event kept(String id) {
        return new Event(visible, wording, same, actor, at, id, clientTags);
    }

    /// What everybody hears, if it is one message and the same for all.
    @Nullable Message same() {
        return same;
    }

    Actor actor() {
        return actor;
    }

    /// The same event with a msgid of its own, though nobody keeps it: a client tells messages
    /// apart by it (IRCv3 message-ids). The dot in front is in no msgid of what is kept.
    Event passing() {
        return kept("." + UUID.randomUUID().toString().replace("-", ""));
    }

    /// The lines for receivers with these capabilities; empty if it is not for them. The array is
    /// shared: nobody writes to it.
    public byte[] encodedFor(Capabilities capabilities) {
        return encodings.computeIfAbsent(capabilities.and(visible), this::encode);
    }

    private byte[] encode(Capabilities capabilities) {
        var messages = taggedFor(capabilities, Map.of());
        if (messages.size() == 1) {
            return MessagePrinter.bytes(messages.getFirst());
        }
        var bytes = new ByteArrayOutputStream(128 * messages.size());
        messages.forEach(message -> bytes.writeBytes(MessagePrinter.bytes(message)));
        return bytes.toByteArray();
    }

    /// The messages for one receiver, with more tags in front: a label or a batch.
    public List<Message> taggedFor(Capabilities capabilities, Map<String, String> first) {
        var tags = new LinkedHashMap<>(first);
        if (capabilities.has(Capability.SERVER_TIME)) {
            tags.put("time", timeTag(at));
        }
        if (capabilities.has(Capability.MESSAGE_TAGS)) {
            if (!id.isEmpty()) {
                tags.put("msgid", id);
            }
            if (actor.bot()) {
                tags.put("bot", ""); // IRCv3 bot-mode, "The bot tag"
            }
            tags.putAll(clientTags);
        }
        if (capabilities.has(Capability.ACCOUNT_TAG) && !actor.account().isEmpty()) {
            tags.put("account", actor.account());
        }
        if (capabilities.has(Capability.OPER_TAG) && actor.operator()) {
            tags.put("draft/oper", ""); // which account has the role is not said (IRCv3 oper-tag)
        }
        return wording.with(capabilities, tags, id);
    }

    /// Whether these messages of one event are a batch, and so one thing.
    public static boolean isBatch(List<Message> messages) {
        return !messages.isEmpty() && messages.getFirst().command().equals("BATCH");
    }

    /// IRCv3 server-time: `YYYY-MM-DDThh:mm:ss.sssZ`, always with milliseconds.
    public static String timeTag(Instant at) {
        var time = at.truncatedTo(ChronoUnit.MILLIS).toString();
        return time.length() == 24 ? time : time.substring(0, time.length() - 1) + ".000Z";
    }
}
