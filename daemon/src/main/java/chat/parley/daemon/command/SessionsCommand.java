package chat.parley.daemon.command;

import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.Ending;
import chat.parley.daemon.session.Sessions;
import chat.parley.daemon.session.Talker;
import chat.parley.daemon.store.OpenSession;
import chat.parley.protocol.Message;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// SESSIONS: which devices one is here with, and an end to those that should not be. Only ever
/// one's own; for people who know where else IRC has `/msg NickServ CLIENTS`.
final class SessionsCommand {

    private final Server server;
    private final Sessions sessions;

    SessionsCommand(Server server, Sessions sessions) {
        this.server = server;
        this.sessions = sessions;
    }

    CommandSpec row() {
        return CommandSpec.row(
                "SESSIONS",
                "[END <number or OTHERS>]",
                2,
                "lists where you are logged in, or ends it there",
                this::sessions);
    }

    private void sessions(Talker talker, Message message, Reply reply) {
        switch (message.param(0).toUpperCase(Locale.ROOT)) {
            case "", "LIST" -> list(talker, reply);
            case "END" -> end(talker, message.param(1), reply);
            default ->
                    reply.fail(
                            "SESSIONS",
                            "INVALID_PARAMS",
                            "It is SESSIONS, or SESSIONS END <number or OTHERS>");
        }
    }

    private void list(Talker talker, Reply reply) {
        for (var one : sessions.of(talker.user())) {
            reply.line(server.notice(talker.nick(), text(one, one.number() == talker.number())));
        }
        reply.line(
                server.notice(
                        talker.nick(),
                        "SESSIONS END <number> ends one, SESSIONS END OTHERS all but this"));
    }

    private static String text(OpenSession one, boolean here) {
        return "%d%s from %s since %s, %s%s"
                .formatted(
                        one.number(),
                        one.device().isEmpty() ? "" : " " + one.device(),
                        one.address(),
                        one.since().truncatedTo(ChronoUnit.SECONDS),
                        one.security(),
                        here ? " (this one)" : "");
    }

    private void end(Talker talker, String which, Reply reply) {
        if (which.equalsIgnoreCase("OTHERS")) {
            var others =
                    sessions.of(talker.user()).stream()
                            .filter(one -> one.number() != talker.number())
                            .filter(one ->
                                    sessions.end(
                                            talker.user(), one.number(), new Ending.EndedByOwner()))
                            .count();
            reply.line(server.notice(talker.nick(), "Ended " + others));
        } else if (which.matches("[0-9]{1,18}")
                && sessions.end(talker.user(), Long.parseLong(which), new Ending.EndedByOwner())) {
            reply.line(server.notice(talker.nick(), "Ended " + which));
        } else {
            reply.fail(
                    "SESSIONS",
                    "NO_SUCH_SESSION",
                    "You have no session of that number; SESSIONS lists them");
        }
    }
}
