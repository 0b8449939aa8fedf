package chat.parley.daemon.command;

import static chat.parley.daemon.command.CommandSpec.row;

import chat.parley.daemon.auth.AccountNames;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Event;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.chat.User;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Capability;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/// How one shows oneself to others: NICK, AWAY, SETNAME.
final class PresenceCommands {

    static final int LONGEST_AWAY = User.LONGEST_AWAY;
    static final int LONGEST_REAL_NAME = 150; // bytes of UTF-8

    private final Directory directory;
    private final AccountNames names;
    private final DaemonConfig.Identity.Nick policy;
    private final Clock clock;

    PresenceCommands(
            Directory directory,
            AccountNames names,
            DaemonConfig.Identity.Nick policy,
            Clock clock) {
        this.directory = directory;
        this.names = names;
        this.policy = policy;
        this.clock = clock;
    }

    List<CommandSpec> rows() {
        return List.of(
                row("NICK", "[<nick>]", 2, "changes the nick, where nicks are free", this::nick),
                row("AWAY", "[<text>]", 2, "says that one is away, or back", this::away),
                row("SETNAME", "<real name>", 2, "changes the real name", this::setName));
    }

    private void nick(Talker talker, Message message, Reply reply) throws InterruptedException {
        var given = message.param(0);
        var nick = Name.Nick.of(given);
        if (given.isEmpty()) {
            reply.numeric(Numeric.ERR_NONICKNAMEGIVEN, "No nick was given");
        } else if (nick.isEmpty()) {
            reply.numeric(Numeric.ERR_ERRONEUSNICKNAME, Server.shown(given), "That is not a nick");
        } else if (!given.equals(talker.nick())) {
            rename(talker, nick.get(), reply);
        }
    }

    private void rename(Talker talker, Name.Nick nick, Reply reply) throws InterruptedException {
        var user = talker.user();
        var own = CaseMapping.same(nick.text(), user.account());
        if (policy == DaemonConfig.Identity.Nick.ACCOUNT) {
            if (!own) {
                reply.numeric(
                        Numeric.ERR_NICKLOCKED, nick.text(), "Here a nick is the account's name");
            }
            return;
        }
        var before = user.source();
        if ((!own && names.contain(nick.text())) || !directory.rename(user, nick)) {
            reply.numeric(Numeric.ERR_NICKNAMEINUSE, nick.text(), "Nick is in use");
            return;
        }
        tell(
                talker,
                Event.of(Message.from(before, "NICK", nick.text()), user.actor(), clock.instant()),
                reply);
    }

    private void away(Talker talker, Message message, Reply reply) throws InterruptedException {
        var user = talker.user();
        var text = message.param(0);
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_AWAY) {
            reply.fail("AWAY", "INVALID_PARAMS", "At most " + LONGEST_AWAY + " bytes");
            return;
        }
        directory.away(user, talker, text, clock.instant());
        if (!text.isEmpty()) {
            reply.numeric(Numeric.RPL_NOWAWAY, "You are marked as away");
        } else {
            reply.numeric(Numeric.RPL_UNAWAY, "You are not marked as away");
        }
    }

    /// IRCv3 setname.
    private void setName(Talker talker, Message message, Reply reply) throws InterruptedException {
        var user = talker.user();
        var name = message.param(0);
        if (name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_REAL_NAME) {
            reply.fail("SETNAME", "INVALID_REALNAME", "A real name has 1 to 150 bytes");
            return;
        }
        user.change(profile -> profile.withRealName(name));
        var event =
                Event.onlyWith(
                        Capability.SETNAME,
                        Message.from(user.source(), "SETNAME", name),
                        user.actor(),
                        clock.instant());
        directory.tellPeersAndWatchers(user, event, talker);
        reply.event(event);
    }

    /// The one who did it hears it as the answer.
    private void tell(Talker talker, Event event, Reply reply) throws InterruptedException {
        directory.tellPeers(talker.user(), event, talker);
        reply.event(event);
    }
}
