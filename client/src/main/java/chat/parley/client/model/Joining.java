package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Going into channels. Who asks to be in one is there at once, and what it says there waits in the
/// [Outbox] for the answer: so nothing that was meant for one channel is said in another.
final class Joining {

    /// So long an answer may take before the person is told, and before it is not waited for.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration GIVEN_UP = Duration.ofMinutes(1);

    private Joining() {}

    /// @param channels one, or several with commas between them
    /// @param keys theirs, as far as there are
    static Step join(Model model, String channels, String keys, Instant now) {
        var step = Step.to(model);
        var keyOf = keys.split(",", -1);
        var i = 0;
        for (var channel : channels.split(",", -1)) {
            var key = i < keyOf.length ? keyOf[i] : "";
            step = step.then(joinOne(step.model(), channel, key, now));
            i++;
        }
        return step;
    }

    private static Step joinOne(Model model, String channel, String key, Instant now) {
        if (!Name.looksLikeChannel(channel) || !Hearing.isWord(channel)) {
            return Step.to(model)
                    .trouble(channel + " is no channel: the name of one begins with #");
        }
        var places = model.places();
        if (places.find(channel).isEmpty() && !places.hasRoom()) {
            return Step.to(model).trouble("too many conversations are open; /close some");
        }
        var known = places.find(channel).map(one -> one.with(one.entrance().staying()));
        var place = known.orElseGet(() -> Conversation.channel(channel));
        var was = place.entrance();
        var isWaitedFor = known.isPresent() && was.isAwaited();
        if (place.isJoined() || (isWaitedFor && (key.isEmpty() || key.equals(was.key())))) {
            return Step.to(Acts.went(model.with(place), channel));
        }
        var wanted =
                place.with(
                        was.again()
                                .with(key)
                                .from(isHere(model, place) ? was.from() : places.current()));
        var there = Acts.went(model.with(wanted), channel);
        return model.isUp()
                ? ask(Step.to(there), wanted, now)
                : Step.to(there).note("you will be in " + channel + " once the link is back");
    }

    /// Leaves a channel: what was said there goes first. Where one speaks from now on is where one
    /// came from; a person who came from nowhere is led to any other place, and a script to none.
    /// Who leaves a second time waits for nothing: what has not gone yet is never said.
    static Step part(Model model, Conversation place, String reason) {
        var isAgain = place.entrance().leaving().isPresent();
        var leaving = model.with(place.with(place.entrance().leaving(reason)));
        var away = leaving.places().awayFrom(place.name(), model.habits().isPerson());
        var step = Step.to(leaving.with(away));
        return isAgain ? parted(unsaid(step, place), place, reason) : step;
    }

    /// Out of the channels that one leaves, once nothing is to be said or answered there.
    static Step goOn(Step step) {
        var next = step;
        for (var place :
                step.model().isUp() ? step.model().places().channels() : List.<Conversation>of()) {
            var reason = place.entrance().leaving();
            if (reason.isPresent() && place.isJoined() && !isSpokenTo(step.model(), place)) {
                next = parted(next, place, reason.get());
            }
        }
        return next;
    }

    private static boolean isSpokenTo(Model model, Conversation place) {
        return model.outbox().waiting().stream()
                .anyMatch(one -> CaseMapping.same(one.target(), place.name()));
    }

    private static Step parted(Step step, Conversation place, String reason) {
        var name = place.name();
        var left = step.with(step.model().with(step.model().places().without(name)));
        return left.send(
                        reason.isEmpty()
                                ? Message.of("PART", name)
                                : Message.of("PART", name, reason))
                .note("you left " + name);
    }

    private static boolean isSame(Conversation one, Conversation other) {
        return CaseMapping.same(one.name(), other.name());
    }

    private static Step ask(Step step, Conversation place, Instant now) {
        var key = place.entrance().key();
        var name = place.name();
        return step.with(step.model().with(place.with(place.entrance().asked(now))))
                .send(key.isEmpty() ? Message.of("JOIN", name) : Message.of("JOIN", name, key));
    }

    /// The link is there: into all channels, those where one was and those one wanted to be in.
    static Step up(Step step, Instant now) {
        var next = step;
        for (var place : step.model().places().channels()) {
            next = place.entrance().isAwaited() ? ask(next, place, now) : next;
        }
        return next;
    }

    static boolean isAwaited(Model model) {
        return model.places().channels().stream().anyMatch(one -> one.entrance().isAsked());
    }

