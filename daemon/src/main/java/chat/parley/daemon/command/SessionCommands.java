package chat.parley.daemon.command;

import static chat.parley.daemon.command.CommandSpec.row;

import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.util.List;

/// The commands that concern the session itself.
final class SessionCommands {

    private final Server server;

    SessionCommands(Server server) {
        this.server = server;
    }

    List<CommandSpec> rows() {
        return List.of(
                row("PING", "<token>", 1, "asks whether the server is there", this::ping)
                        .forConfined(),
                row("PONG", "[<token>]", 1, "answers a PING", (_, _, _) -> {}).forConfined(),
                row("CAP", "<subcommand> [<list>]", 1, "LS, LIST, REQ, END", this::cap)
                        .forConfined(),
                row("USER", "", 1, "belongs before login", this::tooLate),
                row("QUIT", "[<text>]", 0, "says goodbye", this::quit));
    }

    private void ping(Talker talker, Message message, Reply reply) {
        reply.line(Message.from(server.name(), "PONG", server.name(), message.param(0)));
    }

    private void cap(Talker talker, Message message, Reply reply) {
        talker.capabilityNegotiation().answer(talker.nick(), message).forEach(reply::line);
    }

    private void tooLate(Talker talker, Message message, Reply reply) {
        reply.numeric(Numeric.ERR_ALREADYREGISTERED, "You are logged in already");
    }

    private void quit(Talker talker, Message message, Reply reply) throws InterruptedException {
        talker.quit(message.param(0));
    }
}
