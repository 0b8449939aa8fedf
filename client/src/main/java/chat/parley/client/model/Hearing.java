package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import java.time.Instant;

/// What a message from the daemon changes: who said what, and the answers to what one said oneself.
///
/// Whatever comes, nothing here throws: a message that makes no sense is passed over.
final class Hearing {

    private Hearing() {}

    static Step hear(Model model, Message message, Instant now) {
        var taken = model.asking().batches().take(message);
        var step = Step.to(model.with(model.asking().with(taken.batches())));
        for (var heard : taken.heard()) {
            step =
                    Order.holds(step.model(), heard, now)
                            ? step.with(held(step.model(), heard))
                            : step.then(single(step.model(), heard, now));
        }
        for (var batch : taken.ended()) {
            step = step.then(ended(step.model(), batch, now));
        }
        return step;
    }

    private static Model held(Model model, Heard heard) {
        return model.with(model.asking().holding(heard));
    }

    static Step single(Model model, Heard heard, Instant now) {
        if (model.recent().has(heard.id())) {
            // The second copy of what one said to oneself is the one with the label.
            return Step.to(echoed(model, heard, now));
        }
        return understood(model.with(model.recent().with(heard.id())), heard, now);
    }

    private static Step ended(Model model, Batch batch, Instant now) {
        return switch (batch.type()) {
            case "draft/chathistory-targets" -> History.targets(model, batch);
            case "soju.im/search" -> Search.found(model, batch, now);
            default -> Past.came(model, batch, now);
        };
    }

    private static Step understood(Model model, Heard heard, Instant now) {
        var message = heard.message();
        var at = Line.time(message, now);
        return switch (message.command()) {
            case "PRIVMSG", "NOTICE" -> said(model, heard, now);
            case "TAGMSG" -> Tags.tagged(model, message, at, now, true);
            case "REDACT" -> Redaction.redacted(model, message, at, true);
            case "MARKREAD" -> Marks.heard(model, message);
            case "JOIN" -> Presence.joined(model, message, at);
            case "PART" -> Presence.parted(model, message, at);
            case "QUIT" -> Presence.quit(model, message, at);
            case "NICK" -> Presence.renamed(model, message, at);
            case "KICK" -> Presence.kicked(model, message, at);
            case "MODE" -> Presence.mode(model, message, at);
            case "TOPIC" -> Presence.topic(model, message, at);
            case "FAIL", "WARN", "NOTE", "ACK", "ERROR" -> Answers.standard(model, message);
            case "PONG" -> Answers.pong(model, message, now);
            case "INVITE" -> Answers.invited(model, message);
            default -> Answers.numeric(model, message, at);
        };
    }

    private static Step said(Model model, Heard heard, Instant now) {
        var message = heard.message();
        var next = model.isMe(message.sourceName()) ? echoed(model, heard, now) : model;
        var said = Line.Said.of(message, heard.text(), model.me(), now);
        if (said.isEmpty() || model.habits().ignores(said.get().who())) {
            return Step.to(next);
        }
        var line = Tags.quoting(next, message, said.get());
        var kept = Chronicle.said(next, heard.id(), line, now);
        var step = Presence.toldBefore(Step.to(kept), line.place(), now).show(line);
        return isToTell(kept, line) ? step.then(tell(line)) : step;
    }

    private static boolean isToTell(Model model, Line.Said line) {
        var place = model.places().find(line.place());
        return line.forMe()
                && line.manner() != Line.Manner.NOTICE
                && place.filter(one -> one.reading().isMuted()).isEmpty();
    }

    static Effect tell(Line.Said line) {
        var isDirect = CaseMapping.same(line.place(), line.who());
        return new Effect.Tell(line.place(), line.who(), line.text(), isDirect);
    }

    /// What came back is kept, and waits no more.
    private static Model echoed(Model model, Heard heard, Instant now) {
        var outbox = model.outbox();
        var echo =
                model.server().labels()
                        ? outbox.answeredBy(heard.message())
                        : outbox.echoedBy(heard);
        return echo.map(one -> Chronicle.arrived(model, one).with(outbox.echoed(one, now)))
                .orElse(model);
    }

    /// Whether a name can be said back to the daemon.
    static boolean isWord(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && !name.startsWith(":")
                && name.chars().noneMatch(c -> c == ' ' || Character.isISOControl(c));
    }

    /// Far longer than any daemon allows.
    private static final int LONGEST_NAME = 200;
}
