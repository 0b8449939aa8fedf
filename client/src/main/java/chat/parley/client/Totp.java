package chat.parley.client;

import chat.parley.client.link.Session;
import chat.parley.client.ui.TerminalText;
import chat.parley.protocol.Message;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// `parley totp`: turns the second factor of one's own account on and off, by the daemon's TOTP.
///
/// Runs on the main thread. What is to be kept goes to the standard output, what is said about it
/// to the standard error.
final class Totp {

    private static final int TRIES = 3;

    private final Request.Totp request;
    private final Surroundings around;
    private final Session session;

    private Totp(Request.Totp request, Surroundings around, Session session) {
        this.request = request;
        this.around = around;
        this.session = session;
    }

    static ExitCode run(Request.Totp request, Surroundings around)
            throws Problem, InterruptedException {
        try (var admission = Admission.withPassword(request.connection(), around, "totp")) {
            var entered = admission.enter();
            if (entered.need() == Admission.Need.PASSWORD) {
                entered.session().leave("");
                throw new Problem(
                        ExitCode.REFUSED,
                        "this password is for the first login: set one of your own with parley passwd");
            }
            var session = entered.session();
            try {
                new Totp(request, around, session).act(admission.password());
                session.leave("");
                return ExitCode.DONE;
            } catch (IOException e) {
                throw new Problem(
                        ExitCode.CANNOT_CONNECT, "the connection broke: " + e.getMessage());
            } finally {
                session.abort();
            }
        }
    }

    private void act(Secret password) throws IOException, Problem {
        switch (request.action()) {
            case STATUS -> {
                session.send(Message.of("TOTP", "STATUS"));
                done(answers("STATUS"));
            }
            case ENABLE -> enable(password);
            case CODES -> withCode("TOTP CODES ", password);
            case DISABLE -> withCode("TOTP DISABLE ", password);
        }
    }

    private void enable(Secret password) throws IOException, Problem {
        session.sendSecret("TOTP ENABLE ", password.copy());
        for (var note : answers("NEXT")) {
            if (note.param(1).equals("SECRET")) {
                print("uri   " + TerminalText.plain(note.param(2)));
                print("key   " + grouped(TerminalText.plain(note.param(3))));
            }
        }
        say("give this to your authenticator app: as an address, or the key by hand");
        for (var tries = 1; ; tries++) {
            session.sendSecret("TOTP CONFIRM ", Code.ask(request.connection(), around));
            try {
                done(answers("STATUS"));
                return;
            } catch (Problem refused) {
                if (tries == TRIES) {
                    throw refused;
                }
                say(String.valueOf(refused.getMessage()));
            }
        }
    }

    /// What was shown at the login is used up: another is asked for.
    private void withCode(String head, Secret password) throws IOException, Problem {
        var code =
                Code.ask(around, "The next code of your app, or a recovery code: ")
                        .orElseThrow(() -> Problem.wrongUse("no code was given"));
        session.sendSecret(head, password.copy(), code);
        done(answers("STATUS"));
    }

    private void done(List<Message> notes) {
        for (var note : notes) {
            if (note.param(1).equals("RECOVERY")) {
                print("code  " + TerminalText.plain(note.param(2)));
            } else {
                say(TerminalText.plain(note.params().getLast()));
            }
        }
    }

    /// All that TOTP answers, up to the last.
    private List<Message> answers(String last) throws IOException, Problem {
        var notes = new ArrayList<Message>();
        Predicate<Message> isLast = note -> note.param(1).equals(last);
        while (notes.isEmpty() || !isLast.test(notes.getLast())) {
            var heard =
                    session.next()
                            .orElseThrow(() ->
                                    new Problem(
                                            ExitCode.CANNOT_CONNECT,
                                            "the daemon closed the connection"));
            switch (heard.command()) {
                case "PING" -> session.send(Message.of("PONG", heard.param(0)));
                case "NOTE" -> {
                    if (heard.param(0).equals("TOTP")) {
                        notes.add(heard);
                    }
                }
                case "FAIL" -> {
                    if (heard.param(0).equals("TOTP")) {
                        throw new Problem(
                                ExitCode.REFUSED, TerminalText.plain(heard.params().getLast()));
                    }
                }
                case "421" -> throw new Problem(ExitCode.REFUSED, "the daemon has no TOTP");
                default -> {}
            }
        }
        return notes;
    }

    private static String grouped(String key) {
        return key.replaceAll("(.{4})(?=.)", "$1 ");
    }

    private void print(String text) {
        around.out().println(text);
        around.out().flush();
    }

    private void say(String text) {
        around.err().println("parley: " + text);
    }
}
