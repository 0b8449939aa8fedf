package chat.parley.client.model;

import chat.parley.protocol.Message;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The batches that the daemon began and did not end, by their references.
///
/// How many, how long and how deep is the daemon's choice, so all three are bounded: one too many
/// is no batch, and one that is full is taken as it is. What comes for it afterwards stands alone.
record Batches(SequencedMap<String, Batch> open) {

    private static final Batches NONE = new Batches(new LinkedHashMap<>());

    Batches {
        open = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(open));
    }

    static Batches none() {
        return NONE;
    }

    /// What came out: single messages and batches that are whole (or full), in order.
    record Taken(Batches batches, List<Heard> heard, List<Batch> ended) {}

    Taken take(Message message) {
        var reference = message.tags().getOrDefault("batch", "");
        if (message.command().equals("BATCH")) {
            return message.param(0).startsWith("-")
                    ? ended(message.param(0).substring(1))
                    : begun(message, reference);
        }
        var batch = open.get(reference);
        if (reference.isEmpty() || batch == null) {
            return single(Heard.of(message));
        }
        return put(batch, Heard.of(labelled(message, batch)));
    }

    private Taken single(Heard heard) {
        return new Taken(this, List.of(heard), List.of());
    }

    private Taken nothing() {
        return new Taken(this, List.of(), List.of());
    }

    private Taken begun(Message message, String around) {
        if (!message.param(0).startsWith("+") || open.size() >= BatchBounds.OPEN) {
            return nothing();
        }
        var outer = open.get(around);
        var opening = outer == null ? message : labelled(message, outer);
        var batch = Batch.opened(opening, outer == null ? "" : around);
        return new Taken(with(batch), List.of(), List.of());
    }

    /// What stands in a labelled answer answers by that label.
    private static Message labelled(Message message, Batch batch) {
        return batch.label().isEmpty() || message.tags().containsKey("label")
                ? message
                : message.withTag("label", batch.label());
    }

    private Taken put(Batch batch, Heard one) {
        if (!batch.isCollected()) {
            return single(one);
        }
        var more = batch.plus(one);
        if (more.heard().size() < BatchBounds.LONGEST && more.weight() < BatchBounds.HEAVIEST) {
            return new Taken(with(more), List.of(), List.of());
        }
        if (batch.isMultiline()) {
            return without(batch.reference()).out(more);
        }
        // A long history is told in parts; the rest of it is still history.
        return new Taken(with(batch.emptied()), List.of(), List.of(more));
    }

    private Taken ended(String reference) {
        var batch = open.get(reference);
        return batch == null ? nothing() : without(reference).out(batch);
    }

    private Taken out(Batch batch) {
        if (!batch.isMultiline()) {
            return batch.isCollected() ? new Taken(this, List.of(), List.of(batch)) : nothing();
        }
        var joined = batch.joined();
        if (joined.isEmpty()) {
            return nothing();
        }
        var outer = open.get(batch.around());
        return outer == null ? single(joined.get()) : put(outer, joined.get());
    }

    private Batches with(Batch batch) {
        var more = new LinkedHashMap<>(open);
        more.put(batch.reference(), batch);
        return new Batches(more);
    }

    private Batches without(String reference) {
        var fewer = new LinkedHashMap<>(open);
        fewer.remove(reference);
        return new Batches(fewer);
    }
}
