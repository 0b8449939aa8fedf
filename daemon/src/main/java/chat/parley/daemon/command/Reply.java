package chat.parley.daemon.command;

import chat.parley.daemon.chat.Answers;
import chat.parley.daemon.chat.Event;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessagePrinter;
import chat.parley.protocol.Numeric;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answers to one command, gathered and queued together; labelled if the command was (IRCv3
/// labeled-response): none becomes ACK, one carries the label, several stand in a batch. A batch is
/// one: the line that opens it carries the label.
///
/// Used by one thread at a time: the session's reader, and a channel's thread while it settles the
/// command's request.
final class Reply implements Answers {

    private static final int ENOUGH = 8 * 1024; // bytes to queue at once

    private final Talker talker;
    private final Server server;
    private final @Nullable String label;
    private final String batch;

    /// Of a labelled command, until it is clear how many; what belongs together is one.
    private final List<List<Message>> held = new ArrayList<>(2);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private boolean batchOpen;
    private boolean labelUsed; // by a batch that is the whole answer so far
    private int batches; // inside the answer
    private boolean handedOver;

    /// @param batch the reference of a batch, should one be needed; unique in the session
    Reply(Talker talker, Server server, @Nullable String label, String batch) {
        this.talker = talker;
        this.server = server;
        this.label = label;
        this.batch = batch;
    }

    @Override
    public void line(Message message) {
        if (label == null) {
            add(MessagePrinter.bytes(message));
        } else {
            hold(message);
        }
    }

    @Override
    public void event(Event event) {
        if (label == null) {
            add(event.encodedFor(talker.capabilities()));
        } else {
            var messages = event.taggedFor(talker.capabilities(), Map.of());
            if (Event.isBatch(messages)) {
                hold(messages);
            } else {
                messages.forEach(this::hold);
            }
        }
    }

    /// Events that belong together (IRCv3 batch). Without the capability they come one by one.
    ///
    /// @param opening what follows the reference: the type and its parameters
    void batch(List<String> opening, List<Event> events) {
        var reference = batch + "-" + ++batches;
        var batching = talker.capabilities().has(Capability.BATCH);
        var params = new ArrayList<>(List.of("+" + reference));
        params.addAll(opening);
        if (batching) {
            open(Message.from(server.name(), "BATCH", params));
        }
        var first = batching ? Map.of("batch", reference) : Map.<String, String>of();
        events.forEach(event -> event.taggedFor(talker.capabilities(), first).forEach(this::inner));
        if (batching) {
            inner(Message.from(server.name(), "BATCH", "-" + reference));
        }
    }

    /// What the server supports, in a batch where it must be in one.
    void batch(Isupport isupport) {
        var capabilities = talker.capabilities();
        var lines = isupport.lines(talker.nick(), capabilities, batch + "." + ++batches);
        if (Isupport.isBatched(capabilities)) {
            open(lines.getFirst());
            lines.stream().skip(1).forEach(this::inner);
        } else {
            lines.forEach(this::line);
        }
    }

    /// A batch that is the whole answer, if there is room for all of it now.
    ///
    /// @param opening what follows the reference: the type and its parameters
    /// @return false if there is not, and nothing was queued
    boolean batchIfRoom(List<String> opening, List<Message> lines) {
        var params = new ArrayList<>(List.of("+" + batch));
        params.addAll(opening);
        var begin = Message.from(server.name(), "BATCH", params);
        var all = new ByteArrayOutputStream(128 * (lines.size() + 2));
        all.writeBytes(MessagePrinter.bytes(label == null ? begin : labelled(begin)));
        lines.forEach(each -> all.writeBytes(MessagePrinter.bytes(each.withTag("batch", batch))));
        all.writeBytes(MessagePrinter.bytes(Message.from(server.name(), "BATCH", "-" + batch)));
        handedOver |= talker.deliverIfRoom(all.toByteArray());
        return handedOver;
    }

    /// A batch that is all of the answer carries the label itself (IRCv3 labeled-response, "Batched
    /// responses").
    private void open(Message opening) {
        if (label != null && held.isEmpty() && !batchOpen && !labelUsed) {
            labelUsed = true;
            add(MessagePrinter.bytes(labelled(opening)));
        } else {
            inner(opening);
        }
    }

    private void inner(Message message) {
        if (label == null || labelUsed) {
            add(MessagePrinter.bytes(message));
        } else {
            hold(message);
        }
    }

    /// A numeric reply.
    void numeric(Numeric numeric, String... params) {
        line(server.numeric(numeric, talker.nick(), params));
    }

    /// A standard reply.
    void fail(String command, String code, String... contextAndText) {
        line(server.fail(command, code, contextAndText));
    }

    /// The whole reply, for a request that is the last thing the command does: whoever settles it
    /// finishes the reply, at the right place in the order.
    Answers handOver() {
        handedOver = true;
        return this;
    }

    boolean isHandedOver() {
        return handedOver;
    }

    /// The reply as one of several requests sees it: done with a part, it queues what there is, at
    /// the right place in the order, and the rest may follow.
    Answers part() {
        return new Answers() {
            @Override
            public void line(Message message) {
                Reply.this.line(message);
            }

            @Override
            public void event(Event event) {
                Reply.this.event(event);
            }

            @Override
            public void done() {
                if (!held.isEmpty()) {
                    openBatch();
                }
                flush();
            }
        };
    }

    @Override
    public void done() {
        if (label != null) {
            finishLabelled();
        }
        flush();
    }

    private void finishLabelled() {
        if (batchOpen) {
            add(MessagePrinter.bytes(Message.from(server.name(), "BATCH", "-" + batch)));
        } else if (held.isEmpty() && labelUsed) {
            return;
        } else if (held.isEmpty()) {
            add(MessagePrinter.bytes(labelled(Message.from(server.name(), "ACK"))));
        } else if (held.size() == 1 || !talker.capabilities().has(Capability.BATCH)) {
            var all = held.stream().flatMap(List::stream).toList();
            add(MessagePrinter.bytes(labelled(all.getFirst())));
            all.stream().skip(1).forEach(more -> add(MessagePrinter.bytes(more)));
        } else {
            openBatch();
            finishLabelled();
        }
    }

    private void hold(Message answer) {
        hold(List.of(answer));
    }

    /// @param answer one message, or a batch of them
    private void hold(List<Message> answer) {
        if (!batchOpen) {
            held.add(answer);
            return;
        }
        for (var message : answer) {
            var inside = message.tags().containsKey("batch");
            add(MessagePrinter.bytes(inside ? message : message.withTag("batch", batch)));
        }
    }

    private void openBatch() {
        if (batchOpen || !talker.capabilities().has(Capability.BATCH)) {
            return;
        }
        batchOpen = true;
        add(
                MessagePrinter.bytes(
                        labelled(
                                Message.from(
                                        server.name(), "BATCH", "+" + batch, "labeled-response"))));
        var waiting = List.copyOf(held);
        held.clear();
        waiting.forEach(this::hold);
    }

    private Message labelled(Message message) {
        var tags = new LinkedHashMap<String, String>();
        tags.put("label", label());
        tags.putAll(message.tags());
        return new Message(tags, message.source(), message.command(), message.params());
    }

    private String label() {
        return label == null ? "" : label;
    }

    private void add(byte[] line) {
        bytes.writeBytes(line);
        if (bytes.size() >= ENOUGH) {
            flush();
        }
    }

    private void flush() {
        if (bytes.size() > 0) {
            talker.deliver(bytes.toByteArray());
            bytes.reset();
        }
    }
}
