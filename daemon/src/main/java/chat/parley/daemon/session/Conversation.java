package chat.parley.daemon.session;

import chat.parley.daemon.chat.Server;
import chat.parley.protocol.Frame;
import chat.parley.protocol.MessageParser;
import chat.parley.protocol.Numeric;
import chat.parley.protocol.Parsed;
import java.io.IOException;

/// What a peer says once it is in, one command after the other.
///
/// Belongs to the session's reader.
final class Conversation {

    private final Dispatcher dispatcher;
    private final Session session;
    private final Server server;
    private final Reader reader;
    private final Identity identity;
    private final OperatorRights rights;

    Conversation(
            Dispatcher dispatcher,
            Session session,
            Server server,
            Reader reader,
            Identity identity,
            OperatorRights rights) {
        this.dispatcher = dispatcher;
        this.session = session;
        this.server = server;
        this.reader = reader;
        this.identity = identity;
        this.rights = rights;
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
                        if (sensitive.command().equals("OPER")) {
                            oper(sensitive);
                        } else if (reader.pays(1)) {
                            refuseSecondLogin(sensitive);
                        }
                    }
                }
                case Reader.Received _ -> {}
            }
        }
    }

    private void oper(Frame.Sensitive frame) throws InterruptedException {
        if (MessageParser.parse(frame.head()) instanceof Parsed.Good(var message)
                && reader.pays(dispatcher.costOf(message.command()))) {
            rights.claim(identity.account(), frame.params());
            dispatcher.dispatch(session, message);
        }
    }

    private void refuseSecondLogin(Frame.Sensitive frame) {
        var numeric =
                frame.command().equals("AUTHENTICATE")
                        ? Numeric.ERR_SASLALREADY
                        : Numeric.ERR_ALREADYREGISTERED;
        var refusal = server.numeric(numeric, session.nick(), "You are logged in already");
        session.send(reader.labelled(refusal, frame.head()));
    }
}
