package chat.parley.daemon.command;

import chat.parley.daemon.chat.Server;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.session.Ending;
import chat.parley.daemon.session.Sessions;
import chat.parley.daemon.session.Talker;
import chat.parley.daemon.store.OpenSession;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// SESSIONS: which devices one is here with, and an end to those that should not be. Only ever
/// one's own, but for admins who have said OPER; for people who know where else IRC has `/msg
/// NickServ CLIENTS`.
final class SessionsCommand {

    private final Server server;
    private final Sessions sessions;
    private final AuditLog audit;

    SessionsCommand(Server server, Sessions sessions, AuditLog audit) {
        this.server = server;
        this.sessions = sessions;
        this.audit = audit;
    }

    CommandSpec row() {
        return CommandSpec.row(
                "SESSIONS",
                "[LIST [<account>] | END <number or OTHERS>]",
                2,
                "lists where you are logged in, or ends it there; admins: where others are",
                this::sessions);
    }

    private void sessions(Talker talker, Message message, Reply reply) {
        switch (message.param(0).toUpperCase(Locale.ROOT)) {
            case "", "LIST" -> list(talker, message.param(1), reply);
            case "END" -> end(talker, message.param(1), reply);
            default ->
                    reply.fail(
                            "SESSIONS",
                            "INVALID_PARAMS",
                            "It is SESSIONS, or SESSIONS END <number or OTHERS>");
        }
    }

    private void list(Talker talker, String account, Reply reply) {
        if (!account.isEmpty() && !CaseMapping.same(account, talker.user().account())) {
            listOther(talker, account, reply);
            return;
        }
        for (var one : sessions.of(talker.user())) {
            reply.line(server.notice(talker.nick(), text(one, one.number() == talker.number())));
        }
        reply.line(
                server.notice(
                        talker.nick(),
                        "SESSIONS END <number> ends one, SESSIONS END OTHERS all but this"));
    }

    /// Where others are logged in is for admins: it shows their addresses.
    private void listOther(Talker talker, String account, Reply reply) {
        if (!talker.own().isAdmin()) {
            reply.numeric(Numeric.ERR_NOPRIVILEGES, "Only admins of this server may do that");
            return;
        }
        audit.operatorActed(talker.user().account(), talker.address(), "sessions", account);
        var found = sessions.ofAccount(account);
        found.forEach(one ->
                reply.line(
                        server.notice(talker.nick(), text(one, one.number() == talker.number()))));
        reply.line(server.notice(talker.nick(), "SESSIONS " + found.size() + " in all"));
    }

    private boolean ends(Talker talker, long number) {
        if (sessions.end(talker.user(), number, new Ending.EndedByOwner())) {
            return true;
        }
        if (!talker.own().isAdmin()
                || !sessions.end(number, new Ending.Killed(talker.nick(), ""))) {
            return false;
        }
        audit.operatorActed(
                talker.user().account(), talker.address(), "end session", Long.toString(number));
        return true;
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
        } else if (which.matches("[0-9]{1,18}") && ends(talker, Long.parseLong(which))) {
            reply.line(server.notice(talker.nick(), "Ended " + which));
        } else {
            reply.fail(
                    "SESSIONS",
                    "NO_SUCH_SESSION",
                    "You have no session of that number; SESSIONS lists them");
        }
    }
}
