package chat.parley.client;

import chat.parley.client.link.Deadline;
import chat.parley.client.link.Session;
import chat.parley.client.model.Pace;
import chat.parley.client.model.Speech;
import chat.parley.client.ui.TerminalText;
import chat.parley.protocol.Capability;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// `parley send`: says it, and is content only with the echo, the daemon's word that it is kept.
///
/// One message at a time and one thread: the next goes when the one before is kept, so the order is
/// that of the input, and what was not kept is known to the line.
final class Send {

    /// The daemon slows those who say much by not listening; more than this is no slowing.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Room for `:nick!user@host PRIVMSG target :` and the line ending, with the longest of all.
    private static final int AROUND = 1 + 32 + 1 + 32 + 1 + 63 + " PRIVMSG  :\r\n".length();

    private static final int LINE = 512; // RFC 1459 2.3

    private final Session session;
    private final String target;
    private final Clock clock;
    private Pace pace = Pace.unknown();
    private int said;

    private Send(Session session, String target, Clock clock) {
        this.clock = clock;
        this.session = session;
        this.target = target;
    }

    static ExitCode run(Request.Send request, Surroundings around)
            throws Problem, InterruptedException {
        try (var admission = Admission.inPassing(request.connection(), around, "parley-send")) {
            var session = admission.logIn();
            try {
                new Send(session, request.target(), around.clock()).sayAll(request, around);
                return ExitCode.DONE;
            } finally {
                session.leave("");
            }
        }
    }

    private void sayAll(Request.Send request, Surroundings around)
            throws Problem, InterruptedException {
        if (!session.capabilities().contains(Capability.ECHO_MESSAGE)) {
            throw new Problem(
                    ExitCode.REFUSED,
                    "the daemon echoes nothing (no echo-message), so nobody can tell whether it"
                            + " kept anything; nothing was sent");
        }
        if (target.startsWith("#")) {
            join();
        }
        if (request.text().isPresent()) {
            for (var line : request.text().get().split("\\R", -1)) {
                say(line);
            }
            return;
        }
        var strict = StandardCharsets.UTF_8.newDecoder();
        try (var lines = new BufferedReader(new InputStreamReader(around.in(), strict))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                say(line);
            }
        } catch (CharacterCodingException _) {
            throw Problem.wrongUse("the input is not UTF-8; kept so far: " + said + " messages");
        } catch (IOException e) {
            throw Problem.wrongUse("the input cannot be read: " + e.getMessage());
        }
    }

    private void say(String line) throws Problem, InterruptedException {
        var text = Speech.sayable(line);
        if (text.isBlank()) {
            return;
        }
        var room = LINE - AROUND - target.getBytes(StandardCharsets.UTF_8).length;
        for (var piece : Speech.pieces(text, Math.max(64, room))) {
            var label = "s" + said;
            var message = Message.of("PRIVMSG", target, piece);
            Thread.sleep(pause());
            var sent = clock.instant();
            var refusal = ask(message.withTag("label", label), heard -> kept(heard, label, piece));
            if (refusal.isPresent()) {
                throw refused(refusal.get());
            }
            var now = clock.instant();
            pace = pace.echoed(Duration.between(sent, now), now);
            said++;
        }
    }

    /// How long to wait before the next message.
    private Duration pause() {
        var now = clock.instant();
        return pace.mayGo(now) ? Duration.ZERO : Duration.between(now, pace.notBefore());
    }

    /// Joins; being in already is fine. PING marks the end of what the daemon has to say about it.
    private void join() throws Problem {
        var refusal =
                ask(
                        Message.of("JOIN", target),
                        heard ->
                                switch (heard.command()) {
                                    case "JOIN" ->
                                            isMe(heard) && CaseMapping.same(heard.param(0), target)
                                                    ? Answer.YES
                                                    : Answer.NONE;
                                    case "403", "405", "471", "473", "474", "475", "476", "477" ->
                                            Answer.NO;
                                    case "FAIL" ->
                                            heard.param(0).equals("JOIN") ? Answer.NO : Answer.NONE;
                                    case "PONG" ->
                                            heard.param(1).equals("joined")
                                                    ? Answer.YES
                                                    : Answer.NONE;
                                    default -> Answer.NONE;
                                },
                        Message.of("PING", "joined"));
        if (refusal.isPresent()) {
            throw refused(refusal.get());
        }
    }

    private Answer kept(Message heard, String label, String text) {
        var isAnswer = heard.tags().getOrDefault("label", "").equals(label);
        if (heard.command().equals("PRIVMSG") && isMe(heard)) {
            var isEcho =
                    session.capabilities().contains(Capability.LABELED_RESPONSE)
                            ? isAnswer
                            : heard.param(1).equals(text)
                                    && CaseMapping.same(heard.param(0), target);
            return isEcho ? Answer.YES : Answer.NONE;
        }
        var isRefusal =
                heard.command().equals("FAIL")
                        || heard.command().startsWith("4")
                        || heard.command().startsWith("5");
        var isOurs =
                isAnswer
                        || (!session.capabilities().contains(Capability.LABELED_RESPONSE)
                                && isRefusal);
        if (!isOurs) {
            return Answer.NONE;
        }
        return isRefusal || heard.command().equals("ACK") ? Answer.NO : Answer.NONE;
    }

    private enum Answer {
        NONE,
        YES,
        NO
    }

    private interface Listener {
        Answer hear(Message message);
    }

    /// Sends, and reads until the listener knows. The reason, if it is no.
    private Optional<String> ask(Message question, Listener listener, Message... more)
            throws Problem {
        try (var deadline = Deadline.after(PATIENCE, session::abort)) {
            try {
                session.send(question);
                session.send(more);
                return answer(listener);
            } catch (IOException e) {
                throw new Problem(
                        said == 0 && !deadline.hasPassed()
                                ? ExitCode.CANNOT_CONNECT
                                : ExitCode.REFUSED,
                        notKept(
                                deadline.hasPassed()
                                        ? "no echo within " + PATIENCE.toSeconds() + " s"
                                        : "the connection broke"));
            }
        }
    }

    private Optional<String> answer(Listener listener) throws IOException, Problem {
        var lastWords = "the daemon closed the connection";
        while (true) {
            var next = session.next();
            if (next.isEmpty()) {
                throw refused(lastWords);
            }
            var heard = next.get();
            if (heard.command().equals("PING")) {
                session.send(Message.of("PONG", heard.param(0)));
            } else if (heard.command().equals("ERROR") && !heard.params().isEmpty()) {
                lastWords = heard.params().getLast();
            }
            switch (listener.hear(heard)) {
                case YES -> {
                    return Optional.empty();
                }
                case NO -> {
                    return Optional.of(
                            heard.params().isEmpty() ? heard.command() : heard.params().getLast());
                }
                case NONE -> {}
            }
        }
    }

    private Problem refused(String reason) {
        return new Problem(ExitCode.REFUSED, notKept(TerminalText.plain(reason)));
    }

    private String notKept(String reason) {
        return "not kept: " + reason + (said == 0 ? "" : " (kept before that: " + said + ")");
    }

    private boolean isMe(Message message) {
        return CaseMapping.same(message.sourceName(), session.nick());
    }
}
