package chat.parley.client.model;

import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

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

    static Step say(Model model, String target, String text, boolean isAction, Instant now) {
        var words = Speech.sayable(text);
        if (words.isBlank()) {
            return Step.to(model);
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
            step =
                    step.with(
                            step.model()
                                    .with(step.model().outbox().plus(target, piece, wire, now)));
        }
        if (!model.isUp()) {
            return step.note("kept until the link is back: " + shortly(words));
        }
        return goOn(step, now);
    }

    /// Sends what may go now.
    static Step goOn(Step step, Instant now) {
        var model = step.model();
        if (!model.isUp()) {
            return step;
        }
        var outbox = model.outbox();
        var next = step;
        for (var one : outbox.next(now)) {
            if (one.mayBeThere() && !model.server().keepsOnce()) {
                outbox = outbox.without(one);
                next = notConfirmed(next, one);
                continue;
            }
            var message = Message.of("PRIVMSG", one.target(), one.wire());
            if (!model.server().echoes()) {
                // Nothing will ever come back: said is all that can be known.
                outbox = outbox.without(one);
                next = shown(next.send(message), model.me(), message, now);
                continue;
            }
            outbox = outbox.replace(one.sent(now));
            next = next.send(tagged(message, one, model.server()));
        }
        return next.with(model.with(outbox));
    }

    private static Message tagged(Message message, Outgoing one, Server server) {
        var labelled = server.labels() ? message.withTag("label", one.label()) : message;
        return server.keepsOnce() ? labelled.withTag(Capability.ONCE.wire(), one.once()) : labelled;
    }

    private static Step shown(Step step, String me, Message message, Instant now) {
        var mine = Message.from(me, message.command(), message.params());
        return Line.Said.of(mine, me, now).map(step::show).orElse(step);
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
        return step.trouble(
                "not confirmed before the link broke, so it may be kept or not: "
                        + shortly(lost.text()));
    }

    /// The link will not come back, so nothing will be said any more.
    static Step over(Step step) {
        var outbox = step.model().outbox().again();
        var next = step.with(step.model().with(outbox));
        for (var unsent : next.model().outbox().waiting()) {
            next =
                    unsent.mayBeThere()
                            ? notConfirmed(next, unsent)
                            : next.trouble("never sent: " + shortly(unsent.text()));
        }
        return next.with(next.model().with(next.model().outbox().emptied()));
    }

    /// The bytes a text may have so that the line still fits with the source the daemon puts
    /// before.
    private static int room(Model model, String target) {
        var source =
                model.mask().isEmpty()
                        ? 2 * bytes(model.me()) + LONGEST_HOST + 2
                        : bytes(model.mask());
        var around = ":".length() + source + " PRIVMSG  :\r\n".length() + bytes(target);
        return model.server().lineLength() - around;
    }

    static String shortly(String text) {
        return text.codePointCount(0, text.length()) <= 60
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 57)) + "...";
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
