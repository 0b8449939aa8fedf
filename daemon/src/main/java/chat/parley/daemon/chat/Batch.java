package chat.parley.daemon.chat;

import chat.parley.daemon.store.ChannelLog;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a channel settles in one go: first all of it is kept, by one append; then everybody hears
/// it, in one order.
///
/// Members that neither asked for anything nor came or went meanwhile share the same bytes for the
/// whole batch, encoded once for each set of capabilities. That is where the speed of a large
/// channel comes from. Belongs to the channel's thread.
final class Batch {

    /// One thing of the batch, at its place in the order.
    private sealed interface Step {

        /// @param keep what goes into the log first; null for what is heard only
        /// @param speaker who did it, and hears it through the answers; null if nobody asked
        /// @param always whether the speaker hears it even without echo-message
        /// @param last whether the speaker's request is done with this
        /// @param told who has heard it in another channel already; null if it is of this one only
        record Heard(
                Message message,
                Instant at,
                Map<String, String> clientTags,
                @Nullable Entry keep,
                Request.@Nullable Asker speaker,
                boolean always,
                boolean last,
                @Nullable Set<Recipient> told)
                implements Step {}

        /// Lines for one session alone; the last of its request.
        record Answered(Recipient who, Answers answers, List<Message> lines) implements Step {}

        /// A [Heard] that was kept.
        record Sounding(Event event, Heard heard) implements Step {}
    }

    private final List<Step> steps = new ArrayList<>();
    private final Set<Recipient> involved = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean filtered; // some step is not for everybody

    /// The place of the step that comes next.
    int next() {
        return steps.size();
    }

    /// Something that is kept before it is heard.
    void keep(
            Message message,
            Entry entry,
            Map<String, String> clientTags,
            Request.Asker speaker,
            boolean always) {
        steps.add(
                new Step.Heard(
                        message, entry.at(), clientTags, entry, speaker, always, true, null));
        involved.add(speaker.session());
    }

    /// Something that is heard only; the speaker hears it through the answers, and more comes.
    void hear(Message message, Instant at, Request.Asker speaker, boolean last) {
        steps.add(new Step.Heard(message, at, Map.of(), null, speaker, true, last, null));
        involved.add(speaker.session());
    }

    /// Tags only: heard, not kept.
    void pass(Message message, Instant at, Map<String, String> tags, Request.Asker speaker) {
        steps.add(new Step.Heard(message, at, tags, null, speaker, false, true, null));
        involved.add(speaker.session());
        filtered = true;
    }

    /// Something that is heard once by everybody who has not heard it in another channel.
    void hearOnce(Message message, Instant at, Set<Recipient> told) {
        steps.add(new Step.Heard(message, at, Map.of(), null, null, false, true, told));
        filtered = true;
    }

    /// Lines for one session alone.
    void answer(Recipient who, Answers answers, List<Message> lines) {
        steps.add(new Step.Answered(who, answers, lines));
        involved.add(who);
    }

    /// Keeps what is to be kept. What could not be kept becomes a refusal to its speaker, and
    /// nobody else hears of it. Whether all was kept.
    boolean keepAll(ChannelLog log, Server server) throws InterruptedException {
        var entries = new ArrayList<Entry>();
        for (var step : steps) {
            if (step instanceof Step.Heard heard && heard.keep() != null) {
                entries.add(heard.keep());
            }
        }
        try {
            var kept =
                    (entries.isEmpty() ? List.<ChannelLog.Kept>of() : log.append(entries))
                            .iterator();
            steps.replaceAll(step -> sounding(step, kept));
            return true;
        } catch (IOException _) { // the log has said why, once; here it is an answer
            steps.replaceAll(step -> refusedUnlessUnkept(step, server));
            return false;
        }
    }

    private static Step sounding(Step step, java.util.Iterator<ChannelLog.Kept> kept) {
        if (!(step instanceof Step.Heard heard)) {
            return step;
        }
        if (heard.keep() == null) {
            return new Step.Sounding(
                    new Event(heard.message(), heard.at(), "", heard.clientTags()), heard);
        }
        var record = kept.next();
        return new Step.Sounding(
                new Event(heard.message(), record.entry().at(), record.id(), heard.clientTags()),
                heard);
    }

    private static Step refusedUnlessUnkept(Step step, Server server) {
        if (!(step instanceof Step.Heard heard)) {
            return step;
        }
        var speaker = heard.speaker();
        if (heard.keep() == null || speaker == null) {
            return new Step.Sounding(
                    new Event(heard.message(), heard.at(), "", heard.clientTags()), heard);
        }
        return new Step.Answered(
                speaker.session(), speaker.answers(), List.of(notStored(server, heard.message())));
    }

    static Message notStored(Server server, Message message) {
        return server.fail(
                message.command(),
                "NOT_STORED",
                message.param(0),
                "Your message could not be stored, and nobody has seen it. Try again later");
    }

    /// Delivers everything, to each seat from where it came in to where it left.
    void deliver(Collection<Seat> seats) {
        if (steps.isEmpty()) {
            return;
        }
        var shared = new HashMap<Capabilities, byte[]>(4);
        for (var seat : seats) {
            if (filtered || !seat.isWhole() || involved.contains(seat.who())) {
                for (var i = seat.since(); i < Math.min(seat.until(), steps.size()); i++) {
                    deliver(steps.get(i), seat.who());
                }
                involved.remove(seat.who());
            } else {
                var bytes = shared.computeIfAbsent(seat.who().capabilities(), this::together);
                if (bytes.length > 0) {
                    seat.who().deliver(bytes);
                }
            }
        }
        for (var stranger : involved) { // asked, and has no seat
            steps.forEach(step -> answer(step, stranger));
        }
    }

    private byte[] together(Capabilities capabilities) {
        var bytes = new ByteArrayOutputStream(256 * steps.size());
        for (var step : steps) {
            if (step instanceof Step.Sounding(var event, _)) {
                bytes.writeBytes(event.encodedFor(capabilities));
            }
        }
        return bytes.toByteArray();
    }

    private static void deliver(Step step, Recipient who) {
        if (step instanceof Step.Sounding(var event, var heard)
                && (heard.speaker() == null || !heard.speaker().session().equals(who))) {
            if (heard.told() != null && !heard.told().add(who)) {
                return;
            }
            if (heard.message().command().equals("TAGMSG")
                    && !who.capabilities().has(Capability.MESSAGE_TAGS)) {
                return;
            }
            who.deliver(event.encodedFor(who.capabilities()));
        } else {
            answer(step, who);
        }
    }

    /// What a step says to the one who asked for it.
    private static void answer(Step step, Recipient who) {
        switch (step) {
            case Step.Answered(var asker, var answers, var lines) when asker.equals(who) -> {
                lines.forEach(answers::line);
                answers.done();
            }
            case Step.Sounding(var event, var heard)
                    when heard.speaker() != null && heard.speaker().session().equals(who) -> {
                if (heard.always() || who.capabilities().has(Capability.ECHO_MESSAGE)) {
                    heard.speaker().answers().event(event);
                }
                if (heard.last()) {
                    heard.speaker().answers().done();
                }
            }
            case Step.Answered _, Step.Sounding _, Step.Heard _ -> {}
        }
    }
}
