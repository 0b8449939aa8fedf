package chat.parley.daemon.session;

import chat.parley.protocol.Frame;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessageParser;
import chat.parley.protocol.Parsed;
import java.io.IOException;
import java.util.Optional;

/// Who has logged in and must do something first ([Need]), such as set a password of their own:
/// nobody is told that they are here, and all they can do is that. The welcome is sent at once, as
/// some clients pass no command on before it (irssi's `/quote`).
///
/// Belongs to the session's reader.
final class Confinement {

    private final Dispatcher dispatcher;
    private final Session session;
    private final Reader reader;
    private final Identity identity;

    Confinement(Dispatcher dispatcher, Session session, Reader reader, Identity identity) {
        this.dispatcher = dispatcher;
        this.session = session;
        this.reader = reader;
        this.identity = identity;
    }

    /// Until nothing is left to do, or the session ends.
    ///
    /// @param source `nick!user@host` as the peer will be known
    void stay(String source) throws IOException, InterruptedException {
        dispatcher.confined(session, source);
        while (!session.isEnding() && identity.need().isPresent()) {
            switch (reader.next()) {
                case Reader.Received.Command(var message) when message.command().equals("QUIT") ->
                        session.end(new Ending.Quit(message.param(0)));
                case Reader.Received.Command(var message)
                        when reader.pays(dispatcher.costOf(message.command())) ->
                        dispatcher.dispatch(session, message);
                case Reader.Received.WithSecret(var sensitive) -> {
                    try (sensitive) {
                        withSecret(sensitive);
                    }
                }
                case Reader.Received _ -> {}
            }
        }
    }

    private void withSecret(Frame.Sensitive frame) throws InterruptedException {
        if (!(MessageParser.parse(frame.head()) instanceof Parsed.Good(Message message))
                || !reader.pays(dispatcher.costOf(message.command()))) {
            return;
        }
        var need = identity.need();
        if (frame.command().equals("PASSWD") && need.equals(Optional.of(Need.PASSWORD))) {
            session.own().choosePassword(frame.params());
        }
        if (frame.command().equals("TOTP") && need.equals(Optional.of(Need.SECOND_FACTOR))) {
            session.own().totp(frame.params());
        }
        dispatcher.dispatch(session, message); // while the need is still there
        if (session.own().totp() instanceof TotpStep.Codes(_, var isNew) && isNew) {
            identity.isEnrolled();
        }
        if (!identity.need().equals(need)) {
            identity.need().ifPresent(next -> session.send(session.notice(next.how())));
        }
    }
}
