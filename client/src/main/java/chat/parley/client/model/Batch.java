package chat.parley.client.model;

import chat.parley.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Messages that belong together (IRCv3 batch), as far as they are here.
///
/// @param opening the BATCH that began it, with the label of the batch around it
/// @param around the reference of the batch around it; empty for none
record Batch(String reference, Message opening, String around, List<Heard> heard, int weight) {

    private static final String MULTILINE = "draft/multiline";
    private static final String CONCAT = "draft/multiline-concat";

    Batch {
        heard = List.copyOf(heard);
    }

    static Batch opened(Message opening, String around) {
        return new Batch(opening.param(0).substring(1), opening, around, List.of(), 0);
    }

    String type() {
        return opening.param(1);
    }

    /// The channel, or the other one, that it is about; empty where its type has none.
    String target() {
        return opening.param(2);
    }

    String label() {
        return opening.tags().getOrDefault("label", "");
    }

    /// Whether its messages mean something only together.
    boolean isCollected() {
        return isMultiline()
                || type().equals("chathistory")
                || type().equals("draft/chathistory-targets")
                || type().equals("soju.im/search");
    }

    boolean isMultiline() {
        return type().equals(MULTILINE);
    }

    Batch plus(Heard one) {
        var more = new ArrayList<>(heard);
        more.add(one);
        return new Batch(reference, opening, around, more, weight + one.weight());
    }

    Batch emptied() {
        return new Batch(reference, opening, around, List.of(), 0);
    }

    /// The lines of one message as one: IRCv3 multiline. Tags stand on what opened it.
    Optional<Heard> joined() {
        if (heard.isEmpty()) {
            return Optional.empty();
        }
        var text = new StringBuilder();
        for (var line : heard) {
            if (!text.isEmpty() && !line.message().tags().containsKey(CONCAT)) {
                text.append('\n');
            }
            text.append(line.text());
        }
        var first = heard.getFirst().message();
        return Optional.of(new Heard(first.withTags(opening.tags()), text.toString()));
    }
}
