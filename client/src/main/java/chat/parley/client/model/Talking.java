package chat.parley.client.model;

import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The way of what the person says: typed, sent, echoed; or kept, late, refused, not confirmed.
///
/// The echo is the daemon's word that a message is on its disk, so a line is shown as said only
/// when it comes back. What was sent and not echoed when the link broke may have been kept: it is
/// sent again where the daemon keeps it once (`parley.chat/once`), and else only told.
final class Talking {

    /// So long an echo may take before the person is told.
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int LONGEST_HOST = 63;
    private static final String ACTION = "\u0001ACTION "; // CTCP, as clients do it
    private static final String ACTION_END = "\u0001";

    private Talking() {}

    /// @param answers the msgid of what it answers; empty for none
    static Step say(
            Model model,
            String target,
            String text,
            boolean isAction,
            String answers,
            Instant now) {
        var words = Speech.sayable(text);
        if (words.isBlank()) {
            return Step.to(model);
        }
        var closed = Joining.closed(model, target, words);
        if (closed.isPresent()) {
            return closed.get();
        }
        var frame = isAction ? ACTION.length() + ACTION_END.length() : 0;
        var step = Step.to(model);
        for (var piece : Speech.pieces(words, Math.max(64, room(model, target) - frame))) {
            if (step.model().outbox().isFull()) {
                return goOn(step, now)
                        .trouble(
                                Outbox.LONGEST
                                        + " lines are waiting already; not sent: "
                                        + shortly(piece));
            }
            var wire = isAction ? ACTION + piece + ACTION_END : piece;
            step = step.with(queued(step.model(), target, piece, wire, answers, now));
        }
        if (!model.isUp()) {
            return step.note("kept until the link is back: " + shortly(words));
        }
        return goOn(step, now);
    }

    static Model queued(
            Model model, String target, String text, String wire, String answers, Instant now) {
        var one = model.outbox().outgoing(target, text, wire, answers, now);
        var next = model.with(model.outbox().plus(one));
        return line(model, one, now).map(line -> Chronicle.pending(next, one, line)).orElse(next);
    }

    /// What others will see of it.
    private static Optional<Line.Said> line(Model model, Outgoing one, Instant now) {
        var message = Message.from(model.me(), "PRIVMSG", one.target(), "x");
        var answered = answering(message, one);
        return Line.Said.of(answered, one.wire(), model.me(), now)
                .map(line -> Tags.quoting(model, answered, line));
    }

    private static Message answering(Message message, Outgoing one) {
        return one.answers().isEmpty()
                ? message
                : message.withTag(Tags.REPLY, one.answers())
                        .withTag(Tags.DRAFT_REPLY, one.answers());
    }

    /// Sends what may go now.
    static Step goOn(Step step, Instant now) {
        if (!step.model().isUp()) {
            return step;
        }
        var next = step;
        for (var one :
                step.model().outbox().next(now, target -> mayGo(step.model(), target, now))) {
            next = gone(next, one, now);
        }
        return next;
    }

    /// Nothing goes to where one is not yet, and nothing before what was said there meanwhile.
    private static boolean mayGo(Model model, String target, Instant now) {
        return model.places().find(target).filter(place -> !place.isJoined()).isEmpty()
                && !Order.isCatchingUp(model, target, now);
    }

    private static Step gone(Step step, Outgoing one, Instant now) {
        var model = step.model();
        var server = model.server();
        if (one.mayBeThere() && !server.keepsOnce()) {
            return notConfirmed(step.with(model.with(model.outbox().without(one))), one);
        }
        var messages = Blocks.messages(one, server.lineLength() - around(model, one.target()));
        var first = tagged(messages.getFirst(), one, server);
        var next = step.send(first);
        for (var message : messages.subList(1, messages.size())) {
            next = next.send(message);
        }
        if (server.echoes()) {
            return next.with(model.with(model.outbox().replace(one.sent(now))));
        }
        // Nothing will ever come back: said is all that can be known.
        var left = Chronicle.arrived(model, one).with(model.outbox().without(one));
        var sent = next.with(left);
        return line(model, one, now).map(line -> heardBy(sent, line, now)).orElse(sent);
    }

    private static Step heardBy(Step step, Line.Said line, Instant now) {
        return step.with(Chronicle.said(step.model(), "", line, now)).show(line);
    }

    private static Message tagged(Message message, Outgoing one, Server server) {
        var answering = server.has(Capability.MESSAGE_TAGS) ? answering(message, one) : message;
        var labelled = server.labels() ? answering.withTag("label", one.label()) : answering;
        return server.keepsOnce() ? labelled.withTag(Capability.ONCE.wire(), one.once()) : labelled;
    }

    /// Tells about what waits for its echo too long.
    static Step tick(Step step, Instant now) {
        var next = step;
        for (var late : step.model().outbox().sentBefore(now.minus(PATIENCE))) {
            var outbox = next.model().outbox().replace(late.late());
            next =
                    next.with(next.model().with(outbox))
                            .note("not kept yet: " + shortly(late.text()));
        }
        return next;
    }

    /// The link broke: what is on its way may be kept or not, and nobody can say before it is back.
    static Step broken(Step step) {
        var outbox = step.model().outbox();
        if (step.model().server().keepsOnce()) {
            var next = step.with(step.model().with(outbox.again()));
            for (var unsure : outbox.sent()) {
                next =
                        next.note(
                                "not confirmed; sent again when the link is back: "
                                        + shortly(unsure.text()));
            }
            return next;
        }
        var next = step.with(step.model().with(outbox.onlyKept()));
        for (var lost : outbox.sent()) {
            next = notConfirmed(next, lost);
        }
        return next;
    }

    private static Step notConfirmed(Step step, Outgoing lost) {
        return step.with(Chronicle.became(step.model(), lost, Entry.State.UNSURE))
                .trouble(
                        "not confirmed before the link broke, so it may be kept or not: "
                                + shortly(lost.text()));
    }

    /// The person leaves: what waits here is never said. What was sent is read before the goodbye.
    static Step left(Step step) {
        var next = step;
        for (var unsent : step.model().outbox().waiting()) {
            if (unsent.isKept()) {
                next = unsaid(next, unsent, "never sent");
            }
        }
        return next;
    }

    static Step unsaid(Step step, Outgoing one, String how) {
        return one.mayBeThere()
                ? notConfirmed(step, one)
                : step.with(Chronicle.became(step.model(), one, Entry.State.FAILED))
                        .trouble(how + ": " + shortly(one.text()));
    }

    /// The link will not come back, so nothing will be said any more.
    static Step over(Step step) {
        var outbox = step.model().outbox().again();
        var next = step.with(step.model().with(outbox));
        for (var unsent : next.model().outbox().waiting()) {
            next = unsaid(next, unsent, "never sent");
        }
        return next.with(next.model().with(next.model().outbox().emptied()));
    }

    /// The bytes a text may have so that the line still fits with the source the daemon puts
    /// before.
    static int room(Model model, String target) {
        return model.server().lineLength() - around(model, target);
    }

    private static int around(Model model, String target) {
        var source =
                model.mask().isEmpty()
                        ? 2 * bytes(model.me()) + LONGEST_HOST + 2
                        : bytes(model.mask());
        return ":".length() + source + " PRIVMSG  :\r\n".length() + bytes(target);
    }

    /// The first of several lines, and as much of it as is needed to know it again.
    static String shortly(String text) {
        var line = text.lines().findFirst().orElse("");
        return line.codePointCount(0, line.length()) <= 60
                ? line + (line.length() < text.length() ? " ..." : "")
                : line.substring(0, line.offsetByCodePoints(0, 57)) + "...";
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
