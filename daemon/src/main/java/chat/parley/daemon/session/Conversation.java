package chat.parley.daemon.session;

import chat.parley.daemon.chat.Server;
import chat.parley.protocol.Frame;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessageParser;
import chat.parley.protocol.Numeric;
import chat.parley.protocol.Parsed;
import java.io.IOException;

/// What a peer says once it is in, one command after the other.
///
/// Belongs to the session's reader.
final class Conversation {

    private final Dispatcher dispatcher;
    private final int attempts;
    private final Session session;
    private final Server server;
    private final Reader reader;

    Conversation(Session.House house, Session session, Server server, Reader reader) {
        this.dispatcher = house.dispatcher();
        this.attempts = house.config().auth().attempts();
        this.session = session;
        this.server = server;
        this.reader = reader;
    }

    /// Until the session ends.
    void run() throws IOException, InterruptedException {
        while (!session.isEnding()) {
            switch (reader.next()) {
                case Reader.Received.Command(var message)
                        when reader.pays(dispatcher.costOf(message.command())) ->
                        dispatcher.dispatch(session, message);
                case Reader.Received.WithSecret(var sensitive) -> {
                    try (sensitive) {
                        session.settle();
                        session.clientBatch().interrupted();
                        withSecret(sensitive);
                    }
                }
                case Reader.Received _ -> {}
            }
        }
    }

    private void withSecret(Frame.Sensitive frame) throws InterruptedException {
        switch (frame.command()) {
            case "OPER", "AUTHENTICATE", "PASSWD", "TOTP" -> {
                if (MessageParser.parse(frame.head()) instanceof Parsed.Good(var message)
                        && reader.pays(dispatcher.costOf(message.command()))) {
                    dispatch(frame, message);
                }
            }
            default -> {
                if (reader.pays(1)) {
                    var refusal =
                            server.numeric(
                                    Numeric.ERR_ALREADYREGISTERED,
                                    session.nick(),
                                    "You are logged in already");
                    session.send(reader.labelled(refusal, frame.head()));
                }
            }
        }
    }

    /// What is secret is settled here; the command itself sees what came of it.
    private void dispatch(Frame.Sensitive frame, Message message) throws InterruptedException {
        var own = session.own();
        var tooMany =
                switch (frame.command()) {
                    case "TOTP" -> {
                        own.totp(frame.params());
                        yield false;
                    }
                    case "OPER" -> {
                        own.claim(frame.params());
                        yield false;
                    }
                    case "PASSWD" ->
                            own.changePassword(frame.params()) instanceof PasswordStep.TooMany;
                    default -> own.relogin(frame.params()) instanceof LoginStep.TooMany;
                };
        dispatcher.dispatch(session, message);
        if (tooMany) {
            session.end(new Ending.TooManyAttempts(attempts));
        }
    }
}
