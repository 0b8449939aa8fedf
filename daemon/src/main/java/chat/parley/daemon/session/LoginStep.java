package chat.parley.daemon.session;

import chat.parley.daemon.auth.Proof;
import chat.parley.daemon.chat.Server;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.util.ArrayList;
import java.util.List;

/// What came of one command of a login.
public sealed interface LoginStep {

    /// Nothing, or nothing yet.
    record Told(List<Message> lines) implements LoginStep {}

    /// Nothing, and it was one time too many.
    record TooMany(List<Message> lines) implements LoginStep {}

    /// It is who they say.
    ///
    /// @param device which of its devices it is; empty if none was named
    record LoggedIn(Proof proof, String device) implements LoginStep {}

    /// What a login is answered with (IRCv3 sasl-3.1: 900 comes before 903).
    ///
    /// @param source `nick!user@host` of the peer
    /// @param sasl whether it was by SASL
    static List<Message> success(
            Server server, String nick, String source, String account, boolean sasl) {
        var lines = new ArrayList<Message>();
        lines.add(
                server.numeric(
                        Numeric.RPL_LOGGEDIN,
                        nick,
                        source,
                        account,
                        "You are now logged in as " + account));
        if (sasl) {
            lines.add(
                    server.numeric(
                            Numeric.RPL_SASLSUCCESS, nick, "SASL authentication successful"));
        }
        return lines;
    }
}
