package chat.parley.daemon.session;

import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Message;
import java.util.List;

/// What a session does with a peer that has logged in. The command table implements it; `Daemon`
/// passes it in. Called on the session's reader thread.
public interface Dispatcher {

    /// The burst, and the channels the user is in.
    void welcome(Talker talker) throws InterruptedException;

    /// The burst for who must change the password before anything else: of the server, and of
    /// nobody.
    ///
    /// @param source `nick!user@host` as the peer will be known
    void confined(Talker talker, String source);

    /// Runs one command and queues its answers.
    void dispatch(Talker talker, Message message) throws InterruptedException;

    /// What the server supports, as a peer is told before login too (IRCv3 extended-isupport).
    ///
    /// @param nick as replies address the peer
    List<Message> isupport(String nick, Capabilities capabilities);

    /// METADATA of a peer that has not logged in. It may say of itself what others see once it has.
    void early(Talker talker, Message metadata) throws InterruptedException;

    /// What the command takes from the session's budget.
    int costOf(String command);
}
