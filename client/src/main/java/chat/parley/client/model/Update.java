package chat.parley.client.model;

import chat.parley.protocol.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// A model and an event to the next model and what is to be done. Pure; never throws for anything
/// that came from the network.
public final class Update {

    private static final String CODE = "/code and what your app shows brings it back";

    private Update() {}

    public static Step step(Model model, Event event) {
        var step = happened(model, event);
        return step.model().finish() == Model.Finish.NO ? step : finished(step);
    }

    private static Step finished(Step step) {
        var model = step.model();
        if (model.finish() == Model.Finish.ANSWERED
                && model.outbox().waiting().isEmpty()
                && model.asking().isIdle()
                && !Joining.isAwaited(model)) {
            return step.then(new Effect.Leave(""));
        }
        return model.standing() == Model.Standing.DOWN
                ? Talking.over(step)
                        .then(
                                new Effect.End(
                                        new Ending(
                                                Ending.Kind.CANNOT_CONNECT,
                                                "the link broke before all was answered and kept")))
                : step;
    }

    private static Step happened(Model model, Event event) {
        return switch (event) {
            case Event.Up up -> goOn(up(model, up), up.at());
            case Event.Down(var why, var retryIn) ->
                    down(model, "the link broke: " + why + "; " + again(retryIn));
            case Event.StillDown(var why, var retryIn) ->
                    Step.to(model).note("still down: " + why + "; " + again(retryIn));
            case Event.CodeWanted(var why) ->
                    model.standing() == Model.Standing.DOWN
                            ? Step.to(model).note("still down: " + why + "; " + CODE)
                            : down(model, "the link broke: " + why + "; " + CODE);
            case Event.Over(var ending) ->
                    Talking.over(Step.to(model.with(Model.Standing.DOWN)))
                            .then(new Effect.End(ending));
            case Event.Received(var message, var at) -> received(model, message, at);
            case Event.Typed(var act, var at) -> typed(model, act, at);
            case Event.Composed(var text, var at) ->
                    Composing.composed(Chronicle.looked(begun(model, text), at), text, at);
            case Event.Looked(var at) -> Step.to(Chronicle.looked(model, at));
            case Event.AtTop(var at) -> goOn(History.scrolled(model), at);
            case Event.Moved(var at) -> Alarm.doubt(Step.to(model), at);
            case Event.Tick(var now) -> tick(model, now);
        };
    }

    private static Step received(Model model, Message message, Instant at) {
        var alive = model.with(model.pulse().heard());
        return goOn(Talking.tick(Hearing.hear(alive, message, at), at), at);
    }

    /// Whoever types something is there, and wants the link.
    private static Step typed(Model model, Act act, Instant at) {
        var step = Acts.done(Chronicle.looked(begun(model, ""), at), act, at);
        var isWaiting = model.standing() == Model.Standing.DOWN && !(act instanceof Act.Code);
        return goOn(isWaiting ? step.then(new Effect.Reconnect()) : step, at);
    }

    private static Model begun(Model model, String text) {
        return model.with(model.habits().begun(!text.isBlank()));
    }

    private static Step tick(Model model, Instant now) {
        var step = Alarm.tick(Step.to(model), now);
        step = Presence.tick(Joining.tick(Talking.tick(step, now), now), now);
        var typing = step.model().places().each(place -> place.with(place.typing().at(now)));
        return goOn(Composing.tick(step.with(step.model().with(typing)), now), now);
    }

    /// What may go now, goes.
    private static Step goOn(Step step, Instant now) {
        var said = Talking.goOn(Order.goOn(History.goOn(step, now), now), now);
        return Marks.tell(Joining.goOn(said), now);
    }

    private static Step down(Model model, String text) {
        var lost =
                model.with(Model.Standing.DOWN)
                        .with(model.places().each(Conversation::lost))
                        .with(model.pulse().gone())
                        .with(Asking.nothing());
        return Talking.broken(Step.to(lost).trouble(text));
    }

    private static Step up(Model model, Event.Up up) {
        var now =
                model.as(up.nick(), "")
                        .with(Model.Standing.UP)
                        .with(new Server(up.capabilities(), up.values(), Map.of()))
                        .with(model.pulse().anew(up.at()))
                        .with(Asking.nothing());
        var step = Step.to(now);
        if (model.standing() == Model.Standing.DOWN) {
            step = step.note("the link is back");
        }
        if (!model.isMe(up.nick())) { // somebody else has the one from before, or a dead connection
            step = step.note("you are now " + up.nick());
        }
        step = Joining.up(step, up.at());
        // Whatever was typed meanwhile was never sent before, so it is said once.
        return step.with(History.up(step.model(), up.at()));
    }

    private static String again(Duration retryIn) {
        return retryIn.isZero()
                ? "dialling now"
                : "next attempt in " + Math.max(1, retryIn.toSeconds()) + " s (Enter tries now)";
    }
}
