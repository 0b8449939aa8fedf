package chat.parley.client.model;

import chat.parley.protocol.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A text of several lines: one message where the daemon takes such (IRCv3 multiline), else so many
/// messages, once the person agrees.
final class Blocks {

    private static final String CONCAT = "draft/multiline-concat";

    /// Lines that are said one by one without a question.
    private static final int FEW = 3;

    private Blocks() {}

    static Step say(Model model, String target, String text, String answers, Instant now) {
        var lines = sayable(text);
        if (lines.size() <= 1) {
            return Talking.say(model, target, String.join("", lines), false, answers, now);
        }
        var whole = String.join("\n", lines);
        var closed = Joining.closed(model, target, whole);
        if (closed.isPresent()) {
            return closed.get();
        }
        if (fits(model, target, lines)) {
            if (model.outbox().isFull()) {
                return Step.to(model).trouble("too much is waiting already; not sent");
            }
            var queued = Talking.queued(model, target, whole, whole, answers, now);
            return model.isUp()
                    ? Talking.goOn(Step.to(queued), now)
                    : Step.to(queued)
                            .note("kept until the link is back: " + Talking.shortly(whole));
        }
        if (lines.size() <= FEW) {
            return oneByOne(model, target, lines, now);
        }
        var block = new Habits.Block(target, whole);
        return Step.to(model.with(model.habits().asking(Optional.of(block))))
                .note(
                        "this server takes them one by one only: /yes says these "
                                + lines.size()
                                + " lines in "
                                + target
                                + ", /no forgets them");
    }

    /// What was asked about is said, or forgotten.
    static Step answered(Model model, boolean isYes, Instant now) {
        var asked = model.habits().asked();
        var next = model.with(model.habits().asking(Optional.empty()));
        if (asked.isEmpty()) {
            return Step.to(model).note("nothing waits for a yes");
        }
        return isYes
                ? oneByOne(next, asked.get().target(), sayable(asked.get().text()), now)
                : Step.to(next).note("forgotten");
    }

    private static Step oneByOne(Model model, String target, List<String> lines, Instant now) {
        var step = Step.to(model);
        for (var line : lines) {
            step = step.then(Talking.say(step.model(), target, line, false, "", now));
        }
        return step;
    }

    /// Without what no line may have, and without blank lines at either end.
    private static List<String> sayable(String text) {
        return Speech.sayableLines(text);
    }

    private static boolean fits(Model model, String target, List<String> lines) {
        var room = Math.max(64, Talking.room(model, target));
        var count = lines.stream().mapToInt(line -> Speech.exactPieces(line, room).size()).sum();
        var bytes =
                lines.stream().mapToInt(Blocks::bytes).sum() + lines.size() - 1; // with line feeds
        var server = model.server();
        return server.echoes() && count <= server.linesAtOnce() && bytes <= server.bytesAtOnce();
    }

    /// What goes over the wire: one message, or the lines of a batch. Tags of the whole belong on
    /// the first.
    ///
    /// @param room the bytes that a line may have
    static List<Message> messages(Outgoing one, int room) {
        if (one.wire().indexOf('\n') < 0) {
            return List.of(Message.of("PRIVMSG", one.target(), one.wire()));
        }
        var reference = "m" + one.label();
        var messages = new ArrayList<Message>();
        messages.add(Message.of("BATCH", "+" + reference, "draft/multiline", one.target()));
        for (var line : one.wire().split("\n", -1)) {
            var isFirst = true;
            for (var piece : Speech.exactPieces(line, Math.max(64, room))) {
                var message =
                        Message.of("PRIVMSG", one.target(), piece).withTag("batch", reference);
                messages.add(isFirst ? message : message.withTag(CONCAT, ""));
                isFirst = false;
            }
        }
        messages.add(Message.of("BATCH", "-" + reference));
        return List.copyOf(messages);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
