package chat.parley.client.model;

import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.time.Instant;

/// What was said and is taken back (IRCv3 message-redaction): its words are gone from here too.
final class Redaction {

    private Redaction() {}

    static Step redacted(Model model, Message message, Instant at, boolean isLive) {
        var who = message.sourceName();
        var target = message.param(0);
        var place = Name.looksLikeChannel(target) || model.isMe(who) ? target : who;
        var found = model.places().find(place);
        var entry = found.flatMap(one -> one.backlog().byId(message.param(1)));
        if (entry.isEmpty() || entry.get().state() == Entry.State.TAKEN_BACK) {
            return Step.to(model);
        }
        var gone = entry.get();
        var backlog = found.get().backlog().replace(gone.takenBack());
        var changed = found.get().with(backlog);
        var step = Step.to(model.with(changed.with(changed.reading().counted(backlog))));
        if (!isLive) {
            return step;
        }
        var whose = gone.isBy(who) ? "" : " of " + speaker(gone);
        return step.show(
                new Line.Happened(
                        at,
                        found.get().name(),
                        who
                                + " took back line "
                                + gone.number()
                                + whose
                                + ", "
                                + linesUp(backlog, gone)
                                + Presence.because(message.param(2))));
    }

    /// Where it was, as nothing that was printed can be taken from a screen.
    private static String linesUp(Backlog backlog, Entry gone) {
        var after =
                backlog.entries().stream()
                        .dropWhile(one -> one.number() != gone.number())
                        .filter(one -> one.line() instanceof Line.Said)
                        .count();
        return after <= 1 ? "the last one" : (after - 1) + " before the last";
    }

    private static String speaker(Entry entry) {
        return entry.line() instanceof Line.Said said ? said.who() : "nobody";
    }
}
