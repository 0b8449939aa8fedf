package chat.parley.client.model;

import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Predicate;

/// What the person does to lines: answers one, reacts, takes one back, asks for their numbers.
/// Lines are named by number, which stays the same, or by nick for the last of somebody.
final class Doing {

    private static final int NUMBERED = 10;
    private static final String NOWHERE = "you are in no channel; try /join #lobby";

    private Doing() {}

    /// A number that was typed, or another if that is none.
    static int number(String text, int otherwise) {
        try {
            return Math.clamp(Integer.parseInt(text), 1, Backlog.LONGEST);
        } catch (NumberFormatException _) { // nothing, or no number: then as usual
            return otherwise;
        }
    }

    static Step block(Model model, String text, Instant at) {
        var here = model.places().here();
        return here.isEmpty()
                ? Step.to(model).trouble(NOWHERE)
                : Blocks.say(model, here.get().name(), text, "", at);
    }

    static Step reply(Model model, String text, Instant at) {
        var here = model.places().here();
        if (here.isEmpty()) {
            return Step.to(model).trouble(NOWHERE);
        }
        var place = here.get();
        var first = firstWord(text);
        var rest = text.substring(first.length()).strip();
        var isByTag = model.server().passes("draft/reply") || model.server().passes("reply");
        Predicate<Entry> fits = isByTag ? Doing::hasId : _ -> true;
        var named = rest.isEmpty() ? Optional.<Entry>empty() : named(place, first, fits);
        if (named.isEmpty() && isNumber(first)) {
            return Step.to(model).trouble(noLine(first));
        }
        var entry = named.or(() -> lastOfOthers(place, fits));
        if (entry.isEmpty()) {
            return Step.to(model).trouble("nobody said anything here that could be answered");
        }
        var words = named.isPresent() ? rest : text;
        if (!isByTag) {
            // A daemon without tags: by name, as people always did.
            var who = entry.get().line() instanceof Line.Said said ? said.who() + ": " : "";
            return Blocks.say(model, place.name(), who + words, "", at);
        }
        return Blocks.say(model, place.name(), words, entry.get().id(), at);
    }

    static Step react(Model model, String which, String reaction, boolean isGiven) {
        var here = model.places().here();
        if (here.isEmpty()) {
            return Step.to(model).trouble(NOWHERE);
        }
        if (!model.isUp()) {
            return Step.to(model).trouble("the link is down; try again when it is back");
        }
        if (!model.server().passes("draft/react")) {
            return Step.to(model).trouble("this server passes no reactions on");
        }
        var place = here.get();
        var entry =
                which.isEmpty()
                        ? lastOfOthers(place, Doing::hasId)
                        : named(place, which, Doing::hasId);
        if (entry.isEmpty()) {
            return Step.to(model)
                    .trouble(
                            which.isEmpty()
                                    ? "nobody said anything here to react to"
                                    : noLine(which));
        }
        var words = Speech.sayable(reaction);
        if (words.isBlank()) {
            return Step.to(model).trouble("react with what?");
        }
        var id = entry.get().id();
        var message =
                Message.of("TAGMSG", place.name())
                        .withTag(isGiven ? Tags.REACT : Tags.UNREACT, words)
                        .withTag(Tags.REPLY, id)
                        .withTag(Tags.DRAFT_REPLY, id);
        if (model.server().echoes()) {
            return Step.to(model).send(message);
        }
        var was = entry.get().reactions();
        var is = isGiven ? was.plus(words, model.me()) : was.minus(words, model.me());
        return Step.to(model.with(place.with(place.backlog().replace(entry.get().with(is)))))
                .send(message);
    }

    static Step redact(Model model, String which, String reason) {
        var here = model.places().here();
        if (here.isEmpty()) {
            return Step.to(model).trouble(NOWHERE);
        }
        if (!model.server().has(Capability.MESSAGE_REDACTION)) {
            return Step.to(model).trouble("this server cannot take back what was said");
        }
        var place = here.get();
        var isNumber = isNumber(which);
        var entry = isNumber ? named(place, which, Doing::hasId) : last(place, Doing::isOwn);
        if (entry.isEmpty()) {
            return Step.to(model)
                    .trouble(isNumber ? noLine(which) : "you said nothing here to take back");
        }
        var why = isNumber ? reason : (which + " " + reason).strip();
        var id = entry.get().id();
        return Acts.ask(
                model,
                why.isEmpty()
                        ? Message.of("REDACT", place.name(), id)
                        : Message.of("REDACT", place.name(), id, Speech.sayable(why)));
    }

