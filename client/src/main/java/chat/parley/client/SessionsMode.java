package chat.parley.client;

import chat.parley.client.link.Deadline;
import chat.parley.client.link.Session;
import chat.parley.client.ui.TerminalText;
import chat.parley.protocol.Message;
import java.io.IOException;
import java.time.Duration;

/// `parley sessions`: where one is logged in, and an end to it there.
final class SessionsMode {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MARK = "sessions-end";

    private SessionsMode() {}

    static ExitCode run(Request.Sessions request, Surroundings around)
            throws Problem, InterruptedException {
        try (var admission = Admission.inPassing(request.connection(), around, "parley-sessions")) {
            var session = admission.logIn();
            try (var _ = Deadline.after(PATIENCE, session::abort)) {
                ask(session, request, around);
                return ExitCode.DONE;
            } catch (IOException e) {
                throw new Problem(
                        ExitCode.CANNOT_CONNECT, "the connection broke: " + e.getMessage());
            } finally {
                session.leave("");
            }
        }
    }

    /// The daemon answers in notices; PONG marks the end of them.
    private static void ask(Session session, Request.Sessions request, Surroundings around)
            throws IOException, Problem {
        session.send(
                request.end()
                        .map(which ->
                                Message.of(
                                        "SESSIONS",
                                        "END",
                                        which.equalsIgnoreCase("all") ? "OTHERS" : which))
                        .orElseGet(() -> Message.of("SESSIONS", "LIST")),
                Message.of("PING", MARK));
        while (true) {
            var heard = session.next().orElseThrow(SessionsMode::gone);
            var text = heard.params().isEmpty() ? "" : heard.params().getLast();
            switch (heard.command()) {
                case "PING" -> session.send(Message.of("PONG", heard.param(0)));
                case "PONG" -> {
                    if (text.equals(MARK)) {
                        return;
                    }
                }
                case "NOTICE" -> {
                    if (heard.param(0).equals(session.nick())
                            && heard.source() != null
                            && heard.source().indexOf('!') < 0
                            && !text.startsWith("SESSIONS ")) {
                        around.out().println(TerminalText.plain(text));
                    }
                }
                case "FAIL" -> {
                    if (heard.param(0).equals("SESSIONS")) {
                        throw new Problem(ExitCode.REFUSED, TerminalText.plain(text));
                    }
                }
                case "421" -> throw new Problem(ExitCode.REFUSED, "the daemon knows no SESSIONS");
                default -> {}
            }
        }
    }

    private static Problem gone() {
        return new Problem(ExitCode.CANNOT_CONNECT, "the daemon closed the connection");
    }
}
