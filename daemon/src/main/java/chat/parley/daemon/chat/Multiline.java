package chat.parley.daemon.chat;

import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A message of several lines on the wire (IRCv3 multiline): a batch for those that know it, one
/// line after the other for the rest.
record Multiline(String source, String command, String target, List<Lines.Line> lines) {

    /// What the wording depends on.
    static final Capabilities DEPENDS = Capabilities.of(Capability.MULTILINE, Capability.BATCH);

    private static final String TYPE = "draft/multiline";

    /// @param tags of the whole message
    /// @param id the msgid, whether the tags have it or not
    List<Message> with(Capabilities receiver, SequencedMap<String, String> tags, String id) {
        return receiver.and(DEPENDS).equals(DEPENDS) ? batch(tags, id) : oneByOne(tags);
    }

    /// All tags stand on the line that opens the batch, and none of them inside. A batch inside
    /// another says so where it opens and where it closes (IRCv3 batch, "Nested batch").
    private List<Message> batch(SequencedMap<String, String> tags, String id) {
        var reference = "m" + id.replace(".", ""); // one msgid, one batch: unique in any session
        var around = tags.get("batch");
        var messages = new ArrayList<Message>(lines.size() + 2);
        var opening = Message.from(source, "BATCH", "+" + reference, TYPE, target);
        messages.add(opening.withTags(tags));
        for (var line : lines) {
            var inside = new LinkedHashMap<String, String>(4);
            inside.put("batch", reference);
            if (line.goesOn()) {
                inside.put("draft/multiline-concat", "");
            }
            messages.add(said(line).withTags(inside));
        }
        var closing = Message.from(source, "BATCH", "-" + reference);
        messages.add(around == null ? closing : closing.withTag("batch", around));
        return messages;
    }

    /// "Servers MUST NOT send blank lines to clients that have not negotiated the multiline
    /// capability"; the msgid is on the first that is sent, and only there ("Fallback", "Message
    /// ids").
    private List<Message> oneByOne(SequencedMap<String, String> tags) {
        var more = new LinkedHashMap<>(tags);
        more.remove("msgid");
        var messages = new ArrayList<Message>(lines.size());
        for (var line : lines) {
            if (!line.isBlank()) {
                messages.add(said(line).withTags(messages.isEmpty() ? tags : more));
            }
        }
        return messages;
    }

    private Message said(Lines.Line line) {
        return Message.from(source, command, target, line.text());
    }
}
