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
    private final Identity identity;
    private final Login login;
    private final OperatorRights rights;
    private final TotpDesk totp;
    private final PasswordChanging passwords;

    Conversation(
            Session.House house,
            Session session,
            Server server,
            Reader reader,
            Identity identity,
            Login login,
            OperatorRights rights,
            TotpDesk totp,
            PasswordChanging passwords) {
        this.dispatcher = house.dispatcher();
        this.attempts = house.config().auth().attempts();
        this.session = session;
        this.server = server;
        this.reader = reader;
        this.identity = identity;
        this.login = login;
        this.rights = rights;
        this.totp = totp;
        this.passwords = passwords;
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
        if (frame.command().equals("TOTP")) {
            session.totp(totp.handle(identity.account(), frame.params()));
            dispatcher.dispatch(session, message);
            return;
        }
        if (frame.command().equals("OPER")) {
            rights.claim(identity.account(), frame.params());
            dispatcher.dispatch(session, message);
            return;
        }
        if (frame.command().equals("PASSWD")) {
            changePassword(frame, message);
            return;
        }
        var step = login.authenticateAgain(frame.params(), identity.account().name());
        session.relogin(step);
        dispatcher.dispatch(session, message);
        if (step instanceof LoginStep.TooMany) {
            session.end(new Ending.TooManyAttempts(attempts));
        }
    }

    private void changePassword(Frame.Sensitive frame, Message message)
            throws InterruptedException {
        var step =
                session.changePassword(() -> passwords.change(identity.account(), frame.params()));
        dispatcher.dispatch(session, message);
        if (step instanceof PasswordStep.TooMany) {
            session.end(new Ending.TooManyAttempts(attempts));
        }
    }
}
