package chat.parley.daemon.session;

import chat.parley.daemon.chat.Channel;
import chat.parley.daemon.chat.Keys;
import chat.parley.daemon.chat.Recipient;
import chat.parley.daemon.chat.Request;
import chat.parley.daemon.chat.User;
import java.util.Optional;

/// A logged-in peer as a command handler sees it. Everything here is for its reader's thread.
public interface Talker extends Recipient {

    /// The number of this session, since the daemon started.
    long number();

    /// Whether it has logged in and is somebody.
    boolean isIn();

    /// Who is speaking; only once it is somebody.
    User user();

    /// The nick, as replies address it; `*` before login (Modern IRC, "Numerics").
    String nick();

    /// What it has said of itself before login (metadata, `before-connect`).
    Keys early();

    /// Whether a program speaks here that answers what it hears.
    boolean isBot();

    /// What the session negotiates.
    CapabilityNegotiation capabilityNegotiation();

    /// The batch that it may have open.
    ClientBatch clientBatch();

    /// Where SAY speaks.
    Optional<Channel> lastJoined();

    void lastJoined(Channel channel);

    /// What is asked next goes to this place. Requests to one and the same place may follow each
    /// other without waiting; before another place is turned to, all of them are waited for.
    void turnTo(Object place) throws InterruptedException;

    /// Notes a request to the place last turned to, which nobody waits for yet.
    void follow(Request.Settled request);

    /// Waits until everything asked so far is settled, and so all it causes is queued to everybody.
    void settle() throws InterruptedException;

    /// What its owner does with the account from here.
    OwnAccount own();

    /// Says goodbye: the others have heard it when the session ends.
    void quit(String text) throws InterruptedException;

    /// Ends the session.
    void end(Ending ending);
}
