package chat.parley.client.model;

import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.time.Instant;

/// What the person asked for. Going somewhere and asking the daemon is here; what is said and done
/// to lines is in [Doing].
final class Acts {

    private Acts() {}

    static Step done(Model model, Act act, Instant at) {
        return switch (act) {
            case Act.Say(var text) -> here(model, text, false, at);
            case Act.Emote(var text) -> here(model, text, true, at);
            case Act.SayTo(var target, var text) -> Talking.say(model, target, text, false, "", at);
            case Act.Block(var text) -> Doing.block(Composing.entered(model), text, at);
            case Act.Agree(var isYes) -> Blocks.answered(model, isYes, at);
            case Act.Reply(var text) -> Doing.reply(Composing.entered(model), text, at);
            case Act.React(var which, var reaction) -> Doing.react(model, which, reaction, true);
            case Act.Unreact(var which, var reaction) -> Doing.react(model, which, reaction, false);
            case Act.Redact(var which, var reason) -> Doing.redact(model, which, reason);
            case Act.Edit _ -> Doing.edit(model);
            case Act.History(var lines) ->
                    History.older(model, Doing.number(lines, History.PAGE), true);
            case Act.Numbered(var lines) -> Doing.numbered(model, lines);
            case Act.Search(var words) -> Search.ask(model, words);
            case Act.Unread() -> Doing.unread(model);
            case Act.Ignore(var nick, var isWanted) -> Doing.ignore(model, nick, isWanted);
            case Act.Mute(var name, var isWanted) -> Doing.mute(model, name, isWanted);
            case Act.Typing(var wanted) -> Doing.typing(model, wanted);
            case Act.Reconnect() -> Step.to(model).then(new Effect.Reconnect());
            case Act.Tls() -> Step.to(model).then(new Effect.Tls());
            case Act.Whois(var nick) -> ask(model, Message.of("WHOIS", nick));
            case Act.Close(var name) -> part(model, name, "");
            case Act.GoTo(var name) -> goTo(model, name, at);
            case Act.Join(var channel, var key) -> Joining.join(model, channel, key, at);
            case Act.Part(var channel, var reason) -> part(model, channel, reason);
            case Act.Topic(var text) -> topic(model, text);
            case Act.Names() -> names(model);
            case Act.Channels() -> ask(model, Message.of("LIST"));
            case Act.Who(var name) -> who(model, name);
            case Act.Code(var code) ->
                    model.isUp()
                            ? Step.to(model).note("the link is up: no code is needed")
                            : Step.to(model).then(new Effect.Code(code));
            case Act.Nick(var nick) -> ask(model, Message.of("NICK", nick));
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
            case Act.Quit(var reason) ->
                    Talking.left(Marks.tellAll(Step.to(model), at)).then(new Effect.Leave(reason));
        };
    }

    private static Step here(Model model, String text, boolean isAction, Instant at) {
        var here = model.places().here();
        if (here.isEmpty()) {
            return Step.to(model).trouble("you are in no channel; try /join #lobby");
        }
        var entered = Composing.entered(model);
        return Talking.say(entered, here.get().name(), text, isAction, "", at);
    }

    private static Step goTo(Model model, String name, Instant at) {
        var places = model.places();
        if (places.find(name).isPresent()) {
            return Step.to(went(model, name));
        }
        if (Name.looksLikeChannel(name)) {
            return Joining.join(model, name, "", at);
        }
        return places.hasRoom()
                ? Step.to(went(model.with(Conversation.with(name)), name))
                : Step.to(model).trouble("too many conversations are open; /close some");
    }

    /// Where one goes one reads.
    static Model went(Model model, String name) {
        var there = model.with(model.places().at(name));
        return there.places().here().map(Chronicle::read).map(there::with).orElse(there);
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
        var entrance = place.get().entrance();
        if (entrance.state() == Entrance.State.OUT
                || (entrance.isAwaited() && !model.isUp() && !entrance.wasIn())) {
            return Joining.forgotten(model, place.get());
        }
        return model.isUp()
                ? Joining.part(model, place.get(), reason)
                : Step.to(model).trouble("the link is down; try again when it is back");
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

    static Step ask(Model model, Message message) {
        return model.isUp()
                ? Step.to(model).send(message)
                : Step.to(model).trouble("the link is down; try again when it is back");
    }
}
