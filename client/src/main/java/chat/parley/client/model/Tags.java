package chat.parley.client.model;

import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What client-only tags say: what a line answers, reactions, who is typing (IRCv3 reply, react,
/// typing). The drafts' names are said beside the short ones, as clients know one or the other.
final class Tags {

    static final String REPLY = "+reply";
    static final String DRAFT_REPLY = "+draft/reply";
    static final String REACT = "+draft/react";
    static final String UNREACT = "+draft/unreact";
    static final String TYPING = "+typing";

    /// So many characters are repeated of what a line answers.
    private static final int QUOTED = 40;

    private Tags() {}

    /// The msgid of what a message answers; empty for none.
    static String reply(Message message) {
        return message.tags().getOrDefault(DRAFT_REPLY, message.tags().getOrDefault(REPLY, ""));
    }

    /// `ann: first words…`
    static String quote(Entry entry) {
        return entry.line() instanceof Line.Said said
                ? said.who() + ": " + firstWords(said.text())
                : "";
    }

    static String firstWords(String text) {
        var line = text.lines().findFirst().orElse("");
        return line.codePointCount(0, line.length()) <= QUOTED
                ? line
                : line.substring(0, line.offsetByCodePoints(0, QUOTED)).stripTrailing() + "…";
    }

    /// With the words it answers, where they are here.
    static Line.Said quoting(Model model, Message message, Line.Said line) {
        var id = reply(message);
        if (id.isEmpty()) {
            return line;
        }
        return model.places()
                .find(line.place())
                .flatMap(place -> place.backlog().byId(id))
                .map(Tags::quote)
                .map(line::quoting)
                .orElse(line.quoting("…"));
    }

    /// A message without words: TAGMSG.
    static Step tagged(Model model, Message message, Instant at, Instant now, boolean isLive) {
        var who = message.sourceName();
        var target = message.param(0);
        var isMine = model.isMe(who);
        var place = Name.looksLikeChannel(target) || isMine ? target : who;
        var found = model.places().find(place);
        if (found.isEmpty() || who.isEmpty() || model.habits().ignores(who)) {
            return Step.to(model);
        }
        var tags = message.tags();
        if (tags.containsKey(TYPING) && isLive && !isMine) {
            var typing = found.get().typing().heard(who, tags.getOrDefault(TYPING, ""), now);
            return Step.to(model.with(found.get().with(typing)));
        }
        var step = Step.to(model);
        var reaction = tags.getOrDefault(REACT, "");
        if (!reaction.isEmpty()) {
            step = reacted(step, found.get(), message, reaction, true, isLive ? at : null);
        }
        var taken = tags.getOrDefault(UNREACT, "");
        return taken.isEmpty()
                ? step
                : reacted(step, found.get(), message, taken, false, isLive ? at : null);
    }

    /// @param at when to tell that it happened; null for what is history
    private static Step reacted(
            Step step,
            Conversation place,
            Message message,
            String reaction,
            boolean isGiven,
            @Nullable Instant at) {
        var entry = place.backlog().byId(reply(message));
        if (entry.isEmpty()) {
            return step;
        }
        var who = message.sourceName();
        var was = entry.get().reactions();
        var is = isGiven ? was.plus(reaction, who) : was.minus(reaction, who);
        if (is.by().equals(was.by())) {
            return step;
        }
        var changed = place.with(place.backlog().replace(entry.get().with(is)));
        var next = step.with(step.model().with(changed));
        return at == null
                ? next
                : next.show(
                        new Line.Happened(
                                at,
                                place.name(),
                                who
                                        + (isGiven ? " reacts " : " takes back ")
                                        + firstWords(reaction)
                                        + " to "
                                        + quote(entry.get())));
    }
}
