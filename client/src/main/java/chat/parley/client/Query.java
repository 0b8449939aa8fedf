package chat.parley.client;

import chat.parley.client.link.Deadline;
import chat.parley.client.link.Session;
import chat.parley.client.ui.TerminalText;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Asks the daemon something and collects the answer: what comes before the PONG that marks its
/// end. One thread; login and leave included.
final class Query implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// An answer that is longer is the daemon's mistake, and would fill the memory.
    private static final int LONGEST = 20_000;

    private final Admission admission;
    private final Session session;
    private final References references = new References();
    private int asked;

    /// @param device what it is called in a list of sessions
    /// @param wanting capabilities besides those of every login
    Query(
            Request.Connection connection,
            Surroundings around,
            String device,
            Set<Capability> wanting)
            throws Problem, InterruptedException {
        admission = Admission.inPassing(connection, around, device).wanting(wanting);
        try {
            session = admission.logIn();
        } catch (Problem e) {
            admission.close();
            throw e;
        }
    }

    String me() {
        return session.nick();
    }

    /// By what a message can be named; it is known once something was asked.
    References references() throws Problem {
        if (asked == 0) {
            ask(Message.of("PING", "references"));
        }
        return references;
    }

    /// Refuses with a sentence if the server has not got it.
    void needs(Capability capability, String sentence) throws Problem {
        if (!session.capabilities().containsAll(Set.of(capability, Capability.BATCH))) {
            throw new Problem(
                    ExitCode.REFUSED, sentence + " (it has no " + capability.wire() + ")");
        }
    }

    /// What can be special about an answer.
    interface Answering {

        /// Whether it is over. Where another server is behind this one, as at a bouncer, the PONG
        /// may come before the rest.
        ///
        /// @param mark of the PING that was said after the question
        default boolean ends(Message heard, String mark) {
            return heard.command().equals("PONG") && heard.params().contains(mark);
        }

        /// Why not, for the person.
        default String refusal(Message fail) {
            return fail.params().getLast();
        }
    }

    /// All that came, put together. A FAIL of the command is a problem.
    List<Assembly.Whole> ask(Message question) throws Problem {
        return ask(question, new Answering() {});
    }

    List<Assembly.Whole> ask(Message question, Answering answering) throws Problem {
        var mark = "answered-" + asked++;
        try (var deadline = Deadline.after(PATIENCE, session::abort)) {
            try {
                session.send(question, Message.of("PING", mark));
                return answer(question.command(), mark, answering);
            } catch (IOException _) {
                throw new Problem(
                        ExitCode.CANNOT_CONNECT,
                        deadline.hasPassed()
                                ? "no answer within " + PATIENCE.toSeconds() + " s"
                                : "the connection broke");
            }
        }
    }

    private List<Assembly.Whole> answer(String command, String mark, Answering answering)
            throws IOException, Problem {
        var assembly = new Assembly();
        var answer = new ArrayList<Assembly.Whole>();
        while (true) {
            var next = session.next();
            if (next.isEmpty()) {
                throw new Problem(ExitCode.CANNOT_CONNECT, "the daemon closed the connection");
            }
            var heard = next.get();
            if (answering.ends(heard, mark)) {
                return answer;
            }
            switch (heard.command()) {
                case "PING" -> session.send(Message.of("PONG", heard.param(0)));
                case "FAIL" -> {
                    if (heard.param(0).equals(command)) {
                        throw new Problem(
                                ExitCode.REFUSED, TerminalText.plain(answering.refusal(heard)));
                    }
                }
                case "005" -> references.hear(heard);
                default -> {
                    if (answer.size() < LONGEST
                            && assembly.take(heard).orElse(null) instanceof Assembly.Whole whole) {
                        answer.add(whole);
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        session.leave("");
        admission.close();
    }
}
