package chat.parley.client.model;

import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/// What was said while one was not here, and before: asks for it (IRCv3 chathistory) page by page.
///
/// Coming back it goes on after the last line that is here, until there is nothing more, so nothing
/// is missing; what comes twice is known by its msgid.
final class History {

    /// On the first visit of a run conversations are looked for in this time.
    private static final Duration MONTH = Duration.ofDays(30);

    /// The newest conversations with somebody that are looked into.
    private static final int PEOPLE = 20;

    /// Older lines that are shown at once unless a number is given.
    static final int PAGE = 20;

    private History() {}

    /// One is in a channel: what was said there meanwhile?
    static Model arrived(Model model, String name) {
        var place = model.places().find(name);
        return place.isEmpty() || !model.server().hasHistory()
                ? model
                : model.with(model.asking().plus(missed(model, place.get())));
    }

    private static Fetch missed(Model model, Conversation place) {
        var page = model.server().page();
        var newest = place.backlog().newestStored();
        if (newest.isEmpty()) {
            return Fetch.of(Fetch.Kind.LATEST, place.name(), "*", page);
        }
        var byId = "msgid=" + newest.get().id();
        var byTime = Marks.timestamp(Backlog.timeOf(newest.get()).minusMillis(1));
        if (newest.get().id().isEmpty() || !model.server().knowsPlacesBy("msgid")) {
            return Fetch.of(Fetch.Kind.AFTER, place.name(), byTime, page);
        }
        var fetch = Fetch.of(Fetch.Kind.AFTER, place.name(), byId, page);
        return model.server().knowsPlacesBy("timestamp") ? fetch.or(byTime) : fetch;
    }

    /// The link is there: with whom were there words meanwhile?
    static Model up(Model model, Instant now) {
        if (!model.server().hasHistory()) {
            return model;
        }
        var asking = model.asking();
        for (var place : model.places().people()) {
            asking = asking.plus(missed(model, place));
        }
        var since =
                model.places().all().values().stream()
                        .flatMap(place -> place.backlog().newestStored().stream())
                        .map(Backlog::timeOf)
                        .max(Instant::compareTo)
                        .orElse(now.minus(MONTH));
        return model.with(
                asking.plus(
                        Fetch.of(
                                Fetch.Kind.TARGETS,
                                "",
                                Marks.timestamp(since),
                                Math.min(model.server().page(), 2 * PEOPLE))));
    }

    /// One scrolled to where it begins. A stream can only put older lines below, so it gets few at
    /// a time, between two marks.
    static Step scrolled(Model model) {
        return switch (model.habits().view()) {
            case STREAM -> older(model, PAGE, true);
            case PLACE -> older(model, model.server().page(), false);
        };
    }

    /// Older lines of where one is. Empty handed it says why.
    static Step older(Model model, int lines, boolean isAsked) {
        var here = model.places().here();
        if (here.isEmpty()) {
            return isAsked ? Step.to(model).trouble("you are nowhere") : Step.to(model);
        }
        var place = here.get();
        if (isAsked && place.backlog().hidden() > 0) {
            return unhidden(model, place, lines);
        }
        if (!model.isUp() || !model.server().hasHistory()) {
            return isAsked
                    ? Step.to(model)
                            .trouble(
                                    model.isUp()
                                            ? "this server keeps no history to ask for"
                                            : "the link is down; try again when it is back")
                    : Step.to(model);
        }
        if (place.backlog().isWhole() || place.backlog().entries().size() >= Backlog.LONGEST) {
            return isAsked
                    ? Step.to(model).note("there is nothing older in " + place.name())
                    : Step.to(model);
        }
        var kind = isAsked ? Fetch.Kind.OLDER : Fetch.Kind.SCROLLED;
        var oldest = place.backlog().oldestStored();
        var most = Math.clamp(lines, 1, model.server().page());
        var fetch =
                oldest.map(one -> Fetch.of(kind, place.name(), placeOf(model, one), most))
                        .orElse(Fetch.of(kind, place.name(), Marks.timestamp(FAR), most));
        return Step.to(model.with(model.asking().plus(fetch)));
    }

