package chat.parley.client.model;

import chat.parley.protocol.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Who is where: joins, leaves, nicks, lists of names, topics.
final class Presence {

    /// More names than this are counted instead of listed when one joins.
    private static final int FEW = 12;

    private Presence() {}

    static Step joined(Model model, Message message, Instant at) {
        var channel = message.param(0);
        var who = message.sourceName();
        if (!Hearing.isWord(channel) || who.isEmpty()) {
            return Step.to(model);
        }
        var places = model.places();
        var known = places.find(channel);
        if (known.isEmpty() && !places.hasRoom()) {
            return Step.to(model);
        }
        var place = known.orElseGet(() -> Conversation.channel(channel));
        if (!model.isMe(who)) {
            var with = places.hasRoomFor(1) ? place.plus(List.of(who)) : place;
            return came(Step.to(model.with(places.with(with))), channel, who, at);
        }
        if (place.isJoined()) {
            return Step.to(model);
        }
        var joined = places.with(place.joined(channel));
        if (joined.here().isEmpty()) {
            joined = joined.at(channel);
        }
        var seen = Objects.requireNonNullElse(message.source(), "");
        var in = model.as(model.me(), seen.indexOf('@') > 0 ? seen : model.mask()).with(joined);
        return Step.to(History.arrived(in, channel))
                .happened(new Line.Happened(at, channel, "you are in " + channel));
    }

    static Step parted(Model model, Message message, Instant at) {
        return left(model, message.param(0), message.sourceName(), message.param(1), at);
    }

    private static Step left(Model model, String channel, String who, String why, Instant at) {
        var place = model.places().find(channel);
        if (place.isEmpty()) {
            return Step.to(model);
        }
        if (model.isMe(who) && Joining.isPast(place.get())) {
            return Step.to(model);
        }
        if (model.isMe(who)) {
            return Joining.putOut(model, place.get())
                    .show(new Line.Happened(at, channel, "you left " + channel));
        }
        var left = model.with(model.places().with(place.get().minus(who)));
        return went(Step.to(left), place.get().name(), who, who + " left" + because(why), at);
    }

    static Step quit(Model model, Message message, Instant at) {
        var who = message.sourceName();
        var text = who + " left" + because(message.param(0));
        var step = Step.to(model);
        for (var place : model.places().channels()) {
            if (place.has(who)) {
                var left = step.model().with(place.minus(who));
                step = went(step.with(left), place.name(), who, text, at);
            }
        }
        return once(step, text);
    }

    /// Who leaves several channels at once leaves once for a person.
    private static Step once(Step step, String text) {
        var next = Step.to(step.model());
        var isShown = false;
        for (var effect : step.effects()) {
            var isIt =
                    effect instanceof Effect.Show(Line.Happened line) && line.text().equals(text);
            if (!isIt || !isShown) {
                next = next.then(effect);
            }
            isShown |= isIt;
        }
        return next;
    }

    /// Whoever said something lately is somebody; all others are counted when there are many.
    private static final Duration LATELY = Duration.ofMinutes(10);

    private static Step came(Step step, String channel, String who, Instant at) {
        var place = step.model().places().find(channel).orElseThrow();
        var comings = place.comings();
        if (isKnown(place, who, at) || comings.isQuiet(at)) {
            return step.with(step.model().with(place.with(comings.toldBy(at))))
                    .happened(new Line.Happened(at, place.name(), who + " joined"));
        }
        return step.with(step.model().with(place.with(comings.came(who, at))));
    }

    private static Step went(Step step, String channel, String who, String text, Instant at) {
        var place = step.model().places().find(channel).orElseThrow();
        var comings = place.comings();
        if (isKnown(place, who, at) || comings.isQuiet(at)) {
            return step.with(step.model().with(place.with(comings.toldBy(at))))
                    .happened(new Line.Happened(at, place.name(), text));
        }
        return step.with(step.model().with(place.with(comings.went(who, at))));
    }

    private static boolean isKnown(Conversation place, String who, Instant at) {
        return !place.isChannel()
                || place.backlog()
                        .last(entry -> entry.isBy(who))
                        .filter(entry -> Backlog.timeOf(entry).isAfter(at.minus(LATELY)))
                        .isPresent();
    }

    /// Before somebody speaks: who came and went meanwhile.
    static Step toldBefore(Step step, String name, Instant now) {
        return step.model()
                .places()
                .find(name)
                .filter(place -> !place.comings().isEmpty())
                .map(place -> told(step, place, now))
                .orElse(step);
    }

