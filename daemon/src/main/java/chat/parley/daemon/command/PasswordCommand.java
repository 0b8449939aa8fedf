package chat.parley.daemon.command;

import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.PasswordStep;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Message;

/// PASSWD: a new password of one's own, in place of the old one.
///
/// The session has settled what is secret by the time that this runs.
final class PasswordCommand {

    private final Server server;

    PasswordCommand(Server server) {
        this.server = server;
    }

    CommandSpec row() {
        return CommandSpec.row(
                        "PASSWD",
                        "[<old password> :<new password>]",
                        5,
                        "gives you a new password; your other sessions end",
                        this::passwd)
                .forConfined();
    }

    private void passwd(Talker talker, Message message, Reply reply) {
        switch (talker.own().passwordStep()) {
            case PasswordStep.Changed _ ->
                    reply.line(
                            server.note(
                                    "PASSWD",
                                    "PASSWORD_CHANGED",
                                    "You have a new password; your other sessions end"));
            case PasswordStep.Refused(var code, var text) -> reply.fail("PASSWD", code, text);
            case PasswordStep.TooMany _ ->
                    reply.fail("PASSWD", "WRONG_PASSWORD", "The old password is wrong");
        }
    }
}
