package chat.parley.client.model;

import chat.parley.protocol.Message;
import java.util.ArrayList;
import java.util.List;

/// What an event leads to: the next model, and what is to be done, in order.
public record Step(Model model, List<Effect> effects) {

    public Step {
        effects = List.copyOf(effects);
    }

    static Step to(Model model) {
        return new Step(model, List.of());
    }

    Step then(Effect effect) {
        var more = new ArrayList<>(effects);
        more.add(effect);
        return new Step(model, more);
    }

    /// This, and after it what comes of another step from its model.
    Step then(Step next) {
        var more = new ArrayList<>(effects);
        more.addAll(next.effects());
        return new Step(next.model(), more);
    }

    Step send(Message message) {
        return then(new Effect.Send(message));
    }

    Step show(Line line) {
        return then(new Effect.Show(line));
    }

    /// Shows what happened and keeps it in the backlog of its place.
    Step happened(Line.Happened line) {
        return with(Chronicle.happened(model, line)).show(line);
    }

    Step note(String text) {
        return show(new Line.Note(text));
    }

    Step trouble(String text) {
        return show(new Line.Trouble(text));
    }

    /// The same effects with another model.
    Step with(Model changed) {
        return new Step(changed, effects);
    }
}