    /// What was counted long enough.
    static Step tick(Step step, Instant now) {
        var next = step;
        for (var place : step.model().places().channels()) {
            if (place.comings().isDue(now)) {
                next = told(next, place, now);
            }
        }
        return next;
    }

    private static Step told(Step step, Conversation place, Instant now) {
        var line = new Line.Happened(now, place.name(), place.comings().inWords());
        return step.with(step.model().with(place.with(place.comings().emptied(now))))
                .happened(line);
    }

    static Step renamed(Model model, Message message, Instant at) {
        var was = message.sourceName();
        var is = message.param(0);
        if (!Hearing.isWord(is)) {
            return Step.to(model);
        }
        var places =
                model.places().each(one -> one.has(was) ? one.minus(was).plus(List.of(is)) : one);
        if (model.isMe(was)) {
            return Step.to(model.as(is, "").with(places)).note("you are now " + is);
        }
        var text = was + " is now " + is;
        var renamed = model.with(places);
        for (var place : places.channels()) {
            if (place.has(is)) {
                renamed = Chronicle.happened(renamed, new Line.Happened(at, place.name(), text));
            }
        }
        return Step.to(renamed).show(new Line.Happened(at, "", text));
    }

    static Step kicked(Model model, Message message, Instant at) {
        var channel = message.param(0);
        var whom = message.param(1);
        var place = model.places().find(channel);
        if (place.isEmpty()) {
            return Step.to(model);
        }
        var by = " by " + message.sourceName() + because(message.param(2));
        if (model.isMe(whom)) {
            return Joining.putOut(model, place.get())
                    .trouble("you were removed from " + channel + by);
        }
        return Step.to(model.with(model.places().with(place.get().minus(whom))))
                .happened(new Line.Happened(at, channel, whom + " was removed" + by));
    }

    static Step topic(Model model, Message message, Instant at) {
        var channel = message.param(0);
        var topic = message.param(1);
        var who = message.sourceName();
        return Step.to(withTopic(model, channel, topic))
                .happened(
                        new Line.Happened(
                                at,
                                channel,
                                topic.isEmpty()
                                        ? who + " removed the topic"
                                        : who + " set the topic: " + topic));
    }

    /// Who may do what in a channel; one's own modes are nobody's business.
    static Step mode(Model model, Message message, Instant at) {
        var channel = message.param(0);
        var params = message.params();
        if (params.size() < 2 || model.places().find(channel).isEmpty()) {
            return Step.to(model);
        }
        var modes = String.join(" ", params.subList(1, params.size()));
        return Step.to(model)
                .happened(
                        new Line.Happened(
                                at, channel, message.sourceName() + " set the mode " + modes));
    }

    /// 332: the topic of a channel, told on joining or on asking.
    static Step topicIs(Model model, Message message, Instant at) {
        var channel = message.param(1);
        return Step.to(withTopic(model, channel, message.param(2)))
                .show(new Line.Happened(at, channel, "topic: " + message.param(2)));
    }

    private static Model withTopic(Model model, String channel, String topic) {
        return model.places()
                .find(channel)
                .map(place -> model.with(model.places().with(place.topic(topic))))
                .orElse(model);
    }

    /// 353: some names of a channel.
    static Step names(Model model, Message message) {
        var place = model.places().find(message.param(2));
        if (place.isEmpty()) {
            return Step.to(model);
        }
        var nicks =
                Stream.of(message.param(3).split(" ", -1))
                        .map(model.server()::withoutRank)
                        .map(Presence::withoutMask) // IRCv3 userhost-in-names
                        .filter(nick -> !nick.isEmpty())
                        .toList();
        if (!model.places().hasRoomFor(nicks.size())) {
            return Step.to(model);
        }
        return Step.to(model.with(model.places().with(place.get().plus(nicks))));
    }

    /// 366: that was all of them.
    static Step endOfNames(Model model, Message message, Instant at) {
        var place =
                model.places()
                        .find(message.param(1))
                        .filter(one -> one.listing() != Conversation.Listing.UNASKED);
        if (place.isEmpty()) {
            return Step.to(model);
        }
        var nicks = place.get().members().values();
        var asked = model.places().with(place.get().listing(Conversation.Listing.UNASKED));
        var text =
                nicks.size() > FEW && place.get().listing() == Conversation.Listing.ON_JOIN
                        ? nicks.size() + " here (/names lists them)"
                        : nicks.size() + " here: " + String.join(", ", nicks);
        return Step.to(model.with(asked)).show(new Line.Happened(at, place.get().name(), text));
    }

    private static String withoutMask(String name) {
        var bang = name.indexOf('!');
        return bang < 0 ? name : name.substring(0, bang);
    }

    static String because(String reason) {
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }
}
