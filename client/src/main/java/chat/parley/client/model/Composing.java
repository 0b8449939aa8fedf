package chat.parley.client.model;

import chat.parley.protocol.Message;
import java.time.Duration;
import java.time.Instant;

/// Lets others know that the person types, where the daemon passes that on (IRCv3 typing): every
/// three seconds at most, and that it paused or is done. What is a command is nobody's business.
final class Composing {

    private static final Duration EVERY = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /// What a refusal is known by: nobody asked for it, so it is told to nobody.
    private static final String LABEL = "typing";

    private Composing() {}

    static boolean isRefused(Message answer) {
        return answer.tags().getOrDefault("label", "").equals(LABEL);
    }

    static Step composed(Model model, String text, Instant now) {
        var here = model.places().here();
        var was = model.habits().composing();
        var isTyping =
                !text.isBlank()
                        && (!text.startsWith("/") || text.startsWith("//") || isAction(text));
        if (here.isEmpty() || !isTyping) {
            return ended(model, now);
        }
        var place = here.get().name();
        var isElsewhere = !was.place().isEmpty() && !was.place().equals(place);
        var step = isElsewhere ? ended(model, now) : Step.to(model);
        var is = step.model().habits().composing();
        if (is.said().equals("active") && now.isBefore(is.saidAt().plus(EVERY))) {
            return with(step, new Habits.Composing(place, is.said(), is.saidAt(), now));
        }
        return said(step, place, "active", now, now);
    }

    private static boolean isAction(String text) {
        return text.startsWith("/me ") || text.startsWith("/reply ");
    }

    /// What was typed is said, which tells that one is done (IRCv3 typing).
    static Model entered(Model model) {
        return model.with(model.habits().with(Habits.Composing.nothing()));
    }

    private static Step ended(Model model, Instant now) {
        var was = model.habits().composing();
        return was.said().equals("done")
                ? Step.to(model)
                : with(
                        said(Step.to(model), was.place(), "done", now, now),
                        Habits.Composing.nothing());
    }

    static Step tick(Step step, Instant now) {
        var was = step.model().habits().composing();
        return was.said().equals("active") && now.isAfter(was.touched().plus(PAUSE))
                ? said(step, was.place(), "paused", now, was.touched())
                : step;
    }

    private static Step said(Step step, String place, String what, Instant now, Instant touched) {
        var model = step.model();
        var next = with(step, new Habits.Composing(place, what, now, touched));
        var mayBeTold =
                model.isUp()
                        && model.habits().sendsTyping()
                        && model.server().passes("typing")
                        && model.places().find(place).filter(Conversation::isJoined).isPresent();
        if (!mayBeTold) {
            return next;
        }
        var message = Message.of("TAGMSG", place).withTag(Tags.TYPING, what);
        return next.send(model.server().labels() ? message.withTag("label", LABEL) : message);
    }

    private static Step with(Step step, Habits.Composing changed) {
        return step.with(step.model().with(step.model().habits().with(changed)));
    }
}
