package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Name;
import java.time.Instant;

/// How lines come into the backlogs, and what of them is new to the person.
final class Chronicle {

    private Chronicle() {}

    static Model happened(Model model, Line.Happened line) {
        return model.places()
                .find(line.place())
                .map(place ->
                        model.with(
                                place.with(place.backlog().plus("", "", line, Entry.State.STORED))))
                .orElse(model);
    }

    /// Something was said just now.
    static Model said(Model model, String id, Line.Said line, Instant now) {
        var opened = opened(model, line);
        var found = opened.places().find(line.place());
        if (found.isEmpty()) {
            return opened;
        }
        var place = found.get();
        var kept = place.with(place.backlog().plus(id, "", line, Entry.State.STORED));
        var isRead = line.mine() || isLookedAt(opened, kept, now);
        var reading =
                isRead ? kept.reading().seen(line.at()) : kept.reading().oneMore(line.forMe());
        return opened.with(
                opened.places()
                        .with(kept.with(reading).with(kept.typing().without(line.who())))
                        .lightened());
    }

    /// Something was said earlier, and is here only now.
    static Model fetched(Model model, String id, Line.Said line) {
        var opened = opened(model, line);
        return opened.places()
                .find(line.place())
                .map(place ->
                        opened.with(
                                opened.places()
                                        .with(
                                                place.with(
                                                        place.backlog()
                                                                .insert(id, line, line.at())))
                                        .lightened()))
                .orElse(opened);
    }

    /// The counts of a place after older lines came.
    static Model counted(Model model, String name, Instant now) {
        var found = model.places().find(name);
        if (found.isEmpty()) {
            return model;
        }
        var place = found.get();
        var newest = place.backlog().newestStored().map(Backlog::timeOf);
        return model.with(
                place.with(
                        isLookedAt(model, place, now) && newest.isPresent()
                                ? place.reading().counted(place.backlog()).seen(newest.get())
                                : place.reading().counted(place.backlog())));
    }

    /// What the person says, before the daemon has it.
    static Model pending(Model model, Outgoing one, Line.Said line) {
        return model.places()
                .find(one.target())
                .map(place ->
                        model.with(
                                place.with(
                                        place.backlog()
                                                .plus("", one.label(), line, Entry.State.PENDING))))
                .orElse(model);
    }

    /// What became of an own line that is not stored.
    static Model became(Model model, Outgoing one, Entry.State state) {
        return model.places()
                .find(one.target())
                .flatMap(place ->
                        place.backlog()
                                .byLabel(one.label())
                                .map(entry ->
                                        model.with(
                                                place.with(
                                                        place.backlog()
                                                                .replace(entry.with(state))))))
                .orElse(model);
    }

    /// An own line is stored: it stands where the daemon put it, and not where it waited.
    static Model arrived(Model model, Outgoing one) {
        return model.places()
                .find(one.target())
                .flatMap(place ->
                        place.backlog()
                                .byLabel(one.label())
                                .map(entry ->
                                        model.with(place.with(place.backlog().without(entry)))))
                .orElse(model);
    }

    /// The person is where it is, and looks.
    static Model looked(Model model, Instant now) {
        if (!model.habits().isPerson()) {
            return model;
        }
        var looking = model.with(model.habits().looked(now));
        return switch (model.habits().view()) {
            case STREAM -> looking.with(looking.places().each(Chronicle::read));
            case PLACE ->
                    looking.places().here().map(one -> looking.with(read(one))).orElse(looking);
        };
    }

    /// A place with all of it read.
    static Conversation read(Conversation place) {
        if (place.reading().unread() == 0 && place.reading().isKnown()) {
            return place;
        }
        return place.backlog()
                .last(Entry::isSaid)
                .map(entry -> place.with(place.reading().seen(Backlog.timeOf(entry))))
                .orElse(place);
    }

    private static boolean isLookedAt(Model model, Conversation place, Instant now) {
        var isSeen =
                model.habits().view() == Habits.View.STREAM
                        || model.places().here().filter(here -> isSame(here, place)).isPresent();
        return isSeen && model.habits().isThere(now);
    }

    private static boolean isSame(Conversation one, Conversation other) {
        return CaseMapping.same(one.name(), other.name());
    }

    /// A direct conversation begins when the first word of it is heard.
    private static Model opened(Model model, Line.Said line) {
        var place = line.place();
        if (!Hearing.isWord(place)
                || line.manner() == Line.Manner.NOTICE
                || Name.looksLikeChannel(place)
                || !model.places().hasRoom()
                || model.places().find(place).isPresent()) {
            return model;
        }
        return model.with(Conversation.with(place));
    }
}
