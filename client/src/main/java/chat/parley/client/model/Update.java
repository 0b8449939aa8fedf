package chat.parley.client.model;

import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
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
        if (model.finish() == Model.Finish.ANSWERED && model.outbox().waiting().isEmpty()) {
            return step.then(new Effect.Leave(""));
        }
        return model.standing() == Model.Standing.DOWN
                ? Talking.over(step)
                        .then(
                                new Effect.End(
                                        new Ending(
                                                Ending.Kind.REFUSED,
                                                "the link broke before all was answered and kept")))
                : step;
    }

    private static Step happened(Model model, Event event) {
        return switch (event) {
            case Event.Up up -> up(model, up);
            case Event.Down(var why, var retryIn) ->
                    Talking.broken(
                            Step.to(
                                            model.with(Model.Standing.DOWN)
                                                    .with(model.places().each(Conversation::lost)))
                                    .trouble("the link broke: " + why + "; " + again(retryIn)));
            case Event.StillDown(var why, var retryIn) ->
                    Step.to(model).note("still down: " + why + "; " + again(retryIn));
            case Event.CodeWanted(var why) -> codeWanted(model, why);
            case Event.Over(var ending) ->
                    Talking.over(Step.to(model.with(Model.Standing.DOWN)))
                            .then(new Effect.End(ending));
            case Event.Received(var message, var at) -> Hearing.hear(model, message, at);
            case Event.Typed(var act, var at) -> typed(model, act, at);
            case Event.Tick(var now) -> Talking.goOn(Talking.tick(Step.to(model), now), now);
        };
    }

    private static Step codeWanted(Model model, String why) {
        if (model.standing() == Model.Standing.DOWN) {
            return Step.to(model).note("still down: " + why + "; " + CODE);
        }
        return Talking.broken(
                Step.to(
                                model.with(Model.Standing.DOWN)
                                        .with(model.places().each(Conversation::lost)))
                        .trouble("the link broke: " + why + "; " + CODE));
    }

    private static Step up(Model model, Event.Up up) {
        var now =
                model.as(up.nick(), "")
                        .with(Model.Standing.UP)
                        .with(new Server(up.capabilities(), Map.of()));
        var step = Step.to(now);
        if (model.standing() == Model.Standing.DOWN) {
            step = step.note("the link is back");
        }
        for (var channel : model.places().channels()) {
            step = step.send(Message.of("JOIN", channel.name()));
        }
        // Whatever was typed meanwhile was never sent before, so it is said once.
        return Talking.goOn(step, up.at());
    }

    private static String again(Duration retryIn) {
        return "next attempt in " + Math.max(1, retryIn.toSeconds()) + " s";
    }

    private static Step typed(Model model, Act act, Instant at) {
        return switch (act) {
            case Act.Say(var text) -> here(model, text, false, at);
            case Act.Emote(var text) -> here(model, text, true, at);
            case Act.SayTo(var target, var text) -> Talking.say(model, target, text, false, at);
            case Act.GoTo(var name) -> goTo(model, name);
            case Act.Join(var channel, var key) -> join(model, channel, key);
            case Act.Part(var channel, var reason) -> part(model, channel, reason);
            case Act.Topic(var text) -> topic(model, text);
            case Act.Names() -> names(model);
            case Act.Channels() -> ask(model, Message.of("LIST"));
            case Act.Who(var name) -> who(model, name);
            case Act.Code(var code) ->
                    model.isUp()
                            ? Step.to(model).note("the link is up: no code is needed")
                            : Step.to(model).then(new Effect.Code(code));
            case Act.Away(var reason) ->
                    ask(model, reason.isEmpty() ? Message.of("AWAY") : Message.of("AWAY", reason));
            case Act.Answer(var lines) -> {
                var step = Step.to(model);
                for (var line : lines) {
                    step = step.note(line);
                }
                yield step;
            }
            case Act.Finish() ->
                    Step.to(model.with(Model.Finish.ASKED))
                            .send(Message.of("PING", Answers.FINISH));
            case Act.Quit(var reason) -> Step.to(model).then(new Effect.Leave(reason));
        };
    }

    private static Step here(Model model, String text, boolean isAction, Instant at) {
        var here = model.places().here();
        if (here.isEmpty()) {
            return Step.to(model).trouble("you are in no channel; try /join #lobby");
        }
        return Talking.say(model, here.get().name(), text, isAction, at);
    }

    private static Step goTo(Model model, String name) {
        var places = model.places();
        if (places.find(name).isPresent()) {
            return Step.to(model.with(places.at(name)));
        }
        if (Name.looksLikeChannel(name)) {
            return join(model, name, "");
        }
        return Step.to(model.with(places.with(Conversation.with(name)).at(name)));
    }

    private static Step join(Model model, String channel, String key) {
        var places = model.places();
        var known = places.find(channel);
        if (known.isPresent() && known.get().isJoined()) {
            return Step.to(model.with(places.at(channel)));
        }
        var message =
                key.isEmpty() ? Message.of("JOIN", channel) : Message.of("JOIN", channel, key);
        return ask(model.with(places.wanting(channel)), message);
    }

    private static Step part(Model model, String channel, String reason) {
        var name = channel.isEmpty() ? model.places().current() : channel;
        var place = model.places().find(name);
        if (place.isEmpty()) {
            return Step.to(model)
                    .trouble(name.isEmpty() ? "you are in no channel" : "you are not in " + name);
        }
        if (!place.get().isChannel()) {
            return Step.to(model.with(model.places().without(name)));
        }
        return ask(
                model,
                reason.isEmpty()
                        ? Message.of("PART", place.get().name())
                        : Message.of("PART", place.get().name(), reason));
    }

    private static Step topic(Model model, String text) {
        var here = model.places().here();
        if (here.isEmpty() || !here.get().isChannel()) {
            return Step.to(model).trouble("a topic belongs to a channel; go to one first");
        }
        var name = here.get().name();
        return ask(
                model,
                text.isEmpty() ? Message.of("TOPIC", name) : Message.of("TOPIC", name, text));
    }

    private static Step names(Model model) {
        var here = model.places().here();
        if (here.isEmpty() || !here.get().isChannel()) {
            return Step.to(model).trouble("names belong to a channel; go to one first");
        }
        return ask(
                model.with(model.places().with(here.get().listing(Conversation.Listing.ASKED))),
                Message.of("NAMES", here.get().name()));
    }

    private static Step who(Model model, String name) {
        var whom = name.isEmpty() ? model.places().here().map(Conversation::name).orElse("") : name;
        return whom.isEmpty()
                ? Step.to(model).trouble("who? give a nick or a channel")
                : ask(model, Message.of("WHO", whom));
    }

    private static Step ask(Model model, Message message) {
        return model.isUp()
                ? Step.to(model).send(message)
                : Step.to(model).trouble("the link is down; try again when it is back");
    }
}