    /// The one proposal for it (draft/message-edit) is not agreed on, and no server has it.
    static Step edit(Model model) {
        return Step.to(model)
                .trouble(
                        model.server().has(Capability.MESSAGE_REDACTION)
                                ? "this server cannot change what was said; /redact takes your"
                                        + " last line back, then say it again"
                                : "this server can neither change nor take back what was said; say"
                                        + " it again as you mean it");
    }

    static Step numbered(Model model, String lines) {
        var here = model.places().here();
        if (here.isEmpty()) {
            return Step.to(model).trouble(NOWHERE);
        }
        var all = here.get().backlog().entries().stream().filter(Entry::isSaid).toList();
        var most = number(lines, NUMBERED);
        var step = Step.to(model);
        for (var entry : all.subList(Math.max(0, all.size() - most), all.size())) {
            step = step.note(entry.number() + "  " + Tags.quote(entry));
        }
        return all.isEmpty() ? step.note("nothing was said here yet") : step;
    }

    static Step unread(Model model) {
        var step = Step.to(model);
        for (var place : model.places().all().values()) {
            var reading = place.reading();
            if (reading.unread() > 0) {
                step =
                        step.note(
                                place.name()
                                        + ": "
                                        + reading.unread()
                                        + " new"
                                        + (reading.mentions() > 0
                                                ? ", " + reading.mentions() + " for you"
                                                : ""));
            }
        }
        return step.effects().isEmpty() ? step.note("nothing new") : step;
    }

    static Step ignore(Model model, String nick, boolean isWanted) {
        var habits = model.habits();
        if (nick.isEmpty()) {
            var all = new ArrayList<>(habits.ignored());
            all.sort(String::compareTo);
            return Step.to(model)
                    .note(
                            all.isEmpty()
                                    ? "nobody is ignored"
                                    : "ignored: " + String.join(", ", all));
        }
        return Step.to(model.with(habits.ignoring(nick, isWanted)))
                .note(
                        isWanted
                                ? nick + " is ignored until you leave; /unignore " + nick
                                : nick + " is heard again");
    }

    static Step mute(Model model, String name, boolean isWanted) {
        var place = name.isEmpty() ? model.places().here() : model.places().find(name);
        return place.map(one ->
                        Step.to(model.with(one.with(one.reading().muted(isWanted))))
                                .note(
                                        one.name()
                                                + (isWanted
                                                        ? " is muted: no bell, no notification"
                                                        : " is not muted any more")))
                .orElse(Step.to(model).trouble(name.isEmpty() ? NOWHERE : "not in " + name));
    }

    static Step typing(Model model, String wanted) {
        return switch (wanted) {
            case "on" ->
                    Step.to(model.with(model.habits().typing(true)))
                            .note("others see when you type");
            case "off" ->
                    Step.to(model.with(model.habits().typing(false)))
                            .note("nobody sees when you type");
            default ->
                    Step.to(model)
                            .note(
                                    model.habits().sendsTyping()
                                            ? "others see when you type; /typing off"
                                            : "nobody sees when you type; /typing on");
        };
    }

    /// By its number, or the last one of somebody.
    private static Optional<Entry> named(Conversation place, String name, Predicate<Entry> fits) {
        if (isNumber(name)) {
            return place.backlog()
                    .byNumber(Long.parseLong(name))
                    .filter(Entry::isSaid)
                    .filter(fits);
        }
        var nick = name.endsWith(":") ? name.substring(0, name.length() - 1) : name;
        return last(place, entry -> entry.isBy(nick) && fits.test(entry));
    }

    private static boolean hasId(Entry entry) {
        return !entry.id().isEmpty();
    }

    private static boolean isOwn(Entry entry) {
        return entry.isMine() && hasId(entry);
    }

    private static Optional<Entry> lastOfOthers(Conversation place, Predicate<Entry> fits) {
        return last(place, entry -> !entry.isMine() && fits.test(entry));
    }

    private static Optional<Entry> last(Conversation place, Predicate<Entry> wanted) {
        return place.backlog().last(entry -> entry.isSaid() && wanted.test(entry));
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty()
                && word.length() < 10
                && word.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String noLine(String which) {
        return "there is no line " + which + " here; /lines shows their numbers";
    }

    private static String firstWord(String text) {
        var space = text.indexOf(' ');
        return space < 0 ? text : text.substring(0, space);
    }
}