    /// What waits too long is told, and given up.
    static Step tick(Step step, Instant now) {
        var next = step;
        for (var place : step.model().places().channels()) {
            var entrance = place.entrance();
            var since = entrance.since();
            if (entrance.isAsked() && now.isBefore(since)) { // a clock that was put back
                next = next.with(next.model().with(place.with(entrance.since(now))));
            } else if (entrance.isAsked() && now.isAfter(since.plus(GIVEN_UP))) {
                next = refused(next, place, place.name() + ": the server does not answer");
            } else if (entrance.state() == Entrance.State.ASKED
                    && now.isAfter(since.plus(PATIENCE))) {
                next = late(next, place);
            }
        }
        return next;
    }

    private static Step late(Step step, Conversation place) {
        var told = step.with(step.model().with(place.with(place.entrance().late())));
        return isHere(step.model(), place)
                ? told.note(
                        "no answer yet: you are not in "
                                + place.name()
                                + "; what you say there waits")
                : told;
    }

    /// A refusal of a JOIN, if it is one.
    ///
    /// @param reason as the person is told
    static Optional<Step> refused(Model model, Message message, String reason) {
        var asked =
                model.places().channels().stream().filter(one -> one.entrance().isAsked()).toList();
        var only =
                JoinRefusal.isFail(message) && asked.size() == 1
                        ? Optional.of(asked.getFirst().name())
                        : Optional.<String>empty();
        return JoinRefusal.channel(
                        message,
                        name -> asked.stream().anyMatch(one -> CaseMapping.same(one.name(), name)))
                .or(() -> only)
                .flatMap(model.places()::find)
                .map(place -> refused(Step.to(model), place, reason));
    }

    /// Who was in before keeps the lines of the place, and who speaks there stays; else one is back
    /// where one was.
    private static Step refused(Step step, Conversation place, String reason) {
        var isHere = isHere(step.model(), place);
        if (place.entrance().wasIn() || isSpeaking(step.model(), place)) {
            var out = step.model().with(place.with(place.entrance().out()));
            return unsaid(step.with(out).trouble(reason), place);
        }
        var left = step.model().with(step.model().places().without(place.name()));
        var back =
                left.places().here().filter(_ -> isHere).map(here -> "; you are in " + here.name());
        return unsaid(step.with(left).trouble(reason + back.orElse("")), place);
    }

    /// One is not in any more. Who speaks there stays all the same: what it is about to say would
    /// be said in another place.
    static Step putOut(Model model, Conversation place) {
        if (!isSpeaking(model, place)) {
            return unsaid(Step.to(model.with(model.places().without(place.name()))), place);
        }
        var out = place.lost().with(place.entrance().putOut());
        return unsaid(Step.to(model.with(out)), place);
    }

    /// Whether one is there and has begun a line; of a script nobody knows.
    private static boolean isSpeaking(Model model, Conversation place) {
        return isHere(model, place) && (model.habits().hasBegun() || !model.habits().isPerson());
    }

    private static boolean isHere(Model model, Conversation place) {
        return model.places().here().filter(here -> isSame(here, place)).isPresent();
    }

    /// Nobody waits for it any more.
    static Step forgotten(Model model, Conversation place) {
        var left = model.with(model.places().without(place.name()));
        return unsaid(Step.to(left).note("you will not be in " + place.name()), place);
    }

    private static Step unsaid(Step step, Conversation place) {
        var next = step;
        for (var one : step.model().outbox().waiting()) {
            if (one.isKept() && CaseMapping.same(one.target(), place.name())) {
                var without = next.model().with(next.model().outbox().without(one));
                next = Talking.unsaid(next.with(without), one, "not said in " + place.name());
            }
        }
        return next;
    }

    /// Whether a PART is the answer to one of before: the person is about to be in again.
    static boolean isPast(Conversation place) {
        return place.entrance().isAsked() && !place.entrance().wasIn();
    }

    /// Why nothing can be said there, if so.
    static Optional<Step> closed(Model model, String target, String text) {
        return model.places()
                .find(target)
                .filter(place ->
                        place.entrance().state() == Entrance.State.OUT
                                || place.entrance().leaving().isPresent())
                .map(place ->
                        Step.to(model)
                                .trouble(
                                        "you are not in "
                                                + place.name()
                                                + "; not said: "
                                                + Talking.shortly(text)
                                                + " (/join "
                                                + place.name()
                                                + " asks again)"));
    }
}
