package chat.parley.daemon.command;

import chat.parley.daemon.auth.Proof;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Person;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.LoginStep;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.time.Clock;

/// AUTHENTICATE of who is in already (IRCv3 sasl-3.2, "SASL Reauthentication"): the same account
/// again, or, where nicks are free, another.
///
/// The session has settled what is secret by the time that this runs.
final class LoginCommand {

    private final Server server;
    private final Directory directory;
    private final Clock clock;

    LoginCommand(Server server, Directory directory, Clock clock) {
        this.server = server;
        this.directory = directory;
        this.clock = clock;
    }

    CommandSpec row() {
        return CommandSpec.row(
                "AUTHENTICATE", "[<mechanism>]", 2, "logs in again, by SASL", this::authenticate);
    }

    private void authenticate(Talker talker, Message message, Reply reply)
            throws InterruptedException {
        switch (talker.own().relogin()) {
            case LoginStep.Told(var lines) -> lines.forEach(reply::line);
            case LoginStep.TooMany(var lines) -> lines.forEach(reply::line);
            case LoginStep.LoggedIn(var proof, _) -> {
                if (becomes(talker, proof, reply)) {
                    var name = proof.account().name();
                    LoginStep.success(server, talker.nick(), talker.user().source(), name, true)
                            .forEach(reply::line);
                }
            }
        }
    }

    /// Whether the session is this account's now.
    private boolean becomes(Talker talker, Proof proof, Reply reply) throws InterruptedException {
        var name = proof.account().name();
        if (CaseMapping.same(talker.user().account(), name)) {
            talker.own().become(proof);
            if (talker.own().losesRights()) { // another role since
                tellOfRights(talker, reply);
            }
            return true;
        }
        var person = new Person(name, proof.account().createdAt());
        if (!directory.changeAccount(talker.user(), talker, person, clock.instant())) {
            reply.fail(
                    "AUTHENTICATE",
                    "OTHER_SESSIONS",
                    "Your other sessions have not shown that they are " + name);
            reply.numeric(Numeric.ERR_SASLFAIL, "SASL authentication failed");
            return false;
        }
        talker.own().become(proof);
        settleIn(talker, reply);
        return true;
    }

    /// What goes with the account goes: the rights of an operator.
    private void settleIn(Talker talker, Reply reply) {
        var user = talker.user();
        talker.own().disclaim();
        if (user.change(profile -> profile.without('o')).has('o')) {
            tellOfRights(talker, reply);
        }
    }

    private static void tellOfRights(Talker talker, Reply reply) {
        reply.line(Message.from(talker.user().source(), "MODE", talker.nick(), "-o"));
    }
}
