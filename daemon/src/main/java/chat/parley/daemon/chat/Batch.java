package chat.parley.daemon.chat;

import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
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
        /// @param firm whether nobody hears it if it cannot be kept
        /// @param speaker who did it, and hears it through the answers; null if nobody asked
        /// @param always whether the speaker hears it even without echo-message
        /// @param last whether the speaker's request is done with this
        /// @param only who of the others hears it; null for all
        record Heard(
                Event event,
                @Nullable Entry keep,
                boolean firm,
                Request.@Nullable Asker speaker,
                boolean always,
                boolean last,
                @Nullable Predicate<Seat> only)
                implements Step {

            Heard kept(String id) {
                return new Heard(event.kept(id), null, false, speaker, always, last, only);
            }

            /// What its speaker hears, and nobody else: it was said before.
            Heard again(Event before) {
                return new Heard(before, null, false, speaker, always, last, _ -> false);
            }

            Heard unkept() {
                return new Heard(event, null, false, speaker, always, last, only);
            }
        }

        /// What each session is told for itself.
        record Told(Personal personal) implements Step {}

        /// Lines for one session alone; the last of its request.
        record Answered(Recipient who, Answers answers, List<Message> lines) implements Step {}
    }

    /// How entries are kept.
    interface Keeping {
        List<Kept> keep(List<Entry> entries) throws IOException, InterruptedException;
    }

    /// What one session is told, at its place in the order; false if the session is over.
    @FunctionalInterface
    interface Personal {
        boolean to(Seat seat);
    }

    private final List<Step> steps = new ArrayList<>();
    private final Set<Recipient> involved = Collections.newSetFromMap(new IdentityHashMap<>());
    private final BitSet keeping = new BitSet(); // which steps go into the log
    private boolean filtered; // some step is not for everybody

    /// The place of the step that comes next.
    int next() {
        return steps.size();
    }

    /// Something that is kept before it is heard.
    ///
    /// @param always whether the speaker hears it even without echo-message
    void keep(Event event, Entry entry, Request.Asker speaker, boolean always) {
        add(new Step.Heard(event, entry, true, speaker, always, true, null));
    }

    /// Something that is heard only, as a message is.
    ///
    /// @param only who of the others hears it; null for all
    void pass(Event event, Request.Asker speaker, @Nullable Predicate<Seat> only) {
        add(new Step.Heard(event, null, false, speaker, false, true, only));
    }

    /// Something that is so, kept or not: it is heard by all, and the speaker hears it through the
    /// answers.
    ///
    /// @param last whether that is all the speaker is told
    /// @param only who of the others hears it; null for all
    void hear(
            Event event,
            Entry entry,
            Request.Asker speaker,
            boolean last,
            @Nullable Predicate<Seat> only) {
        add(new Step.Heard(event, entry, false, speaker, true, last, only));
    }

    /// Something that is so, kept or not, and is heard once by everybody who has not heard it in
    /// another channel.
    ///
    /// @param entry what goes into the log; null for what is heard only
    /// @param only who hears it here; null for all
    void hearOnce(
            Event event,
            @Nullable Entry entry,
            Set<Recipient> told,
            @Nullable Predicate<Seat> only) {
        Predicate<Seat> once = seat -> (only == null || only.test(seat)) && told.add(seat.who());
        add(new Step.Heard(event, entry, false, null, false, true, once));
    }

    /// Something that each seat is told for itself.
    void tell(Personal personal) {
        steps.add(new Step.Told(personal));
        filtered = true;
    }

    /// Whether there is anything in it that is not for one session alone.
    boolean isHeard() {
        return !steps.stream().allMatch(Step.Answered.class::isInstance);
    }

    /// How many of the steps before this one go into the log.
    int keptBefore(int step) {
        return keeping.get(0, Math.min(step, steps.size())).cardinality();
    }

    private void add(Step.Heard heard) {
        if (heard.keep() != null) {
            keeping.set(steps.size());
        }
        steps.add(heard);
        filtered |= heard.only() != null;
        if (heard.speaker() != null) {
            involved.add(heard.speaker().session());
        }
    }

    /// Lines for one session alone.
    void answer(Recipient who, Answers answers, List<Message> lines) {
        steps.add(new Step.Answered(who, answers, lines));
        involved.add(who);
    }

    /// Lines for the one who asked; the request is done with them.
    void answer(Request.Asker asker, List<Message> lines) {
        answer(asker.session(), asker.answers(), lines);
    }

    void answer(Request.Asker asker, Message line) {
        answer(asker, List.of(line));
    }

    /// Keeps what is to be kept. What was said and could not be kept becomes a refusal to its
    /// speaker, and nobody else hears of it; who came and went is heard all the same. Whether all
    /// was kept.
    boolean keepAll(Keeping keeping, Server server) throws InterruptedException {
        var entries = new ArrayList<Entry>();
        for (var step : steps) {
            if (step instanceof Step.Heard heard && heard.keep() != null) {
                entries.add(heard.keep());
            }
        }
        if (entries.isEmpty()) {
            return true;
        }
        try {
            var kept = keeping.keep(entries).iterator();
            for (var i = 0; i < steps.size(); i++) {
                if (steps.get(i) instanceof Step.Heard heard && heard.keep() != null) {
                    steps.set(i, kept(heard, heard.keep(), kept.next(), i, server));
                }
            }
            return true;
        } catch (IOException _) { // the log has said why, once; here it is an answer
            steps.replaceAll(step -> refused(step, server));
            this.keeping.clear(); // or who came with this batch would be taken to have heard it
            return false;
        }
    }

    private Step kept(Step.Heard heard, Entry now, Kept kept, int place, Server server) {
        if (!kept.again()) {
            return heard.kept(kept.id());
        }
        keeping.clear(place);
        filtered = true;
        var speaker = heard.speaker();
        return speaker == null || Remembered.isTheSame(kept, now)
                ? heard.again(Remembered.event(kept))
                : new Step.Answered(
                        speaker.session(), speaker.answers(), List.of(server.onceUsed(now)));
    }

    private static Step refused(Step step, Server server) {
        if (!(step instanceof Step.Heard heard) || heard.keep() == null) {
            return step;
        }
        var speaker = heard.speaker();
        if (!heard.firm() || speaker == null) {
            return heard.unkept();
        }
        var refusal = server.notStored(heard.keep().command(), heard.keep().target());
        return new Step.Answered(speaker.session(), speaker.answers(), List.of(refusal));
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
                    deliver(steps.get(i), seat);
                }
                involved.remove(seat.who());
            } else {
                deliver(shared.computeIfAbsent(seat.who().capabilities(), this::together), seat);
            }
        }
        for (var stranger : involved) { // asked, and has no seat
            steps.forEach(step -> answer(step, stranger));
        }
    }

    private byte[] together(Capabilities capabilities) {
        var bytes = new ByteArrayOutputStream(256 * steps.size());
        for (var step : steps) {
            if (step instanceof Step.Heard heard) {
                bytes.writeBytes(heard.event().encodedFor(capabilities));
            }
        }
        return bytes.toByteArray();
    }

    private static void deliver(Step step, Seat seat) {
        if (step instanceof Step.Told(var personal)) {
            if (!personal.to(seat)) {
                seat.lose();
            }
        } else if (step instanceof Step.Heard heard
                && (heard.speaker() == null || !heard.speaker().session().equals(seat.who()))) {
            if (heard.only() == null || heard.only().test(seat)) {
                deliver(heard.event().encodedFor(seat.who().capabilities()), seat);
            }
        } else {
            answer(step, seat.who());
        }
    }

    private static void deliver(byte[] lines, Seat seat) {
        if (lines.length > 0 && !seat.who().deliver(lines)) {
            seat.lose();
        }
    }

    /// What a step says to the one who asked for it.
    private static void answer(Step step, Recipient who) {
        switch (step) {
            case Step.Answered(var asker, var answers, var lines) when asker.equals(who) -> {
                lines.forEach(answers::line);
                answers.done();
            }
            case Step.Heard heard
                    when heard.speaker() != null && heard.speaker().session().equals(who) -> {
                if (heard.always() || who.capabilities().has(Capability.ECHO_MESSAGE)) {
                    heard.speaker().answers().event(heard.event());
                }
                if (heard.last()) {
                    heard.speaker().answers().done();
                }
            }
            case Step.Answered _, Step.Heard _, Step.Told _ -> {}
        }
    }
}
