package chat.parley.daemon.command;

import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.Talker;
import chat.parley.daemon.session.TotpStep;
import chat.parley.protocol.Message;

/// TOTP: the second factor of one's own account.
///
/// The session has settled what is secret by the time that this runs. What is told here is told to
/// this session only.
final class TotpCommand {

    private static final String NAME = "TOTP";

    private final Server server;

    TotpCommand(Server server) {
        this.server = server;
    }

    CommandSpec row() {
        return CommandSpec.row(
                        NAME,
                        "[<subcommand> [<secret>]]",
                        5,
                        "a code after the password: STATUS, ENABLE <password>, CONFIRM <code>,"
                                + " CODES or DISABLE <password><code>",
                        this::totp)
                .forConfined();
    }

    private void totp(Talker talker, Message message, Reply reply) {
        switch (talker.own().totp()) {
            case TotpStep.Off _ -> note(reply, "STATUS", "off", "TOTP is off");
            case TotpStep.On(var left) ->
                    note(reply, "STATUS", "on", "TOTP is on; recovery codes left: " + left);
            case TotpStep.Proposed(var uri, var key) -> {
                note(reply, "SECRET", uri, key);
                note(
                        reply,
                        "NEXT",
                        "*",
                        "Give this to your authenticator app, then: TOTP CONFIRM <the code it"
                                + " shows>");
            }
            case TotpStep.Codes(var codes, var isNew) -> {
                for (var code : codes) {
                    note(reply, "RECOVERY", code, "in place of a code, once");
                }
                note(
                        reply,
                        "STATUS",
                        "on",
                        (isNew
                                        ? "TOTP is on: from now on log in with the password and,"
                                                + " right after it, the code. "
                                        : "")
                                + "Keep the recovery codes safe: they are not shown again");
            }
            case TotpStep.TurnedOff _ -> note(reply, "STATUS", "off", "TOTP is off");
            case TotpStep.Failed(var code, var text) -> reply.fail(NAME, code, text);
        }
    }

    private void note(Reply reply, String code, String context, String text) {
        reply.line(server.note(NAME, code, context, text));
    }
}
