package chat.parley.client.model;

import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.time.Instant;

/// What a message from the daemon changes: who said what, and the answers to what one said oneself.
///
/// Whatever comes, nothing here throws: a message that makes no sense is passed over.
final class Hearing {

    private Hearing() {}

    static Step hear(Model model, Message message, Instant now) {
        var id = message.tags().getOrDefault("msgid", "");
        if (model.recent().has(id)) {
            // The second copy of what one said to oneself is the one with the label.
            return Step.to(echoed(model, message, now));
        }
        var known = model.with(model.recent().with(id));
        return Talking.goOn(Talking.tick(understood(known, message, now), now), now);
    }

    private static Step understood(Model model, Message message, Instant now) {
        var at = Line.time(message, now);
        return switch (message.command()) {
            case "PRIVMSG", "NOTICE" -> said(model, message, now);
            case "JOIN" -> Presence.joined(model, message, at);
            case "PART" -> Presence.parted(model, message, at);
            case "QUIT" -> Presence.quit(model, message, at);
            case "NICK" -> Presence.renamed(model, message, at);
            case "KICK" -> Presence.kicked(model, message, at);
            case "TOPIC" -> Presence.topic(model, message, at);
            case "FAIL", "WARN", "NOTE", "ACK", "ERROR" -> Answers.standard(model, message);
            case "PONG" -> Answers.pong(model, message);
            case "INVITE" -> Answers.invited(model, message);
            default -> Answers.numeric(model, message, at);
        };
    }

    private static Step said(Model model, Message message, Instant now) {
        var next = model.isMe(message.sourceName()) ? echoed(model, message, now) : model;
        return Line.Said.of(message, model.me(), now)
                .map(line -> Step.to(remembered(next, message, line)).show(line))
                .orElse(Step.to(next));
    }

    /// What came back is kept, and waits no more.
    private static Model echoed(Model model, Message message, Instant now) {
        var outbox = model.outbox();
        var echo = model.server().labels() ? outbox.answeredBy(message) : outbox.echoedBy(message);
        return echo.map(one -> model.with(outbox.echoed(one, now))).orElse(model);
    }

    /// A direct conversation begins when the first word of it is heard.
    private static Model remembered(Model model, Message message, Line.Said line) {
        var place = line.place();
        if (!isWord(place)
                || message.command().equals("NOTICE")
                || Name.looksLikeChannel(place)
                || model.places().find(place).isPresent()) {
            return model;
        }
        return model.with(model.places().with(Conversation.with(place)));
    }

    /// Whether a name can be said back to the daemon.
    static boolean isWord(String name) {
        return !name.isEmpty()
                && !name.startsWith(":")
                && name.chars().noneMatch(c -> c == ' ' || Character.isISOControl(c));
    }
}
