package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What came of asking for the past: lines go to their places in the backlog, and the person is
/// shown those that are new to it.
final class Past {

    /// One line that was not here before.
    private record Fresh(String id, Line.Said line) {}

    private Past() {}

    /// A batch of history: one that was asked for, or what a daemon replays by itself.
    static Step came(Model model, Batch batch, Instant now) {
        var underway =
                model.asking()
                        .underway()
                        .filter(one -> CaseMapping.same(one.target(), batch.target()));
        var next = model;
        var fresh = new ArrayList<Fresh>();
        for (var heard : batch.heard()) {
            var at = Line.time(heard.message(), now);
            switch (heard.message().command()) {
                case "PRIVMSG", "NOTICE" -> {
                    var line = fresh(next, heard, now);
                    if (line.isPresent()) {
                        fresh.add(line.get());
                        next = Chronicle.fetched(next, line.get().id(), line.get().line());
                        next = next.with(next.recent().with(heard.id()));
                    }
                }
                case "TAGMSG" -> next = Tags.tagged(next, heard.message(), at, now, false).model();
                case "REDACT" ->
                        next = Redaction.redacted(next, heard.message(), at, false).model();
                default -> {} // who came and went then is of no use now
            }
        }
        next = Chronicle.counted(next, batch.target(), now);
        var step = Step.to(next);
        return underway.isEmpty()
                ? shown(step, fresh)
                : answered(step, batch, underway.get(), fresh, now);
    }

    private static Optional<Fresh> fresh(Model model, Heard heard, Instant now) {
        var id = heard.id();
        return model.recent().has(id)
                ? Optional.empty()
                : Line.Said.of(heard.message(), heard.text(), model.me(), now)
                        .filter(line -> !model.habits().ignores(line.who()))
                        .filter(line ->
                                model.places()
                                        .find(line.place())
                                        .filter(place -> place.backlog().has(id, line))
                                        .isEmpty())
                        .map(line -> new Fresh(id, Tags.quoting(model, heard.message(), line)));
    }

    private static Step shown(Step step, List<Fresh> fresh) {
        var next = step;
        for (var one : fresh) {
            next = next.show(one.line());
        }
        return next;
    }

    private static Step answered(
            Step step, Batch batch, Fetch fetch, List<Fresh> fresh, Instant now) {
        return switch (fetch.kind()) {
            case LATEST -> latest(step, fetch, fresh);
            case AFTER -> after(step, batch, fetch, fresh, now);
            case OLDER -> older(step, batch, fetch, fresh);
            case SCROLLED -> done(older(step, batch, fetch));
            case TARGETS -> done(step); // those come in a batch of another type
        };
    }

    private static Step done(Step step) {
        return step.with(step.model().with(step.model().asking().answered()));
    }

    private static Step latest(Step step, Fetch fetch, List<Fresh> fresh) {
        var place = step.model().places().find(fetch.target());
        var readTo = place.map(one -> one.reading().upTo()).orElse(Reading.NEVER);
        var news = fresh.stream().filter(one -> one.line().at().isAfter(readTo)).toList();
        if (news.stream().allMatch(one -> one.line().mine())) {
            return done(hiding(step, place, fresh.size()));
        }
        var isMore = news.size() == fresh.size() && fresh.size() >= fetch.limit();
        var hidden = hiding(step, place, fresh.size() - news.size());
        return done(shown(marker(hidden, fetch.target(), isMore), news));
    }

    private static Step hiding(Step step, Optional<Conversation> place, int oldest) {
        return place.map(
                        one -> step.with(step.model().with(one.with(one.backlog().hiding(oldest)))))
                .orElse(step);
    }

    private static Step marker(Step step, String place, boolean isMore) {
        return step.note(
                place
                        + ": new since you were here"
                        + (isMore ? " (there is more; /history shows it)" : "")
                        + " --");
    }

    private static Step after(Step step, Batch batch, Fetch fetch, List<Fresh> fresh, Instant now) {
        if (batch.heard().isEmpty()) {
            return fetch.byTime().isPresent() ? again(step, fetch, now) : done(step);
        }
        var hasNews = fresh.stream().anyMatch(one -> !one.line().mine());
        var next = hasNews && fetch.shown() == 0 ? marker(step, fetch.target(), false) : step;
        next = mentioned(shown(next, fresh), fetch.target(), fresh);
        var from = History.after(step.model(), batch.heard().getLast(), now);
        var isLast = batch.heard().size() < fetch.limit() && batch.weight() < FULL;
        if (isLast || from.equals(fetch.from()) || fresh.isEmpty()) {
            return done(next);
        }
        var page = fetch.from(from, fetch.shown() + fresh.size());
        return next.with(next.model().with(next.model().asking().goingOn(page, now)))
                .send(page.message());
    }

    /// A page of fewer lines is full by its bytes too: a daemon may end it early.
    private static final int FULL = 64_000;

    /// What it was asked for by is gone: by its time then.
    private static Step again(Step step, Fetch fetch, Instant now) {
        var page = fetch.from(fetch.byTime().orElseThrow(), fetch.shown());
        return step.with(step.model().with(step.model().asking().goingOn(page, now)))
                .send(page.message());
    }

    /// Of many that named the person the last is enough.
    private static Step mentioned(Step step, String place, List<Fresh> fresh) {
        var muted =
                step.model()
                        .places()
                        .find(place)
                        .filter(one -> one.reading().isMuted())
                        .isPresent();
        return fresh.reversed().stream()
                .filter(one -> one.line().forMe() && !muted)
                .findFirst()
                .map(one -> step.then(Hearing.tell(one.line())))
                .orElse(step);
    }

    private static Step older(Step step, Batch batch, Fetch fetch, List<Fresh> fresh) {
        var name = fetch.target();
        if (fresh.isEmpty()) {
            return done(older(step, batch, fetch)).note("there is nothing older in " + name);
        }
        var next = step.note(name + ": older --");
        return done(older(shown(next, fresh), batch, fetch)).note(name + ": so far --");
    }

    /// The beginning is reached when nothing comes.
    private static Step older(Step step, Batch batch, Fetch fetch) {
        return batch.heard().isEmpty()
                ? step.model()
                        .places()
                        .find(fetch.target())
                        .map(place ->
                                step.with(step.model().with(place.with(place.backlog().whole()))))
                        .orElse(step)
                : step;
    }
}
