package chat.parley.daemon.session;

import chat.parley.daemon.chat.Server;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.observe.Metrics;
import chat.parley.protocol.ByteSize;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Frame;
import chat.parley.protocol.LineReader;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessageParser;
import chat.parley.protocol.Numeric;
import chat.parley.protocol.Parsed;
import java.io.IOException;
import java.util.Set;

/// Frames to messages, and complaints about the rest; all of it on the peer's budget.
///
/// Belongs to the session's reader thread, which waits here for the peer.
final class Reader {

    /// What the peer said.
    sealed interface Received {

        record Command(Message message) implements Received {}

        /// Whoever takes it closes it.
        record WithSecret(Frame.Sensitive sensitive) implements Received {}

        /// Nothing that could be acted on: it is answered, or the session is ending.
        record Nothing() implements Received {}
    }

    private static final Received NOTHING = new Received.Nothing();

    private final Session session;
    private final Server server;
    private final Connection connection;
    private final DaemonConfig.Limits limits;
    private final Pulse pulse;
    private final LineReader lines;
    private final Budget budget;

    Reader(
            Session session,
            Server server,
            Connection connection,
            DaemonConfig.Limits limits,
            Pulse pulse,
            Metrics.Counter heldBack) {
        this.session = session;
        this.server = server;
        this.connection = connection;
        this.limits = limits;
        this.pulse = pulse;
        this.lines =
                new LineReader(
                        connection.input(),
                        LineReader.Limits.of(limits.beforeLogin(), limits.beforeLogin()),
                        Set.copyOf(Registration.SENSITIVE));
        this.budget = new Budget(limits.rate(), System.nanoTime(), heldBack);
    }

    /// Longer lines are allowed from now on.
    void loggedIn() {
        lines.limit(LineReader.Limits.of(limits.tags(), limits.frame()));
    }

    /// Waits for what the peer says next.
    Received next() throws IOException, InterruptedException {
        if (!lines.hasLine()) {
            if (budget.isHeld() && connection.input().available() == 0) {
                budget.pause();
            }
            connection.awaitInput();
        }
        var frame = lines.next();
        pulse.heard(System.nanoTime());
        return switch (frame) {
            case Frame.Line(var text) -> parsed(text);
            case Frame.Sensitive sensitive -> new Received.WithSecret(sensitive);
            case Frame.Oversized(var limit) ->
                    complain(
                            server.numeric(
                                    Numeric.ERR_INPUTTOOLONG,
                                    session.nick(),
                                    "Input line was too long: " + limit + " bytes are allowed"));
            case Frame.NotUtf8(var head) -> complain(notUtf8(head));
            case Frame.Endless(var limit) -> end(new Ending.EndlessLine(ByteSize.ofBytes(limit)));
            case Frame.End _ -> end(new Ending.PeerLeft());
        };
    }

    private Received parsed(String text) throws InterruptedException {
        return switch (MessageParser.parse(text)) {
            case Parsed.Good(var message) -> new Received.Command(message);
            case Parsed.Fault fault when fault == Parsed.Fault.EMPTY -> {
                pays(1);
                yield NOTHING;
            }
            case Parsed.Fault fault ->
                    complain(
                            server.fail(
                                    "*",
                                    "INVALID_MESSAGE",
                                    "This is not a message: " + fault.what()));
        };
    }

    private Received complain(Message about) throws InterruptedException {
        session.settle();
        if (pays(1)) {
            session.send(about);
            session.clientBatch().interrupted("A line of the batch could not be read");
        }
        return NOTHING;
    }

    /// IRCv3 utf8-only: the FAIL names the command; it carries the label, as it is its answer.
    private Message notUtf8(String head) {
        var command =
                MessageParser.parse(head) instanceof Parsed.Good(var message)
                        ? message.command()
                        : "*";
        return labelled(server.fail(command, "INVALID_UTF8", "Your line is not UTF-8"), head);
    }

    /// The only answer to a line that no handler sees: with its label, if it has one.
    ///
    /// @param head the line up to its command
    Message labelled(Message answer, String head) {
        if (!session.capabilities().has(Capability.LABELED_RESPONSE)
                || !(MessageParser.parse(head) instanceof Parsed.Good(var message))) {
            return answer;
        }
        var label = message.tags().get("label");
        return label == null ? answer : answer.withTag("label", label);
    }

    private Received end(Ending why) {
        session.end(why);
        return NOTHING;
    }

    /// Takes a price from the budget, and sleeps until it is there; false if that ends the session.
    boolean pays(int cost) throws InterruptedException {
        if (budget.spend(cost)) {
            return true;
        }
        session.end(new Ending.Flooded(limits.rate().patience()));
        return false;
    }
}
