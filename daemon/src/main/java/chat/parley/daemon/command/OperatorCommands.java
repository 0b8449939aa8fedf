package chat.parley.daemon.command;

import static chat.parley.daemon.command.CommandSpec.row;

import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Event;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.CurrentConfig;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.session.Ending;
import chat.parley.daemon.session.Sessions;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;

/// What the operators of the server do: OPER, KILL, REHASH, WALLOPS.
final class OperatorCommands {

    private final Server server;
    private final Directory directory;
    private final ChannelDesk desk;
    private final Sessions sessions;
    private final CurrentConfig config;
    private final AuditLog audit;
    private final Clock clock;

    OperatorCommands(
            Server server,
            Directory directory,
            ChannelDesk desk,
            Sessions sessions,
            CurrentConfig config,
            AuditLog audit,
            Clock clock) {
        this.server = server;
        this.directory = directory;
        this.desk = desk;
        this.sessions = sessions;
        this.config = config;
        this.audit = audit;
        this.clock = clock;
    }

    List<CommandSpec> rows() {
        return List.of(
                row(
                        "OPER",
                        "[<account> <password>]",
                        5,
                        "takes up the rights of an operator of this server",
                        this::oper),
                row("KILL", "<nick> [<text>]", 2, "ends somebody's sessions", this::kill)
                        .forOperators(),
                row("REHASH", "", 10, "reads the configuration again", this::rehash).forOperators(),
                row("WALLOPS", "<text>", 2, "says something to all with mode w", this::wallops)
                        .forOperators());
    }

    /// The session has looked at the account's role, and at the password if there was one.
    private void oper(Talker talker, Message message, Reply reply) {
        switch (talker.own().claim()) {
            case GRANTED -> {
                var user = talker.user();
                var before =
                        user.change(profile -> {
                            var modes = new TreeSet<>(profile.modes());
                            modes.add('o');
                            return profile.withModes(modes);
                        });
                audit.operatorActed(user.account(), talker.address(), "oper", user.nick().text());
                reply.numeric(Numeric.RPL_YOUREOPER, "You are now an operator of this server");
                if (!before.has('o')) {
                    reply.line(Message.from(user.source(), "MODE", talker.nick(), "+o"));
                }
            }
            case REFUSED -> {
                audit.operatorRefused(talker.user().account(), talker.address(), talker.nick());
                reply.numeric(Numeric.ERR_NOOPERHOST, "Your account is not that of an operator");
            }
            case WRONG -> reply.numeric(Numeric.ERR_PASSWDMISMATCH, "Wrong account or password");
            case LATER ->
                    reply.numeric(
                            Numeric.ERR_PASSWDMISMATCH,
                            "Too many logins at the moment: try again later");
        }
    }

    private void kill(Talker talker, Message message, Reply reply) throws InterruptedException {
        var target = directory.find(message.param(0));
        if (target.isEmpty()) {
            desk.noSuchNick(reply, message.param(0));
            return;
        }
        var why = new Ending.Killed(talker.nick(), message.param(1));
        audit.operatorActed(
                talker.user().account(), talker.address(), "kill", target.get().account());
        directory.expel(target.get(), why.forOthers());
        sessions.end(target.get(), why);
    }

    /// What is wrong is told line by line; then nothing has changed.
    private void rehash(Talker talker, Message message, Reply reply) {
        var by = new AuditLog.Actor(talker.user().account(), talker.address());
        reply.numeric(Numeric.RPL_REHASHING, config.file(), "Rehashing");
        try {
            var outcome = config.reread().toString();
            audit.configReread(by, outcome);
            reply.line(server.notice(talker.nick(), "The configuration was read: " + outcome));
        } catch (ConfigProblem problem) {
            audit.configRefused(by, problem.getMessage());
            String.valueOf(problem.getMessage())
                    .lines()
                    .forEach(line -> reply.fail("REHASH", "CONFIG_REFUSED", line.strip()));
        }
    }

    private void wallops(Talker talker, Message message, Reply reply) {
        var user = talker.user();
        var event =
                Event.of(
                        Message.from(user.source(), "WALLOPS", message.param(0)),
                        user.actor(),
                        clock.instant());
        for (var other : directory.all()) {
            if (other.profile().has('w')) {
                other.sessions().stream()
                        .filter(session -> !session.equals(talker))
                        .forEach(session ->
                                session.deliver(event.encodedFor(session.capabilities())));
            }
        }
        if (user.profile().has('w')) {
            reply.event(event);
        }
    }
}
