package chat.parley.daemon.command;

import chat.parley.daemon.auth.AccountNames;
import chat.parley.daemon.chat.Addressee;
import chat.parley.daemon.chat.Ctcp;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Remembered;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.command.TalkCommands.Speech;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.io.IOException;

/// Whom something is for that is not said in a channel: somebody who is here, or an account that
/// will be told once it is.
///
/// Runs on the session's reader.
final class Addressing {

    private final Server server;
    private final Directory directory;
    private final AccountNames names;

    Addressing(Server server, Directory directory, AccountNames names) {
        this.server = server;
        this.directory = directory;
        this.names = names;
    }

    /// Whom a name stands for that is not a channel's.
    sealed interface Found {

        record Somebody(Addressee to) implements Found {}

        record Refused(Message why) implements Found {}

        /// It cannot be known whether there is somebody, so it cannot be kept: as for the log, that
        /// is an answer to a NOTICE too.
        record NotStored(Message why) implements Found {}

        /// Nobody is told, and it is no mistake.
        record Nothing() implements Found {}
    }

    /// Waits for the accounts, for somebody who is not here.
    Found find(Talker talker, String target, Speech speech) throws InterruptedException {
        var here = directory.find(target);
        var asksClients = Ctcp.isRequest(speech.text());
        if (here.isPresent() && here.get().profile().has('T') && asksClients) {
            var nick = here.get().nick().text();
            return new Found.Refused(
                    server.numeric(Numeric.ERR_NOCTCP, talker.nick(), nick, "Takes no CTCP (+T)"));
        } else if (here.isPresent()) {
            return new Found.Somebody(Addressee.of(here.get()));
        } else if (asksClients) { // there is none that could answer, and later it would not help
            return unknown(talker, target);
        } else if (isPassing(speech) && Name.Nick.of(target).isPresent()) {
            // Nobody is told by it whether there is such an account, as it would leave no trace.
            return new Found.Nothing();
        }
        return absent(talker, target, speech);
    }

    /// Whether it says how things are at this moment, and nothing else.
    private static boolean isPassing(Speech speech) {
        return speech.command().equals("TAGMSG")
                && !speech.tags().isEmpty()
                && !Remembered.lasts(speech.tags());
    }

    private Found absent(Talker talker, String target, Speech speech) throws InterruptedException {
        try {
            var account = names.enabled(target);
            return account.isPresent()
                    ? new Found.Somebody(Addressee.away(account.get().name()))
                    : unknown(talker, target);
        } catch (IOException _) { // the log has said why; here it is an answer
            return new Found.NotStored(server.notStored(speech.command(), Server.shown(target)));
        }
    }

    private Found unknown(Talker talker, String target) {
        var shown = Server.shown(target);
        return new Found.Refused(
                Name.looksLikeChannel(target)
                        ? server.numeric(
                                Numeric.ERR_NOSUCHCHANNEL, talker.nick(), shown, "No such channel")
                        : server.numeric(
                                Numeric.ERR_NOSUCHNICK,
                                talker.nick(),
                                shown,
                                "Nobody by that nick is here"));
    }
}