    /// What is here already, and was not shown as it had been read.
    private static Step unhidden(Model model, Conversation place, int lines) {
        var backlog = place.backlog();
        var old = backlog.hidden(lines);
        var left = backlog.hiding(backlog.hidden() - old.size());
        var step = Step.to(model.with(place.with(left))).note(place.name() + ": older --");
        for (var entry : old) {
            step = step.show(entry.line());
        }
        return step.note(place.name() + ": so far --");
    }

    /// Later than anything that was said.
    private static final Instant FAR = Instant.parse("9999-12-31T23:59:59.999Z");

    /// How to ask for what came after it, as CHATHISTORY takes it.
    static String after(Model model, Heard last, Instant now) {
        return !last.id().isEmpty() && model.server().knowsPlacesBy("msgid")
                ? "msgid=" + last.id()
                : Marks.timestamp(Line.time(last.message(), now).minusMillis(1));
    }

    private static String placeOf(Model model, Entry entry) {
        return !entry.id().isEmpty() && model.server().knowsPlacesBy("msgid")
                ? "msgid=" + entry.id()
                : Marks.timestamp(Backlog.timeOf(entry));
    }

    /// Asks for the next thing, if nothing is awaited.
    static Step goOn(Step step, Instant now) {
        var model = step.model();
        if (!model.isUp()) {
            return step;
        }
        if (model.asking().isOverdue(now)) {
            model = model.with(model.asking().answered());
        }
        model = model.with(model.asking().at(now));
        var first = first(model, now);
        var next = model.asking().next(first);
        while (next.isPresent() && isRead(model, next.get())) {
            model = model.with(model.asking().asked(next.get(), now).answered());
            next = model.asking().next(first);
        }
        return next.isEmpty()
                ? step.with(model)
                : step.with(model.with(model.asking().asked(next.get(), now)))
                        .send(next.get().message());
    }

    /// Where somebody waits: for what the person said to go, or to read.
    private static String first(Model model, Instant now) {
        return model.outbox().waiting().stream()
                .filter(Outgoing::isKept)
                .map(Outgoing::target)
                .filter(target -> Order.isCatchingUp(model, target, now))
                .findFirst()
                .orElse(model.places().current());
    }

    /// Whether nothing was said there that was not read.
    private static boolean isRead(Model model, Fetch fetch) {
        return fetch.newest().isPresent()
                && model.places()
                        .find(fetch.target())
                        .filter(place -> !place.reading().upTo().isBefore(fetch.newest().get()))
                        .isPresent();
    }

    /// The daemon says no.
    static Step refused(Model model, String reason) {
        var underway = model.asking().underway();
        var step = Step.to(model.with(model.asking().answered()));
        return underway.filter(one -> one.kind() == Fetch.Kind.OLDER).isPresent()
                ? step.trouble(reason)
                : step;
    }

    /// With whom one spoke: each line is `CHATHISTORY TARGETS <name> <time>`.
    static Step targets(Model model, Batch batch) {
        var next = model;
        var step = Step.to(model);
        var page = model.server().page();
        for (var one : batch.heard().reversed().stream().limit(PEOPLE).toList()) {
            var name = one.message().param(1);
            var isOne = one.message().param(0).equals("TARGETS") && Hearing.isWord(name);
            if (!isOne
                    || Name.looksLikeChannel(name)
                    || model.habits().ignores(name)
                    || next.places().find(name).isPresent()
                    || !next.places().hasRoom()) {
                continue;
            }
            var fetch = Fetch.of(Fetch.Kind.LATEST, name, "*", page);
            next =
                    next.with(Conversation.with(name))
                            .with(next.asking().plus(newest(fetch, one.message())));
            if (model.server().has(Capability.READ_MARKER)) {
                step = step.send(Message.of("MARKREAD", name));
            }
        }
        return step.with(next.with(next.asking().answered()));
    }

    private static Fetch newest(Fetch fetch, Message target) {
        try {
            return fetch.newest(Instant.parse(target.param(2)));
        } catch (DateTimeException _) { // the daemon's mistake: then it is asked for
            return fetch;
        }
    }
}
